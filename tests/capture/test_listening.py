"""The listener and the store together, in this process."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from callback_lens.capture import listening
from callback_lens.capture.keeping import Kept
from callback_lens.capture.listening import Settings, listen
from callback_lens.errors import Message
from callback_lens.listener.exchange import Exchange
from callback_lens.store.database import PAGE_BYTES
from callback_lens.store.opening import open_store
from callback_lens.store.store import Store
from wire import read_answer

IDLE = [sys.executable, "-c", "import sys; sys.stdin.read()"]
POST = b"POST /callback HTTP/1.1\r\nContent-Length: %d\r\n\r\n%b"


class Said:
    """A Reporter that remembers."""

    def __init__(self) -> None:
        self.url: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.ids: list[int] = []
        self.notices: list[str] = []

    def listening(self, url: str) -> None:
        self.url.set_result(url)

    def captured(self, kept: Sequence[Kept]) -> None:
        self.ids += [one.id for one in kept]

    def notice(self, message: Message) -> None:
        self.notices.append(str(message))


Send = Callable[[bytes], "asyncio.Future[int]"]


@asynccontextmanager
async def running(folder: Path, **settings: Any) -> AsyncIterator[tuple[Callable[[bytes], Any], Said]]:
    """A listener, a function that posts a body to it and gives the answer's status, and what is reported."""
    stop, said = asyncio.Event(), Said()
    task = asyncio.create_task(listen(folder, Settings(IDLE, port=0, **settings), said, stop))
    await asyncio.wait([task, said.url], return_when=asyncio.FIRST_COMPLETED)
    port = int(said.url.result().rstrip("/").rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)

    async def post(body: bytes) -> int:
        writer.write(POST % (len(body), body))
        return int((await read_answer(reader)).split()[1])

    try:
        yield post, said
    finally:
        writer.close()
        stop.set()
        await task


@contextmanager
def full(store: Store) -> Iterator[None]:
    """The file of ``store`` cannot grow."""
    connection = store._database._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    yield
    connection.execute("PRAGMA max_page_count = 4294967294")


@contextmanager
def locked(store: Store) -> Iterator[None]:
    other = sqlite3.connect(store._database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Store]:
    """The stores that listeners open."""
    stores: list[Store] = []

    def open_impatiently(*arguments: Any, **options: Any) -> Store:
        stores.append(open_store(*arguments, **options, patience=0.05))
        return stores[-1]

    monkeypatch.setattr(listening, "open_store", open_impatiently)
    return stores


@pytest.mark.parametrize(("fault", "reason"), [(full, "the disk is full"), (locked, "is locked by another program")])
def test_faults_of_the_disk_are_answered_503_and_pass(
    tmp_path: Path, opened: list[Store], fault: Any, reason: str
) -> None:
    bodies = [bytes([number]) * PAGE_BYTES for number in range(9)]

    async def scenario() -> None:
        async with running(tmp_path) as (post, said):
            statuses = [await post(body) for body in bodies[:3]]
            with fault(opened[0]):
                statuses += [await post(body) for body in bodies[3:6]]
            statuses += [await post(body) for body in bodies[6:]]
            assert statuses == [*[200] * 3, *[503] * 3, *[200] * 3]
            assert said.ids == [1, 2, 3, 4, 5, 6]
            assert [reason in notice for notice in said.notices] == [True, False]
            assert said.notices[1] == "requests are kept again"

    asyncio.run(scenario())
    with open_store(tmp_path) as store:
        assert [store.body(number) for number in range(1, 7)] == bodies[:3] + bodies[6:]


def test_committed_before_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    writing, respond = Store.writing, Exchange.respond

    @contextmanager
    def noted(store: Store) -> Iterator[object]:
        with writing(store) as writer:
            yield writer
        order.append("committed")

    def noting(exchange: Exchange, status: int, body: bytes) -> None:
        order.append("answered")
        respond(exchange, status, body)

    monkeypatch.setattr(Store, "writing", noted)
    monkeypatch.setattr(Exchange, "respond", noting)

    async def scenario() -> None:
        async with running(tmp_path) as (post, _):
            for _ in range(5):
                await post(b"body")

    asyncio.run(scenario())
    assert order[order.index("answered") - 1 :][:10] == ["committed", "answered"] * 5


def test_what_a_dead_listener_left_is_refused(tmp_path: Path) -> None:
    async def scenario() -> None:
        with open_store(tmp_path) as store, store.writing() as writer:
            from callback_lens.store.model import Request

            upload = writer.begin(Request(1, "POST", b"/", "1.1", "", b""))
            writer.append(upload, b"first")
        async with running(tmp_path) as (_, said):
            assert said.notices == ["unfinished requests of a listener that ended suddenly, kept as refused: 1"]

    asyncio.run(scenario())
    with open_store(tmp_path) as store:
        capture = store.get(1)
        assert capture
        assert (capture.is_complete, capture.size, store.body(1)) == (False, 5, b"first")


def test_times_are_in_order(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as (post, _):
            await post(b"body")

    asyncio.run(scenario())
    with open_store(tmp_path) as store:
        capture = store.get(1)
        assert capture
        assert capture.answered
        assert capture.arrived < capture.committed < capture.answered


def test_work_beside_it_that_fails_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        settings = Settings(["/no/such/program"], port=0)
        stop, said = asyncio.Event(), Said()
        task = asyncio.create_task(listen(tmp_path, settings, said, stop))
        await said.url
        stop.set()
        await task

    asyncio.run(scenario())
    assert "Work beside the listener ended" in caplog.text
