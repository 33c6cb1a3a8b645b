import asyncio
from collections.abc import AsyncIterator

import pytest
from callback_lens.errors import UserError
from callback_lens.listener.posting import Outgoing, Reply, end_to_end, posting
from hypothesis import given
from hypothesis import strategies as st
from receiving import Receiver

HOP_BY_HOP = (
    *(b"Connection", b"keep-alive", b"TE", b"Transfer-Encoding", b"upgrade"),
    *(b"HOST", b"content-length", b"Expect"),
)
names = st.sampled_from((b"X-A", b"x-a", b"Accept-Encoding", b"Content-Type", *HOP_BY_HOP))


@given(st.lists(st.tuples(names, st.sampled_from((b"1", b"close", b"")))))
def test_only_what_is_end_to_end_is_sent_on(fields: list[tuple[bytes, bytes]]) -> None:
    assert end_to_end(fields) == tuple(field for field in fields if field[0] not in HOP_BY_HOP)


def test_fields_that_connection_names_stay_behind() -> None:
    fields = ((b"connection", b"close, X-Secret"), (b"x-secret", b"1"), (b"X-Other", b"2"))
    assert end_to_end(fields) == ((b"X-Other", b"2"),)


async def post_to(receiver: Receiver, outgoing: Outgoing, patience: float = 30) -> Reply:
    async with receiver.receiving() as url, posting(f"{url}/?token=hush", patience) as post:
        return await post(outgoing)


def test_a_body_in_pieces() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"ab"
        yield b"c"

    receiver = Receiver()
    reply = asyncio.run(post_to(receiver, Outgoing("POST", ((b"Content-Length", b"3"),), pieces())))
    assert (reply.status, reply.is_success) == (200, True)
    ((head, body),) = receiver.requests
    assert body == b"abc"
    assert b"chunked" not in head


def test_no_answer_in_time() -> None:
    receiver = Receiver(answers=[b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n1234"])
    with pytest.raises(UserError, match=r"/\?token=\*\*\* gave no answer within 0\.1 s"):
        asyncio.run(post_to(receiver, Outgoing("POST", (), b"a"), patience=0.1))


@pytest.mark.parametrize("field", [(b"X A", b"1"), (b"X-A", b"1\n2")])
def test_a_header_that_http_does_not_have(field: tuple[bytes, bytes]) -> None:
    async def post_both() -> None:
        async with Receiver().receiving() as url, posting(url) as post:
            await post(Outgoing("POST", (), b""))
            await post(Outgoing("POST", (field,), b""))

    with pytest.raises(UserError, match="this request cannot be sent: "):
        asyncio.run(post_both())
