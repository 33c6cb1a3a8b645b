import gzip
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from callback_lens.errors import UserError
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.reader import read_documents
from callback_lens.store.model import WireCapture
from callback_lens.store.reading import capture_input
from callback_lens.store.store import Store

Wire = Callable[..., WireCapture]
SAMPLE = Path(__file__).parents[2] / "resources" / "samples" / "SmartCover" / "api-success.xml"


def read(store: Store, capture: WireCapture, limits: Limits | None = None) -> Input:
    (number,) = store.add([capture], committed=1)
    kept, details = store.get(number), store.details(number)
    assert kept is not None
    assert details is not None
    return capture_input(kept, details.headers, store.body(number), limits or Limits())


@pytest.mark.parametrize(
    ("headers", "pack"),
    [
        (b"", bytes),
        (b"", gzip.compress),
        (b"Content-Encoding: gzip\r\n", gzip.compress),
        (b"content-encoding: deflate\r\n", zlib.compress),
        (b"Content-Encoding: deflate\r\nContent-Encoding: gzip\r\n", lambda body: gzip.compress(zlib.compress(body))),
        (b"Content-Encoding: gzip\r\n", bytes),
        (b"Transfer-Encoding: chunked\r\n", bytes),
    ],
)
def test_the_payload_of_a_capture(store: Store, wire: Wire, headers: bytes, pack: Callable[[bytes], bytes]) -> None:
    given = read(store, wire(pack(SAMPLE.read_bytes()), headers=b"X-A: 1\r\n" + headers, target=b"/a%20b\xff"))
    assert given.content == SAMPLE.read_bytes()
    assert given.source == "id:1"
    assert given.request is not None
    assert given.request.start_line == "POST /a%20b\udcff HTTP/1.1"
    assert given.request.headers[0] == ("X-A", "1")
    (document,) = read_documents(given, Limits())
    assert not isinstance(document, UserError)


def test_a_bomb_is_no_payload(store: Store, wire: Wire) -> None:
    with pytest.raises(UserError, match="unpacks to more than"):
        read(store, wire(gzip.compress(bytes(1 << 20))), Limits(document_bytes=1 << 16))
