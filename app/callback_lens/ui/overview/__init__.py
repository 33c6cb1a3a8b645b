"""The tab that says what happened: heading, findings, blocks."""
