"""What is done beside the listener: indexing, pruning, a look at the disk."""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from callback_lens.capture import housekeeping
from callback_lens.capture.housekeeping import Bounds, HouseKeeper, keep_house
from callback_lens.listener.request import now
from callback_lens.store.index import open_index
from callback_lens.store.model import Request, WireCapture
from callback_lens.store.opening import open_store
from callback_lens.store.store import Store

HOUR = 3600 * 1_000_000
JOB = b"<Response><EventName>TaskFinish</EventName><JobsDetail><Tag>Tts</Tag></JobsDetail></Response>"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


def capture(age: int = 0, body: bytes = JOB) -> WireCapture:
    return WireCapture(Request(now() - age, "POST", b"/", "1.1", "", b""), body, status=200)


def told(folder: Path, bounds: Bounds, wakes: Iterable[object] = (1,)) -> list[str]:
    messages: list[str] = []
    keep_house(folder, bounds, wakes, lambda message: messages.append(str(message)))
    return messages


def test_each_wake_indexes_what_has_come(tmp_path: Path, store: Store) -> None:
    behind = []

    def wakes() -> Iterator[int]:
        for number in range(3):
            store.add([capture()], now())
            yield number
            with open_index(tmp_path) as index:
                behind.append(index.behind())

    assert told(tmp_path, Bounds(), wakes()) == []
    assert behind == [0, 0, 0]


def test_in_a_rush_only_the_log_is_emptied(tmp_path: Path, store: Store) -> None:
    store.add([capture()], now())
    database = tmp_path / "captures.db"
    before = database.read_bytes()
    assert told(tmp_path, Bounds(), [housekeeping.CHECKPOINT]) == []
    assert database.read_bytes() != before
    with open_index(tmp_path) as index:
        assert index.behind() == 1


def test_old_captures_are_removed_and_it_says_so(tmp_path: Path, store: Store) -> None:
    first, pinned, _ = store.add([capture(age) for age in (3 * HOUR, 3 * HOUR, 0)], now())
    store.pin([pinned], is_pinned=True)
    (said,) = told(tmp_path, Bounds(max_age=timedelta(hours=2)))
    assert said.startswith("removed to stay within the limits: 1 captures")
    assert said.endswith("up to id 1")
    assert [store.get(number) is None for number in (1, 2, 3)] == [True, False, False]
    assert first == 1


def test_the_store_stays_within_its_size(tmp_path: Path, store: Store) -> None:
    store.add([capture(body=bytes(100_000)) for _ in range(20)], now())
    (said,) = told(tmp_path, Bounds(max_bytes=1_000_000))
    assert "removed to stay within the limits" in said
    assert store.used_bytes() <= 1_000_000
    assert store.get(20)


def test_a_disk_that_is_nearly_full_is_said_once(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    free = iter([10**12, 10**6, 10**6, 10**12, 10**6])
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=next(free)))
    said = told(tmp_path, Bounds(), range(5))
    assert len(said) == 2
    assert said[0].startswith("only ")


def test_what_the_store_complains_of_is_told(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise housekeeping.UserError(housekeeping.Message("the disk is full"))

    monkeypatch.setattr(Store, "prune", failing)
    assert told(tmp_path, Bounds(), range(2)) == ["the disk is full"] * 2


PROGRAM = """
import sys
for number, line in enumerate(sys.stdin.buffer):
    print('{"id": "woken {count}", "values": {"count": %d}}' % number, flush=True)
"""


@asynccontextmanager
async def house_keeping(program: str) -> AsyncIterator[tuple[HouseKeeper, "asyncio.Queue[str]"]]:
    """A HouseKeeper that runs ``program``, and what it says."""
    said: asyncio.Queue[str] = asyncio.Queue()
    keeper = HouseKeeper([sys.executable, "-c", program], lambda message: said.put_nowait(str(message)))
    task = asyncio.create_task(keeper.run())
    async with asyncio.timeout(20):
        yield keeper, said
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def test_the_process_is_woken_and_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "QUIET_SECONDS", 0.0)

    async def scenario() -> None:
        async with house_keeping(PROGRAM) as (keeper, said):
            for number in range(3):
                assert await said.get() == f"woken {number}"
                keeper.wake(1)

    asyncio.run(scenario())


def test_it_is_woken_in_a_stream_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "QUIET_SECONDS", 0.0)

    async def scenario() -> None:
        async with house_keeping(PROGRAM) as (keeper, said):
            while said.qsize() < 3:
                keeper.wake(1)
                await asyncio.sleep(0)

    asyncio.run(scenario())


def test_a_rush_is_waited_for_longer_than_a_stream_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "QUIET_SECONDS", 0.0)

    async def looks(captures: int) -> int:
        """After how many looks, with so many captures between them, the process is woken."""
        keeper = HouseKeeper([], print)
        waiting, count = asyncio.create_task(keeper._quiet(stdin)), 0
        while not waiting.done():
            keeper.wake(captures)
            count += 1
            await asyncio.sleep(0)
        return count

    stdin = Mock(is_closing=lambda: False)
    in_stream = asyncio.run(looks(1))
    stdin.write.assert_not_called()
    in_rush = asyncio.run(looks(housekeeping.RUSH))
    stdin.write.assert_called_with(housekeeping.CHECKPOINT)
    assert housekeeping.LOOKS < in_stream < housekeeping.LOOKS_IN_RUSH <= in_rush


def test_a_process_that_ends_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "LONGEST_PAUSE", 0.01)

    async def scenario() -> None:
        async with house_keeping("""print('{"id": "here", "values": {}}')""") as (_, said):
            assert [await said.get(), await said.get()] == ["here", "here"]

    asyncio.run(scenario())
