"""Text of any size, drawn a screen at a time."""
