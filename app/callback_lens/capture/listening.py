"""What ``callback-lens listen`` runs."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket
from typing import Protocol

from callback_lens.capture.housekeeping import HouseKeeper
from callback_lens.capture.keeping import Keeper, Kept
from callback_lens.capture.lock import locked_profile
from callback_lens.capture.sending_on import check_forward, forwarder_to
from callback_lens.errors import Message, UserError
from callback_lens.listener.addresses import HOST, PORT, is_open_to_others, open_sockets, url_of
from callback_lens.listener.answers import Answer, Answers
from callback_lens.listener.connection import Service
from callback_lens.listener.limits import Limits
from callback_lens.listener.request import now
from callback_lens.listener.server import Server
from callback_lens.store.opening import open_store
from callback_lens.store.store import Store

STOP_SIGNALS = ("SIGINT", "SIGTERM", "SIGBREAK")  # the last is Ctrl+Break, on Windows


@dataclass(frozen=True, slots=True)
class Settings:
    """How to listen. Without a ``port`` it is PORT or the next free one; ``forward`` is the URL to send captures on to.

    ``house_keeping``: the command that keeps the index up to date and the store within bounds (see ``HouseKeeper``).
    """

    house_keeping: list[str]
    host: str = HOST
    port: int | None = None
    token: str | None = None
    answer: Answer = field(default_factory=Answer)
    forward: str | None = None
    limits: Limits = field(default_factory=Limits)


class Reporter(Protocol):
    """Who is told what happens."""

    def listening(self, url: str) -> None:
        """The listener takes requests at ``url``."""

    def captured(self, kept: Sequence[Kept]) -> None:
        """These are on disk. Their senders wait as long as this takes."""

    def notice(self, message: Message) -> None:
        """Something people should know."""


async def listen(folder: Path, settings: Settings, reporter: Reporter, stop: asyncio.Event) -> None:
    """Take requests and keep them in ``folder`` until ``stop`` is set, then finish what is in flight.

    Raises UserError where another listener has the profile, the port is taken, the store cannot be opened, or where
    captures cannot be sent on.
    """
    with locked_profile(folder) as lock, open_store(folder, may_repair=True) as store:
        for notice in (*store.notices, *_recovered(store)):
            reporter.notice(notice)
        with _closing(open_sockets(settings.host, settings.port)) as sockets:
            for notice in _warnings(settings, sockets):
                reporter.notice(notice)
            if settings.forward:
                check_forward(settings.forward, sockets)
            lock.announce(url_of(sockets))
            async with _serving(settings, store, sockets, reporter):
                reporter.listening(url_of(sockets))
                await stop.wait()


@contextmanager
def set_by_signals(stop: asyncio.Event) -> Iterator[None]:
    """Within it Ctrl+C, SIGTERM and Ctrl+Break set ``stop``."""
    loop = asyncio.get_running_loop()
    numbers = [getattr(signal, name) for name in STOP_SIGNALS if hasattr(signal, name)]
    before = [signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


@asynccontextmanager
async def _serving(settings: Settings, store: Store, sockets: list[socket], reporter: Reporter) -> AsyncIterator[None]:
    """Within it requests are taken, kept and answered, then indexed and sent on; behind it nothing is in flight."""

    def captured(kept: Sequence[Kept]) -> None:
        reporter.captured(kept)
        house_keeper.wake(len(kept))
        if forwarder:
            for one in kept:
                if one.request.refused is None:
                    forwarder.forward(one.id)

    house_keeper = HouseKeeper(settings.house_keeping, reporter.notice)
    keeper = Keeper(store, captured, lambda fault: reporter.notice(_fault_notice(fault)))
    forwarder = forwarder_to(settings.forward, keeper) if settings.forward else None
    token = settings.token.encode("utf-8", "surrogateescape") if settings.token is not None else None
    server = Server(Service(keeper, Answers(settings.answer), settings.limits, token), sockets)
    tasks = [house_keeper.run(), *([forwarder.run(settings.forward or "")] if forwarder else [])]
    async with _closed(keeper), _beside(tasks):
        await server.start()
        try:
            yield
        finally:
            await server.stop()


@asynccontextmanager
async def _closed(keeper: Keeper) -> AsyncIterator[None]:
    try:
        yield
    finally:
        await keeper.close()


@asynccontextmanager
async def _beside(works: list[Coroutine[object, object, None]]) -> AsyncIterator[None]:
    """Have ``works`` done meanwhile; what goes wrong there is for the log, and stops nothing else."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(result, Exception):
                logging.getLogger(__name__).error("Work beside the listener ended", exc_info=result)


@contextmanager
def _closing(sockets: list[socket]) -> Iterator[list[socket]]:
    try:
        yield sockets
    finally:
        for opened in sockets:
            opened.close()


def _recovered(store: Store) -> Iterator[Message]:
    if ids := store.recover(now()):
        values = {"count": len(ids)}
        yield Message("unfinished requests of a listener that ended suddenly, kept as refused: {count}", values)


def _warnings(settings: Settings, sockets: list[socket]) -> Iterator[Message]:
    port = sockets[0].getsockname()[1]
    if settings.port is None and port != PORT:
        yield Message("port {wanted} is taken: listening on {port}", {"wanted": PORT, "port": port})
    if settings.token is None and is_open_to_others(sockets):
        yield Message("other computers can send requests; a token lets in only those that know it")


def _fault_notice(fault: UserError | None) -> Message:
    if fault is None:
        return Message("requests are kept again")
    return Message("requests are answered 503 and not kept: {reason}", {"reason": fault.message})
