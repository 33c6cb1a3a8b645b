"""What a view of a job is made of, as data."""
