"""Whatever a client does, it is answered fittingly and kept on record, and others are served."""

import asyncio
import json
import socket
import struct
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from wire import FULL, Listener, listening, read_all, read_answer

Play = Callable[[Coroutine[Any, Any, None]], None]
HEAD = b"POST /callback HTTP/1.1\r\nHost: localhost\r\n"
GOOD = HEAD + b"Content-Length: 4\r\n\r\n<a/>"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
TLS_HELLO = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200)


def length(size: int) -> bytes:
    return b"Content-Length: %d\r\n\r\n" % size


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


async def serves(listener: Listener) -> None:
    """It takes the next request as if nothing had been."""
    before = len(listener.rows.kept)
    async with listener.connection() as (reader, writer):
        writer.write(GOOD)
        assert (await read_answer(reader)).startswith(b"HTTP/1.1 200 OK")
    assert [row.refused for row in listener.rows.kept[before:]] == [None]


def test_slow_headers(play: Play) -> None:
    async def scenario() -> None:
        async with listening(slow_seconds=0.05) as listener:
            answer = await listener.talk(HEAD)
            assert b"408 Request Timeout" in answer
            (row,) = listener.rows.kept
            assert (row.method, row.target, row.body) == ("POST", b"/callback", HEAD)
            assert "headers took more than" in str(row.refused)

    play(scenario())


def test_slow_body(play: Play) -> None:
    async def scenario() -> None:
        async with listening(slow_seconds=0.05) as listener:
            answer = await listener.talk(HEAD + length(100) + b"<a>")
            assert b"408 Request Timeout" in answer
            (row,) = listener.rows.kept
            assert (row.body, row.is_complete) == (b"<a>", False)
            assert "too slowly" in str(row.refused)

    play(scenario())


def test_trickling_body(play: Play) -> None:
    """Bytes that keep coming, but so slowly that they never end, do not keep a connection."""

    async def scenario() -> None:
        async with (
            listening(slow_seconds=0.2) as listener,
            listener.connection() as (reader, writer),
        ):
            writer.write(HEAD + length(10_000))
            answered = asyncio.create_task(read_all(reader))
            while not answered.done():
                writer.write(b"x")
                await asyncio.wait([answered], timeout=0.02)
            assert b"408 Request Timeout" in answered.result()
            assert "too slowly" in str(listener.rows.kept[0].refused)

    play(scenario())


def test_half_closed_after_the_request(play: Play) -> None:
    async def scenario() -> None:
        async with listening() as listener:
            answer = await listener.talk(GOOD, ends=True)
            assert answer.startswith(b"HTTP/1.1 200 OK")
            assert [row.body for row in listener.rows.kept] == [b"<a/>"]

    play(scenario())


@pytest.mark.parametrize(
    "said",
    [HEAD, HEAD + length(10) + b"<a>", CHUNKED + b"9\r\n<a>"],
    ids=["head", "body", "chunk"],
)
def test_half_closed_within_the_request(play: Play, said: bytes) -> None:
    async def scenario() -> None:
        async with listening() as listener:
            answer = await listener.talk(said, ends=True)
            assert answer.startswith(b"HTTP/1.1 400 Bad Request")
            (row,) = listener.rows.kept
            assert row.body == (said if said == HEAD else b"<a>")
            assert "connection ended before" in str(row.refused)

    play(scenario())


def test_reset_within_the_body(play: Play) -> None:
    async def scenario() -> None:
        async with listening() as listener:
            _, writer = await asyncio.open_connection(*listener.address)
            writer.write(HEAD + b"Expect: 100-continue\r\n" + length(100) + b"<a>")
            await _.readuntil(b"\r\n\r\n")
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
            await listener.rows.count(1)
            (row,) = listener.rows.kept
            assert (row.status, row.is_complete, row.answer) == (None, False, b"")
            assert "connection ended before" in str(row.refused)

    play(scenario())


def test_answer_is_not_lost_though_more_was_sent(play: Play) -> None:
    """A client that sends all of a refused body before it reads gets the answer, and no reset."""

    async def scenario() -> None:
        async with listening(body_bytes=1000) as listener:
            answer = await listener.talk(HEAD + length(900_000), b"x" * 900_000)
            assert answer.startswith(b"HTTP/1.1 413 ")
            assert len(listener.rows.kept) == 1

    play(scenario())


def test_chunked_body_over_the_limit(play: Play) -> None:
    async def scenario() -> None:
        async with listening(body_bytes=10) as listener:
            answer = await listener.talk(CHUNKED + b"8\r\n12345678\r\n", b"8\r\n12345678\r\n0\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 413 ")
            assert listener.rows.kept[0].body == b"12345678"

    play(scenario())


@pytest.mark.parametrize("said", [b"0\r\nX: ", b"3;x="], ids=["trailer", "chunk extension"])
def test_chunks_without_end_bring_no_memory_down(play: Play, said: bytes) -> None:
    async def scenario() -> None:
        async with listening() as listener:
            answer = await listener.talk(CHUNKED + said, *[b"x" * 10_000] * 50)
            assert answer.startswith(b"HTTP/1.1 431 ")
            assert len(listener.rows.kept) == 1

    play(scenario())


def test_chunks_of_one_byte(play: Play) -> None:
    async def scenario() -> None:
        async with listening() as listener:
            answer = await listener.talk(CHUNKED, b"1\r\nx\r\n" * 300_000, b"0\r\n\r\n", ends=True)
            assert b"200 OK" in answer
            assert len(listener.rows.kept[0].body) == 300_000

    play(scenario())


def test_idle_connections_make_room(play: Play) -> None:
    async def scenario() -> None:
        async with listening(connections=50) as listener:
            idle = [await asyncio.open_connection(*listener.address) for _ in range(1000)]
            await serves(listener)
            assert len(listener.service.connections) <= 50
            for _, writer in idle:
                writer.close()

    play(scenario())


def test_too_many_busy_connections(play: Play) -> None:
    async def scenario() -> None:
        async with listening(connections=2) as listener:
            busy = [await asyncio.open_connection(*listener.address) for _ in range(2)]
            for reader, writer in busy:
                writer.write(HEAD + b"Expect: 100-continue\r\n" + length(4))
                await reader.readuntil(b"\r\n\r\n")
            assert b"503 Service Unavailable" in await listener.talk(GOOD)
            for reader, writer in busy:
                writer.write(b"<a/>")
                assert b"200 OK" in await read_answer(reader)
                writer.close()
            assert ["more than 2 connections" in str(row.refused) for row in listener.rows.kept] == [True, False, False]

    play(scenario())


def test_idle_connections_are_closed(play: Play) -> None:
    async def scenario() -> None:
        async with listening(idle_seconds=0.05) as listener:
            assert await listener.talk() == b""
            assert listener.rows.kept == []

    play(scenario())


@pytest.mark.parametrize(
    "target",
    [
        b"/cb",
        b"/cb?token=wrong",
        b"/secre",
        b"/secret/cb",
        b"/?x=secret",
        b"/%73ecret/",
    ],
)
def test_wrong_token(play: Play, target: bytes) -> None:
    async def scenario() -> None:
        async with listening(token=b"secret") as listener:
            answer = await listener.talk(b"POST %b HTTP/1.1\r\n" % target + length(4) + b"<a/>")
            assert answer.startswith(b"HTTP/1.1 404 Not Found")
            (row,) = listener.rows.kept
            assert (row.target, row.body, row.status) == (target, b"", 404)
            assert "token" in str(row.refused)

    play(scenario())


@pytest.mark.parametrize(
    "target",
    [
        b"/cb?token=secret",
        b"/?a=b&token=secret",
        b"/cb/secret",
        b"/%73ecret",
        b"/secret?a=b",
    ],
)
def test_right_token(play: Play, target: bytes) -> None:
    async def scenario() -> None:
        async with listening(token=b"secret") as listener:
            answer = await listener.talk(b"POST %b HTTP/1.1\r\nConnection: close\r\n" % target + length(4) + b"<a/>")
            assert answer.startswith(b"HTTP/1.1 200 OK")
            assert listener.rows.kept[0].body == b"<a/>"

    play(scenario())


def test_nothing_is_taken_that_cannot_be_kept(play: Play) -> None:
    async def scenario() -> None:
        async with listening() as listener, listener.connection() as (reader, writer):
            listener.rows.fault = FULL
            writer.write(GOOD)
            answer = await read_answer(reader)
            assert answer.startswith(b"HTTP/1.1 503 Service Unavailable")
            assert b"the disk is full" in answer
            listener.rows.fault = None
            writer.write(GOOD)
            assert b"200 OK" in await read_answer(reader)
            assert len(listener.rows.kept) == 1

    play(scenario())


def test_a_large_body_whose_piece_cannot_be_kept(play: Play) -> None:
    async def scenario() -> None:
        async with listening() as listener:
            listener.rows.fault = FULL
            answer = await listener.talk(HEAD + length(3 << 20), b"x" * (3 << 20))
            assert answer.startswith(b"HTTP/1.1 503 Service Unavailable")
            assert listener.rows.kept == []

    play(scenario())


@pytest.mark.parametrize("size", [1 << 21, (1 << 20) + 1])
def test_a_lost_piece_is_never_acknowledged(play: Play, size: int) -> None:
    """Also where the rest of the body arrives before it is known that the piece is lost."""

    async def scenario() -> None:
        async with listening() as listener, listener.connection() as (reader, writer):
            listener.rows.piece_fault = FULL
            listener.rows.waits = True
            writer.write(HEAD + length(size) + b"x" * size)
            while not listener.rows.delayed:
                listener.rows.changed.clear()
                await listener.rows.changed.wait()
            listener.rows.release()
            assert b"503 Service Unavailable" in await read_answer(reader)
            (row,) = listener.rows.kept
            assert (row.status, row.is_complete, str(row.refused)) == (503, False, "the disk is full")

    play(scenario())


def test_answers_that_nobody_reads(play: Play) -> None:
    """A client that only sends does not fill the memory, and is let go."""

    async def scenario() -> None:
        async with listening(slow_seconds=0.2) as listener:
            _, writer = await asyncio.open_connection(*listener.address, limit=1024)
            writer.transport.pause_reading()  # type: ignore[attr-defined]
            requests = b"GET / HTTP/1.1\r\n\r\n" * 10_000
            while not writer.transport.is_closing():
                writer.write(requests)
                try:
                    async with asyncio.timeout(5):
                        await writer.drain()
                except OSError:
                    break
            await listener.service.is_empty.wait()
            await serves(listener)

    play(scenario())


@pytest.mark.parametrize("name", ["../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "\\..\\x", "%00", "con"])
def test_targets_are_never_paths(play: Play, name: str) -> None:
    async def scenario() -> None:
        async with listening() as listener:
            target = f"/{name}".encode()
            await listener.talk(b"POST %b HTTP/1.1\r\nConnection: close\r\n" % target + length(1) + b"a")
            assert listener.rows.kept[0].target == target

    play(scenario())


@pytest.mark.parametrize(
    "body",
    [b"\x1f\x8b\x08" + bytes(1000), bytes(range(256)), json.dumps("[" * 9999).encode()],
)
def test_bodies_are_not_looked_into(play: Play, body: bytes) -> None:
    """A gzip bomb, binary, deep nesting: kept as they came."""

    async def scenario() -> None:
        async with listening() as listener:
            head = HEAD + b"Content-Encoding: gzip\r\nConnection: close\r\n"
            assert b"200 OK" in await listener.talk(head + length(len(body)) + body)
            assert listener.rows.kept[0].body == body

    play(scenario())
