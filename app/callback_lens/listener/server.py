"""The listener as a whole: it accepts connections, ends patience, and stops in order."""

import asyncio
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from callback_lens.listener.connection import Connection, Service
from callback_lens.listener.limits import DRAINED_SECONDS

IN_FLIGHT_SECONDS = 5.0  # that requests have to become complete and answered when the listener is stopped
LONGEST_TICK = 0.5  # seconds between two looks at the deadlines
TICKS = 4  # in the shortest patience


class Server:
    """Listens on ``sockets``, which it closes, from ``start`` to ``stop``."""

    def __init__(self, service: Service, sockets: Sequence[socket.socket]) -> None:
        self._service = service
        self._sockets = sockets
        self._servers: list[asyncio.Server] = []
        self._clock: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        """Accept connections."""
        loop = asyncio.get_running_loop()
        self._service.is_empty.set()
        for opened in self._sockets:
            self._servers.append(await loop.create_server(partial(Connection, self._service), sock=opened))
        self._tick()

    async def stop(self) -> None:
        """Accept nothing more, finish what is in flight but wait no longer than that takes as a rule, then close."""
        service = self._service
        service.is_stopping = True
        for server in self._servers:
            server.close()
        await self._end_all(Connection.close_if_idle, IN_FLIGHT_SECONDS)
        await self._end_all(Connection.give_up, 2 * DRAINED_SECONDS)
        await self._end_all(Connection.abort, LONGEST_TICK)
        if self._clock:
            self._clock.cancel()

    async def _end_all(self, end: Callable[[Connection], object], seconds: float) -> None:
        """``end`` every connection, and wait until none is left, ``seconds`` at most."""
        for connection in list(self._service.connections):
            end(connection)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._service.is_empty.wait()

    def _tick(self) -> None:
        limits, loop = self._service.limits, asyncio.get_running_loop()
        moment = loop.time()
        for connection in list(self._service.connections):
            if connection.deadline is not None and connection.deadline < moment:
                connection.expire()
        pause = min(LONGEST_TICK, limits.idle_seconds / TICKS, limits.slow_seconds / TICKS)
        self._clock = loop.call_later(pause, self._tick)
