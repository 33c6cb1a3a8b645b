"""The list: what was opened."""
