"""Item models: rows of the payload made when a view asks for them."""
