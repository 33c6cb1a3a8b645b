"""What was kept is sent on, again where that fails, and what came of it is recorded."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from callback_lens.listener.forwarding import MARK, Attempt, Forwarder
from callback_lens.listener.posting import Outgoing
from receiving import HANG_UP, UNAVAILABLE, Receiver

NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
KEPT = {number: Outgoing("POST", ((b"X-Case", b"%d" % number),), b"<a>%d</a>" % number) for number in range(1, 51)}
Recorded = list[Attempt]


async def load(request_id: int) -> Outgoing | None:
    return KEPT.get(request_id)


def forwarded(
    receiver: Receiver,
    *ids: int,
    ends: Callable[[Recorded], bool],
    load: Callable[[int], Awaitable[Outgoing | None]] = load,
) -> Recorded:
    """What is recorded of sending ``ids`` to ``receiver`` until it ``ends``."""
    recorded: Recorded = []
    changed = asyncio.Event()

    def record(attempt: Attempt) -> None:
        recorded.append(attempt)
        changed.set()

    async def scenario() -> None:
        async with receiver.receiving() as url:
            forwarder = Forwarder(load, record, pauses=(0.0, 0.0))
            task = asyncio.create_task(forwarder.run(f"{url}/on?a=b"))
            for request_id in ids:
                forwarder.forward(request_id)
            async with asyncio.timeout(20):
                while not ends(recorded):
                    await changed.wait()
                    changed.clear()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(scenario())
    return recorded


def test_method_headers_and_body_as_they_came() -> None:
    receiver = Receiver()
    recorded = forwarded(receiver, 7, ends=bool)
    assert [(attempt.request_id, attempt.number, attempt.status, attempt.error) for attempt in recorded] == [
        (7, 1, 200, None)
    ]
    ((head, body),) = receiver.requests
    assert head.startswith(b"POST /on?a=b HTTP/1.1\r\n")
    assert b"X-Case: 7\r\n" in head
    assert MARK + b": 1\r\n" in head
    assert body == b"<a>7</a>"


def test_many_are_all_sent() -> None:
    receiver = Receiver()
    forwarded(receiver, *KEPT, ends=lambda recorded: len(recorded) == len(KEPT))
    assert sorted(body for _, body in receiver.requests) == sorted(outgoing.body for outgoing in KEPT.values())


@pytest.mark.parametrize("answer", [UNAVAILABLE, HANG_UP])
def test_what_fails_is_tried_again(answer: bytes) -> None:
    recorded = forwarded(Receiver([answer, answer]), 1, ends=lambda recorded: len(recorded) == 3)
    assert [attempt.number for attempt in recorded] == [1, 2, 3]
    assert [attempt.status for attempt in recorded] == [*([503] * 2 if answer else [None] * 2), 200]
    assert [attempt.error is None for attempt in recorded] == [*[bool(answer)] * 2, True]


def test_attempts_come_to_an_end() -> None:
    recorded = forwarded(
        Receiver([UNAVAILABLE] * 3),
        1,
        2,
        ends=lambda recorded: any(one.request_id == 2 and one.status == 200 for one in recorded),
    )
    assert sum(attempt.status == 503 for attempt in recorded) == 3


def test_what_is_not_wanted_is_not_tried_again() -> None:
    recorded = forwarded(Receiver([NOT_FOUND]), 1, ends=bool)
    assert [attempt.status for attempt in recorded] == [404]


def test_what_is_gone_or_was_forwarded_is_left_out() -> None:
    async def load_some(request_id: int) -> Outgoing | None:
        marked = Outgoing("POST", ((MARK.upper(), b"1"),), b"")
        return {1: None, 2: marked}.get(request_id, KEPT[request_id])

    receiver = Receiver()
    recorded = forwarded(receiver, 1, 2, 3, ends=bool, load=load_some)
    assert [attempt.request_id for attempt in recorded] == [3]
    assert len(receiver.requests) == 1
