"""The timeline: words in time, drawn."""
