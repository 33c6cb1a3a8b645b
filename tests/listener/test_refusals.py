"""What may not or cannot be kept is refused, and nothing of a request is taken for more than bytes."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from wire import FULL, GOOD, HEAD, length, listening, read_answer, serves

Play = Callable[[Coroutine[Any, Any, None]], None]


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
