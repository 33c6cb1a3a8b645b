"""The payload as text: formatted, raw, and the request it came in."""
