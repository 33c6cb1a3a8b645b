"""What is no proper HTTP is answered fittingly and kept on record, and others are served."""

from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from wire import CHUNKED, HEAD, length, listening, serves

Play = Callable[[Coroutine[Any, Any, None]], None]
TLS_HELLO = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200)

# name: (what is said, the status, part of the reason, the row's method, its body; None: all that was said)
BROKEN = {
    "garbage": (b"hello, listener\r\n\r\n", 400, "no proper HTTP", "", None),
    "TLS": (TLS_HELLO, 400, "encrypted", "", None),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "HTTP/2", "PRI", None),
    "two lengths": (
        HEAD + b"Content-Length: 1\r\n" + length(2) + b"ab",
        400,
        "Duplicate",
        "POST",
        None,
    ),
    "the same length twice": (
        HEAD + b"Content-Length: 1\r\n" + length(1) + b"a",
        400,
        "Duplicate",
        "POST",
        None,
    ),
    "length and chunks": (
        CHUNKED[:-2] + length(3) + b"abc",
        400,
        "Content-Length can't",
        "POST",
        None,
    ),
    "chunks and length": (
        HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
        400,
        "Transfer",
        "POST",
        None,
    ),
    "length in words": (
        HEAD + b"Content-Length: four\r\n\r\nbody",
        400,
        "Content-Length",
        "POST",
        None,
    ),
    "negative length": (
        HEAD + b"Content-Length: -1\r\n\r\n",
        400,
        "Content-Length",
        "POST",
        None,
    ),
    "length beyond 64 bits": (HEAD + length(10**20), 400, "overflow", "POST", None),
    "a length that lies": (
        HEAD + length(2_000_000_000) + b"<a>",
        413,
        "more than",
        "POST",
        b"<a>",
    ),
    "no length": (HEAD + b"\r\n<a/>", 411, "neither", "POST", b"<a/>"),
    "HTTP/1.0 without length": (
        b"POST / HTTP/1.0\r\n\r\n<a/>",
        411,
        "neither",
        "POST",
        b"<a/>",
    ),
    "chunk size that is none": (
        CHUNKED + b"3\r\nabc\r\nzz\r\n",
        400,
        "chunk size",
        "POST",
        b"abc",
    ),
    "chunk size beyond 64 bits": (
        CHUNKED + b"f" * 17 + b"\r\n",
        400,
        "overflow",
        "POST",
        b"f" * 17 + b"\r\n",
    ),
    "chunk longer than said": (
        CHUNKED + b"3\r\nabcd\r\n0\r\n\r\n",
        400,
        "chunk data",
        "POST",
        b"abc",
    ),
    "unknown encoding": (
        HEAD + b"Transfer-Encoding: gzip\r\n\r\nabc",
        400,
        "Transfer-Encoding",
        "POST",
        b"abc",
    ),
    "10,000 headers": (
        HEAD + b"X: y\r\n" * 10_000 + length(0),
        431,
        "more than 200 headers",
        "POST",
        None,
    ),
    "a header of 1 MB": (
        HEAD + b"X: " + b"y" * 1_000_000 + b"\r\n" + length(0),
        431,
        "more than 65536",
        "POST",
        None,
    ),
    "a target of 1 MB": (
        b"POST /" + b"x" * 1_000_000 + b" HTTP/1.1\r\n" + length(0),
        431,
        "more than 65536",
        "POST",
        None,
    ),
    "bare line feeds": (
        b"POST / HTTP/1.1\nContent-Length: 0\n\n",
        400,
        "CRLF",
        "POST",
        None,
    ),
    "folded header": (
        HEAD + b"X: a\r\n b\r\n" + length(0),
        400,
        "whitespace",
        "POST",
        None,
    ),
    "space before the colon": (
        HEAD + b"X : a\r\n" + length(0),
        400,
        "header token",
        "POST",
        None,
    ),
    "NUL in a header": (
        HEAD + b"X: \x00\r\n" + length(0),
        400,
        "header value",
        "POST",
        None,
    ),
    "space in the target": (
        b"POST /a b HTTP/1.1\r\n" + length(0),
        400,
        "HTTP/",
        "POST",
        None,
    ),
    "unknown method": (
        b"NOTIFY-ME / HTTP/1.1\r\n" + length(0),
        400,
        "method",
        "",
        None,
    ),
    "unknown version": (
        b"POST / HTTP/1.7\r\n" + length(0),
        400,
        "version",
        "POST",
        None,
    ),
    "a proxy's CONNECT": (
        b"CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        400,
        "CONNECT",
        "CONNECT",
        b"",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_requests(play: Play, name: str) -> None:
    said, status, reason, method, body = BROKEN[name]

    async def scenario() -> None:
        async with listening() as listener:
            answer = await listener.talk(said)
            assert answer.startswith(b"HTTP/1.1 %d " % status), answer
            assert b"Connection: close\r\n" in answer
            (row,) = listener.rows.kept
            assert (row.status, row.is_complete, row.method) == (status, False, method)
            assert row.refused
            assert reason in str(row.refused)
            assert str(row.refused).encode() in answer
            expected = said if body is None else body
            kept = listener.rows.body(row)
            assert kept == expected[: 64 << 10] if len(kept) < len(expected) else kept == expected
            await serves(listener)

    play(scenario())
