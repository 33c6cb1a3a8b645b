"""What is proper HTTP is taken as it came, however it is sent."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from callback_lens.listener.answers import Answer
from hypothesis import given
from hypothesis import strategies as st
from wire import Listener, length, listening, read_all, read_answer

Play = Callable[[Coroutine[Any, Any, None]], None]
HEAD = b"POST /callback?a=%E4 HTTP/1.1\r\nHost: localhost\r\n"
MIB = 1 << 20


def test_everything_is_kept_as_it_came(play: Play) -> None:
    async def scenario() -> None:
        async with listening() as listener, listener.connection() as (reader, writer):
            fields = b"hOST: localhost\r\nX-Twice: 1\r\nx-empty:\r\nX-Twice: \xe4\xbb\xbb\r\n"
            writer.write(b"PUT /a/%2e?q=1;x HTTP/1.1\r\n" + fields + length(3) + b"a\0b")
            assert b"HTTP/1.1 200 OK\r\n" in await read_answer(reader)
            (row,) = listener.rows.kept
            assert (row.method, row.target, row.http_version, row.body) == ("PUT", b"/a/%2e?q=1;x", "1.1", b"a\0b")
            assert row.headers == fields.replace(b"x-empty:\r\n", b"x-empty: \r\n") + b"Content-Length: 3\r\n"
            assert row.is_complete
            assert row.refused is None
            assert row.peer == "{}:{}".format(*writer.get_extra_info("sockname"))

    play(scenario())


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("target", ["/", "/favicon.ico", "/?a=b"])
def test_who_looks_with_a_browser_is_greeted(play: Play, method: str, target: str) -> None:
    async def scenario() -> None:
        async with listening(token=b"secret") as listener:
            request = f"{method} {target} HTTP/1.1\r\nConnection: close\r\n\r\n".encode()
            answer = await listener.talk(request)
            assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
            assert b"Content-Type: text/plain" in answer
            body = answer.partition(b"\r\n\r\n")[2]
            assert body == (b"" if method == "HEAD" else b"Callback Lens listens here: send callbacks by POST.\n")
            assert listener.rows.kept == []

    play(scenario())


@pytest.mark.parametrize(
    ("method", "target"), [("GET", "/x"), ("DELETE", "/"), ("OPTIONS", "*"), ("HEAD", "/a"), ("PROPFIND", "/")]
)
def test_every_other_request_is_a_row(play: Play, method: str, target: str) -> None:
    async def scenario() -> None:
        async with listening() as listener:
            answer = await listener.talk(f"{method} {target} HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
            assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
            (row,) = listener.rows.kept
            assert (row.method, row.target, row.is_complete) == (method, target.encode(), True)

    play(scenario())


def test_keep_alive(play: Play) -> None:
    async def scenario() -> None:
        async with listening() as listener, listener.connection() as (reader, writer):
            for number in range(3):
                writer.write(HEAD + length(1) + b"%d" % number)
                answer = await read_answer(reader)
                assert b"Connection:" not in answer
            assert [row.body for row in listener.rows.kept] == [b"0", b"1", b"2"]
            assert listener.rows.answered_ids == [1, 2, 3]

    play(scenario())


@pytest.mark.parametrize(("header", "is_kept"), [("", False), ("Connection: keep-alive\r\n", True)])
def test_http_1_0(play: Play, header: str, is_kept: bool) -> None:
    async def scenario() -> None:
        async with listening() as listener, listener.connection() as (reader, writer):
            writer.write(f"POST / HTTP/1.0\r\n{header}".encode() + length(1) + b"a")
            answer = await read_answer(reader)
            assert (b"Connection: keep-alive" if is_kept else b"Connection: close") in answer
            assert listener.rows.kept[0].http_version == "1.0"
            if is_kept:
                writer.write(b"POST / HTTP/1.0\r\n" + length(0))
            assert (await read_all(reader) != b"") is is_kept

    play(scenario())


def test_what_follows_the_last_request_is_dropped(play: Play) -> None:
    async def scenario() -> None:
        async with listening() as listener:
            answer = await listener.talk(HEAD + b"Connection: close\r\n" + length(1) + b"aPOST / HTTP/1.1\r\n" * 3)
            assert answer.count(b"HTTP/1.1 ") == 1
            assert [row.refused for row in listener.rows.kept] == [None]

    play(scenario())


def test_pipelining_keeps_the_order(play: Play) -> None:
    """Answers come in the order of the requests, also that of one that need not wait for the disk."""

    async def scenario() -> None:
        async with listening(Answer(body=b"kept")) as listener, listener.connection() as (reader, writer):
            listener.rows.waits = True
            writer.write(HEAD + length(1) + b"1" + b"GET / HTTP/1.1\r\n\r\n" + HEAD + length(1) + b"2")
            await listener.rows.count(2)
            listener.rows.release()
            answers = [await read_answer(reader) for _ in range(3)]
            assert [answer.partition(b"\r\n\r\n")[2][:8] for answer in answers] == [b"kept", b"Callback", b"kept"]

    play(scenario())


def test_a_thousand_pipelined_requests(play: Play) -> None:
    async def scenario() -> None:
        async with listening() as listener, listener.connection() as (reader, writer):
            for number in range(1000):
                writer.write(HEAD + length(4) + b"%04d" % number)
            for _ in range(1000):
                assert b"200 OK" in await read_answer(reader)
            assert [int(row.body) for row in listener.rows.kept] == list(range(1000))

    play(scenario())


def test_chunks_and_trailers(play: Play) -> None:
    async def scenario() -> None:
        async with listening() as listener, listener.connection() as (reader, writer):
            chunks = b"3;name=value\r\n<a>\r\n4\r\n</a>\r\n0\r\nX-Sum: 1\r\nx-end: 2\r\n\r\n"
            writer.write(HEAD + b"Transfer-Encoding: Chunked\r\n\r\n" + chunks)
            assert b"200 OK" in await read_answer(reader)
            (row,) = listener.rows.kept
            assert (row.body, row.trailers) == (b"<a></a>", b"X-Sum: 1\r\nx-end: 2\r\n")
            assert b"X-Sum" not in row.headers

    play(scenario())


def test_expect_100_continue(play: Play) -> None:
    async def scenario() -> None:
        async with listening() as listener, listener.connection() as (reader, writer):
            writer.write(HEAD + b"Expect: 100-Continue\r\n" + length(4))
            assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
            assert listener.rows.kept == []
            writer.write(b"body")
            assert b"200 OK" in await read_answer(reader)
            assert listener.rows.kept[0].body == b"body"

    play(scenario())


@pytest.mark.parametrize("token", [None, b"secret"])
def test_a_refused_body_is_not_asked_for(play: Play, token: bytes | None) -> None:
    async def scenario() -> None:
        async with listening(token=token, body_bytes=1000) as listener:
            answer = await listener.talk(HEAD + b"Expect: 100-continue\r\n" + length(2000), ends=True)
            assert answer.startswith(b"HTTP/1.1 404 " if token else b"HTTP/1.1 413 ")

    play(scenario())


def test_another_protocol_is_not_taken_up(play: Play) -> None:
    """Java's and curl's clients ask for HTTP/2 in passing, and send their body all the same."""

    async def scenario() -> None:
        async with listening() as listener, listener.connection() as (reader, writer):
            upgrade = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQ\r\n"
            for _ in range(3):
                writer.write(HEAD + upgrade + length(4) + b"body")
            for _ in range(3):
                assert b"200 OK" in await read_answer(reader)
            assert [row.body for row in listener.rows.kept] == [b"body"] * 3
            assert listener.rows.kept[2].headers.endswith(upgrade + b"Content-Length: 4\r\n")

    play(scenario())


@pytest.mark.parametrize("size", [MIB - 1, MIB, MIB + 1, 5 * MIB + 7])
@pytest.mark.parametrize("is_chunked", [False, True])
def test_large_bodies_come_in_pieces(play: Play, size: int, is_chunked: bool) -> None:
    async def scenario() -> None:
        async with listening() as listener, listener.connection() as (reader, writer):
            body = bytes(range(256)) * (size // 256 + 1)
            framed = length(size) + body[:size]
            if is_chunked:
                framed = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (size, body[:size])
            writer.write(HEAD + framed)
            assert b"200 OK" in await read_answer(reader)
            (row,) = listener.rows.kept
            assert listener.rows.body(row) == body[:size]
            pieces = listener.rows.pieces.get(id(row), [])
            assert {len(piece) for piece in pieces} <= {MIB}
            assert len(pieces) == (size - 1) // MIB
            assert len(row.body) <= MIB

    play(scenario())


def test_a_sender_waits_until_its_piece_is_kept(play: Play) -> None:
    """No more than a piece or two is taken from a sender that is faster than the disk."""

    async def scenario() -> None:
        async with listening() as listener, listener.connection() as (reader, writer):
            listener.rows.waits = True
            writer.write(HEAD + length(40 * MIB) + bytes(40 * MIB))
            while not listener.rows.delayed:
                listener.rows.changed.clear()
                await listener.rows.changed.wait()
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):  # as long as it may take: nothing is to happen
                    await writer.drain()
            assert sum(map(len, next(iter(listener.rows.pieces.values())))) <= 2 * MIB
            listener.rows.release()
            assert b"200 OK" in await read_answer(reader)
            assert len(listener.rows.body(listener.rows.kept[0])) == 40 * MIB

    play(scenario())


@given(st.data())
def test_it_makes_no_difference_how_the_bytes_are_cut(data: st.DataObject) -> None:
    chunked = HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\nX: y\r\n\r\n"
    said = chunked + HEAD + length(3) + b"\r\n\r" + b"\r\n" + chunked
    cuts = sorted(data.draw(st.sets(st.integers(1, len(said) - 1), max_size=8)))
    parts = [said[start:end] for start, end in zip([0, *cuts], [*cuts, len(said)], strict=True)]

    async def scenario() -> None:
        async with listening() as listener, listener.connection() as (reader, writer):
            for part in parts:
                writer.write(part)
                await asyncio.sleep(0)
            for _ in range(3):
                await read_answer(reader)
            assert [row.body for row in listener.rows.kept] == [b"abcde", b"\r\n\r", b"abcde"]
            assert [row.trailers for row in listener.rows.kept] == [b"X: y\r\n", b"", b"X: y\r\n"]

    asyncio.run(scenario())


RAW_TARGET = "/回调?name=值%20".encode() + b"\xff"


@pytest.mark.parametrize("field", [b"", b"Upgrade: h2c\r\nConnection: upgrade\r\n"])
@given(cut=st.integers(1, 60))
def test_targets_that_are_not_encoded_are_taken_as_they_are(field: bytes, cut: int) -> None:
    said = b"POST " + RAW_TARGET + b" HTTP/1.1\r\n" + field + length(3) + "值".encode()

    async def scenario() -> None:
        async with listening() as listener, listener.connection() as (reader, writer):
            for part in (said[:cut], said[cut:]) * 2:
                writer.write(part)
                await asyncio.sleep(0)
            assert [b"200 OK" in await read_answer(reader) for _ in range(2)] == [True, True]
            assert [(row.target, row.body) for row in listener.rows.kept] == [(RAW_TARGET, "值".encode())] * 2

    asyncio.run(scenario())


@given(st.binary(max_size=300))
def test_any_bytes_are_answered_or_kept(said: bytes) -> None:
    """Whatever comes: no fault of ours, and a row for everything that is no greeting."""

    async def scenario() -> None:
        async with listening() as listener:
            answer = await listener.talk(said, ends=True)
            assert answer.startswith(b"HTTP/1.1 ") or not said.strip(b"\r\n")
            is_row = said.strip(b"\r\n") and b"Callback Lens listens here" not in answer
            assert len(listener.rows.kept) == (1 if is_row else 0)

    asyncio.run(scenario())


def test_stopping_finishes_what_is_in_flight(play: Play) -> None:
    async def scenario() -> None:
        async with (
            listening() as listener,
            listener.connection() as (idle, _),
            listener.connection() as (reader, writer),
        ):
            listener.rows.waits = True
            writer.write(HEAD + length(4) + b"body")
            await listener.rows.count(1)
            stopping = asyncio.create_task(listener.server.stop())
            assert await idle.read() == b""
            assert not stopping.done()
            listener.rows.release()
            assert b"200 OK" in await read_all(reader)
            await stopping
            with pytest.raises(OSError, match="onnect"):
                await listener.talk()

    play(scenario())


def test_answers_say_that_the_listener_stops(play: Play) -> None:
    async def scenario() -> None:
        async with listening() as listener, listener.connection() as (reader, writer):
            writer.write(HEAD + b"Expect: 100-continue\r\n" + length(4))
            await reader.readuntil(b"\r\n\r\n")
            stopping = asyncio.create_task(listener.server.stop())
            await asyncio.sleep(0)
            writer.write(b"body")
            assert b"Connection: close\r\n" in await read_answer(reader)
            writer.close()
            await stopping

    play(scenario())


def test_a_request_that_does_not_end_is_given_up_at_the_end(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callback_lens.listener.server.IN_FLIGHT_SECONDS", 0.05)

    async def scenario() -> None:
        async with listening() as listener, listener.connection() as (reader, writer):
            writer.write(HEAD + b"Expect: 100-continue\r\n" + length(4))
            await reader.readuntil(b"\r\n\r\n")
            stopping = asyncio.create_task(listener.server.stop())
            assert b"the listener was stopped" in await read_all(reader)
            writer.close()
            await stopping
            assert not listener.rows.kept[0].is_complete

    play(scenario())


def test_a_late_answer(play: Play) -> None:
    async def scenario() -> None:
        async with listening(Answer(delay=0.05)) as listener:
            started = asyncio.get_running_loop().time()
            await answered(listener)
            assert asyncio.get_running_loop().time() - started >= 0.04

    play(scenario())


async def answered(listener: Listener, body: bytes = b"") -> int:
    async with listener.connection() as (reader, writer):
        writer.write(HEAD + length(len(body)) + body)
        return int((await read_answer(reader)).split()[1])
