"""Words in time: the transcript of a speech job."""

# By how many ms times may differ before they contradict each other: the step in which speech recognition moves.
TOLERANCE_MS = 10
TOLERANCES = (0, 10, 20, 50, 100)  # that a user may choose from
