"""A sender of callbacks: ``load.py PORT COUNT FILE`` posts the callback in FILE and prints what each request took.

It prints µs: all the time ÷ requests, and the 99th percentile of the time from a request to its answer. Plain sockets
and one selector: what costs as much as the server that is measured would measure itself.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count, islice
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from socket import create_connection, socket
from statistics import quantiles
from time import perf_counter

CONNECTIONS = 64  # that stay open, each with one request under way
HEAD = (
    b"POST / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUser-Agent: Go-http-client/1.1\r\nContent-Length: %d\r\n"
    b"Content-Type: application/xml\r\nAccept-Encoding: gzip\r\n\r\n"
)
OK = b"HTTP/1.1 200 "
END = b"\r\n\r\n"  # of an answer without a body
JOB_ID = re.compile(rb"(?<=<JobId>)[^<]+")


def callbacks(callback: bytes) -> Iterator[bytes]:
    """``callback`` again and again, each time of another job."""
    before, after = JOB_ID.split(callback, maxsplit=1)
    return (b"%bj%032x%b" % (before, number, after) for number in count())


def post(port: int, bodies: Iterator[bytes]) -> tuple[float, list[float]]:
    """Post ``bodies``; the seconds that took, and those of each request until its answer.

    Raises ConnectionError for an answer that is not 200.
    """
    requests = (HEAD % (port, len(body)) + body for body in bodies)
    begun: dict[socket, float] = {}
    took: list[float] = []
    with ExitStack() as stack, DefaultSelector() as selector:
        start = perf_counter()
        for request in islice(requests, CONNECTIONS):
            connection = stack.enter_context(create_connection(("127.0.0.1", port)))
            selector.register(connection, EVENT_READ)
            _send(connection, request, begun)
        while begun:
            for key, _ in selector.select():
                connection = key.fileobj
                _receive_ok(connection)
                took.append(perf_counter() - begun.pop(connection))
                if request := next(requests, None):
                    _send(connection, request, begun)
        return perf_counter() - start, took


def _send(connection: socket, request: bytes, begun: dict[socket, float]) -> None:
    begun[connection] = perf_counter()
    connection.sendall(request)


def _receive_ok(connection: socket) -> None:
    answer = b""
    while not answer.endswith(END):
        piece = connection.recv(4096)
        answer += piece
        if not piece or not answer.startswith(OK):
            raise ConnectionError(f"not answered 200: {answer!r}")


if __name__ == "__main__":
    _, given_port, given_count, file = sys.argv
    seconds, times = post(int(given_port), islice(callbacks(Path(file).read_bytes()), int(given_count)))
    print(seconds / len(times) * 1e6, quantiles(times, n=100)[-1] * 1e6)
