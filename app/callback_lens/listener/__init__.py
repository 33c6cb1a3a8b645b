"""The HTTP listener: takes requests in and answers each once a sink has kept it; it knows no store and no Qt."""
