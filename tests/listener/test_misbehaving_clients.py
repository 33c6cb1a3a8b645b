"""Clients that are slow, hang up, send without end or come in crowds: each is answered, and others are served."""

import asyncio
import socket
import struct
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from wire import CHUNKED, GOOD, HEAD, length, listening, read_all, read_answer, serves

Play = Callable[[Coroutine[Any, Any, None]], None]


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
