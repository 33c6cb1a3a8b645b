"""How much the listener takes, and how long it waits."""

from dataclasses import dataclass

PIECE = 1 << 20  # bytes: larger bodies are handed to the sink as they arrive, in pieces of this size
REFUSED_BYTES = 64 << 10  # what is kept of a request whose head could not be read
DRAINED_BYTES = 1 << 20  # read and dropped before a refused connection is closed, or the answer is lost in a reset
DRAINED_SECONDS = 2.0
LEAST_RATE = 1000  # bytes a second that a body must come to on average, after ``slow_seconds``
PIPELINED = 32  # requests of one connection that may wait for their answers before no more of it is read


@dataclass(frozen=True, slots=True)
class Limits:
    """What a listener accepts; times are in seconds, sizes in bytes.

    ``idle_seconds``: a connection without a request. ``slow_seconds``: a request's head, a pause in its body, an
    answer that is not read.
    """

    connections: int = 500
    idle_seconds: float = 120.0
    slow_seconds: float = 20.0
    body_bytes: int = 64 << 20
    head_bytes: int = 64 << 10
    header_fields: int = 200
