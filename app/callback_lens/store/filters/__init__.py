"""The filter language: one for the commands and the window."""
