"""Captures in SQLite: what came over the wire, what was understood of it, and how it is found again."""

CAPTURES = "captures.db"
