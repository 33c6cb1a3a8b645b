"""A receiver of HTTP requests that keeps what comes over the wire, and the real command that sends to it."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain, repeat

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"
UNAVAILABLE = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"
HANG_UP = b""
TIMEOUT = 60


@dataclass
class Receiver:
    """Gives ``answers`` in turn, then OK; an empty one ends the connection. ``requests``: heads and bodies as sent."""

    answers: Sequence[bytes] = ()
    requests: list[tuple[bytes, bytes]] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self._next = chain(self.answers, repeat(OK))
        self._open: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def receiving(self) -> AsyncIterator[str]:
        """Within it requests are received at the address given; at its end every connection has ended."""
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        try:
            async with server:
                yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        finally:
            while self._open:
                await self._open.pop()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open.add(asyncio.create_task(self._serve(reader, writer)))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                lengths = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
                body = await reader.readexactly(sum(int(line.partition(b":")[2]) for line in lengths))
                self.requests.append((head, body))
                answer = next(self._next)
                if answer == HANG_UP:
                    break
                writer.write(answer)
                await writer.drain()
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


def run_against(
    receiver: Receiver, arguments: Callable[[str], Sequence[object]], stdin: bytes = b""
) -> "subprocess.CompletedProcess[str]":
    """Run the command with what ``arguments`` makes of the receiver's URL."""
    return run_process(receiver, lambda url: [sys.executable, "-m", "callback_lens", *map(str, arguments(url))], stdin)


def run_process(
    receiver: Receiver, command: Callable[[str], Sequence[str]], stdin: bytes = b""
) -> "subprocess.CompletedProcess[str]":
    """Run the program that ``command`` makes of the receiver's URL."""
    return asyncio.run(_run_process(receiver, command, stdin))


async def _run_process(
    receiver: Receiver, command: Callable[[str], Sequence[str]], stdin: bytes
) -> "subprocess.CompletedProcess[str]":
    async with receiver.receiving() as url:
        words = command(url)
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*words, stdin=pipe, stdout=pipe, stderr=pipe)
        output, errors = await asyncio.wait_for(process.communicate(stdin), TIMEOUT)
    return subprocess.CompletedProcess(words, process.returncode or 0, output.decode(), errors.decode())
