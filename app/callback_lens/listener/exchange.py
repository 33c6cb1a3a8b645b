"""A request and its answer, which waits until the request is kept."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from callback_lens.errors import UserError
from callback_lens.listener.answers import response
from callback_lens.listener.request import Outcome, Received, now

UNAVAILABLE = 503
SECOND = 1_000_000  # microseconds


@dataclass(slots=True)
class Exchange:
    """A ``request``, and the ``response`` (bytes), None as long as it must not be sent.

    ``send`` is called when that is there. ``keeps_open`` says whether others may follow on the connection;
    ``delay`` is in seconds. ``request_id`` is the sink's.
    """

    request: Received
    send: Callable[[], None]
    keeps_open: bool
    delay: float = 0.0
    response: bytes | None = None
    request_id: int | None = None

    def kept(self, outcome: Outcome) -> None:
        """The sink has kept the request, or could not: answer."""
        request = self.request
        if isinstance(outcome, UserError):
            self.respond(UNAVAILABLE, apology(outcome))
            return
        self.request_id = outcome
        status = request.status or UNAVAILABLE
        if self.delay:
            asyncio.get_running_loop().call_later(self.delay, self.respond, status, request.answer)
        else:
            self.respond(status, request.answer)

    def respond(self, status: int, body: bytes) -> None:
        """Have the answer sent when those before it are."""
        self.response = response(self.request, status, body, keeps_open=self.keeps_open, second=now() // SECOND)
        self.send()


def apology(error: UserError) -> bytes:
    """What a sender is told whose request could not be kept."""
    return f"This request was not kept: {error.message}.\n".encode("utf-8", "replace")
