"""A listener with a sink that only remembers, and clients that can misbehave."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from callback_lens.errors import Message, UserError
from callback_lens.listener.addresses import open_sockets
from callback_lens.listener.answers import Answer, Answers
from callback_lens.listener.connection import Service
from callback_lens.listener.limits import Limits
from callback_lens.listener.request import Received, Then
from callback_lens.listener.server import Server

FULL = UserError(Message("the disk is full"))
HEAD = b"POST /callback HTTP/1.1\r\nHost: localhost\r\n"
GOOD = HEAD + b"Content-Length: 4\r\n\r\n<a/>"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def length(size: int) -> bytes:
    """The last header field of a request, and the end of its head."""
    return b"Content-Length: %d\r\n\r\n" % size


@dataclass
class Rows:
    """A sink: what it was given to keep, in order."""

    kept: list[Received] = field(default_factory=list)
    pieces: dict[int, list[bytes]] = field(default_factory=dict)
    answered_ids: list[int] = field(default_factory=list)
    fault: UserError | None = None
    piece_fault: UserError | None = None
    waits: bool = False
    delayed: list[Callable[[], None]] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def keep(self, request: Received, then: Then) -> None:
        if self.fault is None:
            self.kept.append(request)
        outcome = self.fault or len(self.kept)
        self._later(lambda: then(outcome))

    def keep_piece(self, request: Received, piece: bytes, then: Then) -> None:
        self.pieces.setdefault(id(request), []).append(piece)
        outcome = self.fault or self.piece_fault or 0
        self._later(lambda: then(outcome))

    def answered(self, request_id: int, at: int) -> None:
        assert at > self.kept[request_id - 1].arrived
        self.answered_ids.append(request_id)

    def body(self, request: Received) -> bytes:
        return b"".join([*self.pieces.get(id(request), []), request.body])

    def release(self) -> None:
        """Let what waits be kept."""
        self.waits = False
        for action in self.delayed:
            action()
        self.delayed.clear()

    async def count(self, number: int) -> None:
        """Wait until so many were given to keep."""
        while len(self.kept) < number:
            self.changed.clear()
            await self.changed.wait()

    def _later(self, action: Callable[[], None]) -> None:
        self.changed.set()
        if self.waits:
            self.delayed.append(action)
        else:
            asyncio.get_running_loop().call_soon(action)


@dataclass
class Listener:
    """One that runs: what it kept, and how to talk to it."""

    rows: Rows
    address: tuple[str, int]
    server: Server
    service: Service

    async def talk(self, *said: bytes, ends: bool = False) -> bytes:
        """What it answers to ``said`` until it closes the connection; ``ends``: nothing more is said, and it knows."""
        async with self.connection() as (reader, writer):
            for part in said:
                writer.write(part)
                with suppress(ConnectionError):
                    await writer.drain()
            if ends:
                writer.write_eof()
            return await read_all(reader)

    @asynccontextmanager
    async def connection(
        self,
    ) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        reader, writer = await asyncio.open_connection(*self.address)
        try:
            yield reader, writer
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


async def read_all(reader: asyncio.StreamReader) -> bytes:
    received = b""
    with suppress(ConnectionResetError):
        while piece := await reader.read(1 << 16):
            received += piece
    return received


async def read_answer(reader: asyncio.StreamReader) -> bytes:
    """One answer with its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    return head + await reader.readexactly(int(length[0].partition(b":")[2]) if length else 0)


async def serves(listener: Listener) -> None:
    """It takes the next request as if nothing had been."""
    before = len(listener.rows.kept)
    async with listener.connection() as (reader, writer):
        writer.write(GOOD)
        assert (await read_answer(reader)).startswith(b"HTTP/1.1 200 OK")
    assert [row.refused for row in listener.rows.kept[before:]] == [None]


@asynccontextmanager
async def listening(
    answer: Answer | None = None, token: bytes | None = None, **limits: float
) -> AsyncIterator[Listener]:
    sockets = open_sockets("127.0.0.1", 0)
    service = Service(Rows(), Answers(answer or Answer()), Limits(**limits), token)  # type: ignore[arg-type]
    server = Server(service, sockets)
    await server.start()
    try:
        yield Listener(service.sink, sockets[0].getsockname(), server, service)  # type: ignore[arg-type]
    finally:
        service.sink.release()  # type: ignore[attr-defined]
        await server.stop()
