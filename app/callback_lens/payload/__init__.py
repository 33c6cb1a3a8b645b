"""Bytes to documents, and what every payload has in common."""
