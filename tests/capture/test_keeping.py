"""What is answered is on disk: requests are kept together, and released when they are."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from callback_lens.capture.keeping import Keeper, Kept
from callback_lens.errors import Message, UserError
from callback_lens.listener.request import Outcome, Received
from callback_lens.store.faults import Reason, StoreUnavailable
from callback_lens.store.model import Forward
from callback_lens.store.opening import open_store
from callback_lens.store.store import Store

MIB = 1 << 20
FULL = StoreUnavailable(Reason.FULL, Path("captures.db"))


class Told:
    """What a Keeper tells."""

    def __init__(self) -> None:
        self.batches: list[Sequence[Kept]] = []
        self.faults: list[UserError | None] = []


@asynccontextmanager
async def keeping(folder: Path, patience: float = 5.0) -> AsyncIterator[tuple[Keeper, Store, Told]]:
    told = Told()
    with open_store(folder, patience=patience) as store:
        keeper = Keeper(store, told.batches.append, told.faults.append)
        try:
            yield keeper, store, told
        finally:
            await keeper.close()


def request(body: bytes = b"<a/>", **values: Any) -> Received:
    head = {"method": "POST", "target": b"/", "http_version": "1.1", "headers": b"A: b\r\n", "status": 200}
    return Received(1, "127.0.0.1:1", body=body, is_complete=True, **{**head, **values})


def outcome_of(start: Callable[[Callable[[Outcome], None]], None]) -> asyncio.Future[Outcome]:
    future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
    start(future.set_result)
    return future


def kept(keeper: Keeper, received: Received) -> asyncio.Future[Outcome]:
    return outcome_of(lambda then: keeper.keep(received, then))


def kept_piece(keeper: Keeper, received: Received, piece: bytes) -> asyncio.Future[Outcome]:
    return outcome_of(lambda then: keeper.keep_piece(received, piece, then))


@contextmanager
def commits_fail(store: Store, fault: Exception = FULL) -> Iterator[None]:
    """Every transaction is undone at its end, as when the disk is full."""
    writing = store.writing

    @contextmanager
    def failing() -> Iterator[object]:
        with writing() as writer:
            yield writer
            raise fault

    store.writing = failing  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        del store.writing


def test_what_waits_is_kept_in_one_transaction(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with keeping(tmp_path) as (keeper, store, told):
            outcomes = await asyncio.gather(*[kept(keeper, request(b"%d" % number)) for number in range(50)])
            assert outcomes == list(range(1, 51))
            assert [store.body(number) for number in range(1, 51)] == [b"%d" % number for number in range(50)]
            assert len(told.batches) == 1
            assert [one.capture() for one in told.batches[0]] == [store.get(number) for number in range(1, 51)]

    asyncio.run(scenario())


def test_released_only_when_another_connection_sees_it(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with keeping(tmp_path) as (keeper, _, _):
            with sqlite3.connect(tmp_path / "captures.db") as other:
                for number in range(1, 20):
                    await kept(keeper, request())
                    assert other.execute("SELECT max(id) FROM captures").fetchone() == (number,)
            other.close()

    asyncio.run(scenario())


def test_large_bodies(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with keeping(tmp_path) as (keeper, store, told):
            large = request(b"end")
            pieces = [bytes([number]) * MIB for number in range(3)]
            for piece in pieces:
                await kept_piece(keeper, large, piece)
                assert store.get(1) is None
            assert await kept(keeper, large) == 1
            assert store.body(1) == b"".join([*pieces, b"end"])
            assert told.batches[-1][0].capture() == store.get(1)

    asyncio.run(scenario())


def test_a_refused_large_body_keeps_what_arrived(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with keeping(tmp_path) as (keeper, store, _):
            cut_off = request(b"end")
            await kept_piece(keeper, cut_off, bytes(MIB))
            cut_off.is_complete, cut_off.refused = False, Message("cut off after {count}", {"count": 1})
            assert await kept(keeper, cut_off) == 1
            capture = store.get(1)
            assert capture
            assert (capture.size, capture.is_complete, str(capture.refused)) == (MIB + 3, False, "cut off after 1")

    asyncio.run(scenario())


@pytest.mark.parametrize("fault", [FULL, RuntimeError("a fault of ours")])
def test_nothing_is_acknowledged_that_is_not_kept(
    tmp_path: Path, fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        async with keeping(tmp_path) as (keeper, store, told):
            with commits_fail(store, fault):
                outcomes = await asyncio.gather(*[kept(keeper, request()) for _ in range(3)])
            assert all(isinstance(outcome, UserError) for outcome in outcomes)
            assert store.get(1) is None
            assert await kept(keeper, request()) == 1
            assert [fault is None for fault in told.faults] == [False, True]

    asyncio.run(scenario())
    assert bool(caplog.records) is (fault is not FULL)


def test_who_fails_to_hear_of_it_holds_nobody_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: Sequence[Kept]) -> None:
        raise RuntimeError("a fault of ours")

    async def scenario() -> None:
        with open_store(tmp_path) as store:
            keeper = Keeper(store, fail, lambda _: None)
            assert [await kept(keeper, request()) for _ in range(2)] == [1, 2]
            await keeper.close()
            assert store.body(2) == request().body

    asyncio.run(scenario())
    assert len(caplog.records) == 2


def test_a_large_body_of_which_a_piece_was_lost(tmp_path: Path) -> None:
    """Its rest is never taken for all of it, nor for a part of another body."""

    async def scenario() -> None:
        async with keeping(tmp_path) as (keeper, store, _):
            unlucky, lucky = request(b"a"), request(b"b")
            with commits_fail(store):
                assert isinstance(await kept_piece(keeper, unlucky, b"1" * MIB), UserError)
            await kept_piece(keeper, lucky, b"2" * MIB)
            unlucky.is_complete, unlucky.refused = False, Message("the disk is full")
            assert await kept(keeper, unlucky) == 1
            assert await kept(keeper, lucky) == 2
            assert [store.body(1), store.body(2)] == [b"a", b"2" * MIB + b"b"]

    asyncio.run(scenario())


def test_the_pieces_before_a_lost_one_stay(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with keeping(tmp_path) as (keeper, store, _):
            unlucky = request(b"end")
            await kept_piece(keeper, unlucky, b"1" * MIB)
            with commits_fail(store):
                assert isinstance(await kept_piece(keeper, unlucky, b"2" * MIB), UserError)
            unlucky.is_complete, unlucky.refused = False, Message("the disk is full")
            assert await kept(keeper, unlucky) == 1
            capture = store.get(1)
            assert capture
            body = store.body(1)
            assert body.startswith(b"1" * MIB)
            assert b"2" not in body
            assert (capture.size, capture.is_complete) == (len(body), False)

    asyncio.run(scenario())


def test_a_database_that_is_locked(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with keeping(tmp_path, patience=0.05) as (keeper, store, _):
            other = sqlite3.connect(tmp_path / "captures.db", isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            outcome = await kept(keeper, request())
            assert isinstance(outcome, StoreUnavailable)
            assert outcome.reason is Reason.LOCKED
            other.execute("ROLLBACK")
            other.close()
            assert await kept(keeper, request()) == 1
            assert store.body(1) == b"<a/>"

    asyncio.run(scenario())


def test_times_of_answers_and_forwards_are_written_in_the_end(tmp_path: Path) -> None:
    forward = Forward(1, "http://localhost/", 1, 5, 200)

    async def scenario() -> None:
        async with keeping(tmp_path) as (keeper, _, _):
            await kept(keeper, request())
            keeper.answered(1, 123)
            keeper.forwarded(forward)

    asyncio.run(scenario())
    with open_store(tmp_path) as store:
        capture, details = store.get(1), store.details(1)
        assert capture
        assert details
        assert (capture.answered, details.forwards) == (123, (forward,))


def test_they_are_written_when_nothing_else_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callback_lens.capture.keeping.FLUSH_SECONDS", 0.01)

    async def scenario() -> None:
        async with keeping(tmp_path) as (keeper, _, _):
            await kept(keeper, request())
            keeper.answered(1, 123)
            answered = None
            async with asyncio.timeout(10):
                while answered is None:
                    answered = await keeper.run(lambda store: getattr(store.get(1), "answered", None))
            assert answered == 123

    asyncio.run(scenario())
