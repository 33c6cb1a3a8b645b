"""A profile with a store, and captures to put into it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from callback_lens.store.index import Index, open_index
from callback_lens.store.model import Request, WireCapture
from callback_lens.store.opening import open_store
from callback_lens.store.store import Store

HEADERS = b"Host: localhost:8787\r\nUser-Agent: Go-http-client/1.1\r\nContent-Type: application/xml\r\n"
REQUEST = Request(1_700_000_000_000_000, "POST", b"/callback", "1.1", "127.0.0.1:50000", HEADERS)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with open_index(tmp_path) as opened:
        yield opened


@pytest.fixture
def wire() -> Callable[..., WireCapture]:
    """A capture of a body: ``wire(b"…", target=b"/x", status=404)``."""

    def make(body: bytes = b"", **values: object) -> WireCapture:
        head = {name: values.pop(name) for name in Request._fields if name in values}
        return WireCapture(REQUEST._replace(**head), body, **{"status": 200, **values})  # type: ignore[arg-type]

    return make
