"""A sender of callbacks: ``load.py PORT COUNT FILE [RATE]`` posts the callback in FILE and prints what each took.

It prints µs: all the time ÷ requests, and the 99th percentile of the time from a request to its answer. Plain sockets
and one selector: what costs as much as the server that is measured would measure itself. Each connection always waits
for an answer unless RATE says how many requests are due in a second, which then are timed from when they were due.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count, islice, repeat
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from socket import create_connection, socket
from statistics import quantiles
from time import perf_counter

CONNECTIONS = 64  # that stay open, each with one request under way at most
HEAD = (
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUser-Agent: Go-http-client/1.1\r\nContent-Length: %d\r\n"
    b"Content-Type: application/xml\r\nAccept-Encoding: gzip\r\n\r\n"
)
OK = b"HTTP/1.1 200 "
END = b"\r\n\r\n"  # of an answer without a body
NOTHING = (0.0, b"")  # to be sent any more
JOB_ID = re.compile(rb"(?<=<JobId>)[^<]+")


def callbacks(callback: bytes) -> Iterator[bytes]:
    """``callback`` again and again, each time of another job."""
    before, after = JOB_ID.split(callback, maxsplit=1)
    return (b"%bj%032x%b" % (before, number, after) for number in count())


def post(port: int, bodies: Iterator[bytes], rate: float | None = None) -> tuple[float, list[float]]:
    """Post ``bodies``, ``rate`` a second; the seconds that took, and those of each request until its answer.

    Raises ConnectionError for an answer that is not 200.
    """
    begun: dict[socket, float] = {}
    took: list[float] = []
    with DefaultSelector() as selector, _connected(port, selector) as idle:
        start = perf_counter()
        requests = zip(_due_times(start, rate), bodies, strict=False)
        due, body = next(requests, NOTHING)
        while body or begun:
            while body and idle and due <= perf_counter():
                begun[idle[-1]] = due or perf_counter()
                idle.pop().sendall(HEAD % (port, len(body)) + body)
                due, body = next(requests, NOTHING)
            for key, _ in selector.select(max(due - perf_counter(), 0) if body and idle else None):
                _receive_ok(key.fileobj)
                took.append(perf_counter() - begun.pop(key.fileobj))
                idle.append(key.fileobj)
        return perf_counter() - start, took


@contextmanager
def _connected(port: int, selector: DefaultSelector) -> Iterator[list[socket]]:
    with ExitStack() as stack:
        connections = [stack.enter_context(create_connection(("127.0.0.1", port))) for _ in range(CONNECTIONS)]
        for connection in connections:
            selector.register(connection, EVENT_READ)
        yield connections


def _due_times(start: float, rate: float | None) -> Iterator[float]:
    """When each request is to be sent; 0 for at once."""
    return (start + number / rate for number in count()) if rate else repeat(0.0)


def _receive_ok(connection: socket) -> None:
    answer = b""
    while not answer.endswith(END):
        piece = connection.recv(4096)
        answer += piece
        if not piece or not answer.startswith(OK):
            raise ConnectionError(f"not answered 200: {answer!r}")


if __name__ == "__main__":
    _, given_port, given_count, file, *given_rate = sys.argv
    bodies = islice(callbacks(Path(file).read_bytes()), int(given_count))
    seconds, times = post(int(given_port), bodies, *map(float, given_rate))
    print(seconds / len(times) * 1e6, quantiles(times, n=100)[-1] * 1e6)
