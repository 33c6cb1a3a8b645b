"""Words in time: the transcript of a speech job."""
