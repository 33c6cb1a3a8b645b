"""Captures put into a profile without a listener."""

from collections.abc import Sequence
from pathlib import Path

from callback_lens.resources import resource
from callback_lens.store.model import Request, WireCapture
from callback_lens.store.opening import open_store

ARRIVED = 1_700_000_000_000_000
HEADERS = (
    b"Host: localhost:8787\r\nUser-Agent: Go-http-client/1.1\r\nContent-Length: 9999\r\n"
    b"Content-Type: application/xml\r\nx-MiXed: 1\r\nX-Token: hush\r\nx-MiXed: 2\r\nAccept-Encoding: gzip\r\n"
)


def sample(name: str) -> bytes:
    """The bytes of a shipped sample."""
    return resource("samples", *name.split("/")).read_bytes()


def wire(body: bytes, target: bytes = b"/callback?token=hush", method: str = "POST", **values: object) -> WireCapture:
    """A capture of ``body`` as CI sends it."""
    request = Request(ARRIVED, method, target, "1.1", "127.0.0.1:50000", HEADERS)
    return WireCapture(request, body, **{"status": 200, "answer": b"OK", **values})  # type: ignore[arg-type]


def store_captures(folder: Path, captures: Sequence[WireCapture]) -> list[int]:
    """Put ``captures`` into the store in ``folder``; their ids. They are committed 500 µs after they arrived."""
    with open_store(folder) as store:
        return store.add(captures, ARRIVED + 500)
