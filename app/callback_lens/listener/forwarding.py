"""Captures sent on to another address, once they are on disk."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from callback_lens.errors import UserError
from callback_lens.listener.posting import Outgoing, Post, posting
from callback_lens.listener.request import now

MARK = b"Callback-Lens-Forwarded"  # what carries this header is not sent on again: two listeners would never end
AT_ONCE = 8
PAUSES = (1.0, 4.0, 16.0, 64.0)  # seconds before the next attempt
WAITING = 100_000  # captures; of more, the oldest are not sent on
TRY_AGAIN = (408, 425, 429)


@dataclass(frozen=True, slots=True)
class Attempt:
    """How sending on went: ``number`` counts from 1; either ``status`` or ``error`` is set. ``at`` in microseconds."""

    request_id: int
    number: int
    at: int
    status: int | None = None
    error: str | None = None

    @property
    def may_succeed_later(self) -> bool:
        """Whether it is worth while to try again."""
        return self.status is None or self.status >= 500 or self.status in TRY_AGAIN


Load = Callable[[int], Awaitable[Outgoing | None]]


class Forwarder:
    """Sends on what was kept, a few at once, again after ``pauses`` where that fails.

    ``load`` gives what was kept under an id, None where it is gone; ``record`` is told of every attempt.
    """

    def __init__(self, load: Load, record: Callable[[Attempt], None], pauses: tuple[float, ...] = PAUSES) -> None:
        self._load = load
        self._record = record
        self._pauses = pauses
        self._ids: deque[int] = deque(maxlen=WAITING)
        self._is_filled = asyncio.Event()

    def forward(self, request_id: int) -> None:
        """Send on what was kept under ``request_id``, soon."""
        self._ids.append(request_id)
        self._is_filled.set()

    async def run(self, url: str) -> None:
        """Send on to ``url`` until cancelled. Raises UserError for what is no http or https address."""
        async with posting(url) as post, asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(self._work(post))

    async def _work(self, post: Post) -> None:
        while True:
            await self._is_filled.wait()
            if self._ids:
                await self._send(self._ids.popleft(), post)
            else:
                self._is_filled.clear()

    async def _send(self, request_id: int, post: Post) -> None:
        for number, pause in enumerate((*self._pauses, None), 1):
            outgoing = await self._load(request_id)
            if outgoing is None or MARK.lower() in [name.lower() for name, _ in outgoing.fields]:
                return
            marked = replace(outgoing, fields=(*outgoing.fields, (MARK, b"1")))
            attempt = await _attempt(request_id, number, marked, post)
            self._record(attempt)
            if pause is None or not attempt.may_succeed_later:
                return
            await asyncio.sleep(pause)


async def _attempt(request_id: int, number: int, outgoing: Outgoing, post: Post) -> Attempt:
    at = now()
    try:
        reply = await post(outgoing)
    except UserError as error:
        return Attempt(request_id, number, at, error=str(error))
    return Attempt(request_id, number, at, status=reply.status)
