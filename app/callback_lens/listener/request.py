"""What the listener hands on, and whom it hands it to."""

from collections.abc import Callable
from dataclasses import dataclass
from time import time_ns
from typing import Protocol

from callback_lens.errors import Message, UserError


@dataclass(slots=True)
class Received:
    r"""A request, or what arrived of it, and the answer that it gets once it is kept.

    ``arrived`` is in microseconds since 1970, UTC; ``peer`` is an address and a port. ``headers`` and ``trailers``
    are ``b"Name: value\r\n"`` lines in the order, with the case and repeats of the sender; ``body`` what of it was
    not handed on as pieces. Of a request whose head could not be read ``body`` is all that arrived, head and all.
    ``status`` and ``answer`` (its body) are what will be answered, None where nobody is there to answer.
    """

    arrived: int
    peer: str
    method: str = ""
    target: bytes = b""
    http_version: str = ""
    headers: bytes = b""
    body: bytes = b""
    trailers: bytes = b""
    is_complete: bool = False
    refused: Message | None = None
    status: int | None = None
    answer: bytes = b""


Outcome = int | UserError  # the id under which it was kept, or why it was not
Then = Callable[[Outcome], None]


class Sink(Protocol):
    """Where requests are kept. Called in the event loop's thread; calls ``then`` there, in the order of the calls."""

    def keep(self, request: Received, then: Then) -> None:
        """Keep ``request``; only when ``then`` gets an id is it on disk."""

    def keep_piece(self, request: Received, piece: bytes, then: Then) -> None:
        """Keep the next PIECE bytes of the body of ``request``, for which ``keep`` is called when all has arrived."""

    def answered(self, request_id: int, at: int) -> None:
        """Note when the answer went out."""


def now() -> int:
    """Microseconds since 1970, UTC."""
    return time_ns() // 1000
