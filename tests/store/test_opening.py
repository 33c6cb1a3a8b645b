"""What stands in the way of a store, and what happens when it is gone."""

import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from callback_lens.errors import UserError
from callback_lens.store import schema
from callback_lens.store.faults import Reason, StoreUnavailable
from callback_lens.store.index import open_index
from callback_lens.store.model import WireCapture
from callback_lens.store.opening import open_store
from callback_lens.store.store import Store

Wire = Callable[..., WireCapture]


@contextmanager
def unavailable(reason: Reason) -> Iterator[None]:
    with pytest.raises(StoreUnavailable) as caught:
        yield
    assert caught.value.reason is reason


def pragma(store: Store, name: str) -> object:
    return store._database.value(f"PRAGMA {name}")


def test_the_folder_is_made(tmp_path: Path, wire: Wire) -> None:
    folder = tmp_path / "a" / "b c#?%41é"
    with open_store(folder) as store:
        assert store.notices == ()
        assert store.add([wire()], committed=1) == [1]
    assert (folder / "captures.db").is_file()
    assert sys.platform == "win32" or stat.S_IMODE(folder.stat().st_mode) == 0o700
    with open_store(folder, may_repair=True) as store:
        assert store.get(1) is not None
        assert store.notices == ()


def test_the_folder_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    for folder in (tmp_path / "a", tmp_path / "a" / "b"):
        with unavailable(Reason.IO_ERROR):
            open_store(folder)


def test_a_commit_is_on_disk(store: Store) -> None:
    """FULL: the log is synced at each commit."""
    assert [pragma(store, name) for name in ("journal_mode", "synchronous", "fullfsync")] == ["wal", 2, 1]


def test_on_a_network_there_is_no_write_ahead_log(tmp_path: Path, wire: Wire) -> None:
    with open_store(tmp_path, is_network=lambda folder: folder == tmp_path) as store:
        assert [pragma(store, name) for name in ("journal_mode", "synchronous")] == ["delete", 2]
        assert "network" in str(store.notices[0])
        store.add([wire()], committed=1)
    with open_index(tmp_path, is_network=lambda _: True) as index:
        assert (index.catch_up(), index.count()) == (1, 1)
    assert not list(tmp_path.glob("*-wal"))


def test_a_file_of_the_first_version_is_brought_up_to_date(
    tmp_path: Path, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It had the times of answers in captures."""
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        with open_store(tmp_path) as store:
            store.add([wire(b"old"), wire(b"unanswered")], committed=1)
            store._database.execute("UPDATE captures SET answered = 2 WHERE id = 1")
    with open_store(tmp_path) as store, open_index(tmp_path) as index:
        with store.writing() as writer:
            writer.answered([(id_, 7) for id_ in writer.add([wire(b"new")], 3)])
        for get in (store.get, index.get):
            kept = [get(number) for number in (1, 2, 3)]
            assert [capture and capture.answered for capture in kept] == [2, None, 7]
        assert [store.body(number) for number in (1, 2, 3)] == [b"old", b"unanswered", b"new"]


def test_a_newer_file_is_left_alone(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "captures.db")) as database:
        database.execute("PRAGMA user_version = 99")
    before = (tmp_path / "captures.db").read_bytes()
    for open_any in (open_store, open_index, lambda folder: open_store(folder, may_repair=True)):
        with pytest.raises(UserError, match="newer version") as caught:
            open_any(tmp_path)
        assert str(caught.value.hint) == "please update"
    assert (tmp_path / "captures.db").read_bytes() == before


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "captures.db")) as database:
        database.execute("CREATE TABLE mine (x)")
    with pytest.raises(UserError, match="another program"):
        open_store(tmp_path, may_repair=True)
    with closing(sqlite3.connect(tmp_path / "captures.db")) as database:
        assert database.execute("SELECT name FROM sqlite_schema").fetchall() == [("mine",)]


def test_a_full_disk_is_told_and_passes(store: Store, wire: Wire) -> None:
    store.add([wire()], committed=1)
    pages = int(str(pragma(store, "page_count")))
    pragma(store, f"max_page_count = {pages + 4}")
    with unavailable(Reason.FULL), store.writing() as writer:
        writer.add([wire(b"small")], 1)
        writer.add([wire(bytes(100_000))], 1)
    assert [capture is not None for capture in map(store.get, (1, 2, 3))] == [True, False, False]
    pragma(store, f"max_page_count = {pages + 100}")
    assert store.add([wire(bytes(100_000))], committed=1) == [2]


def test_a_lock_is_told_and_passes(tmp_path: Path, wire: Wire) -> None:
    with open_store(tmp_path, patience=0.05) as store, open_store(tmp_path, patience=0.05) as other:
        with other.writing() as writer:
            writer.add([wire(b"theirs")], 1)
            with unavailable(Reason.LOCKED):
                store.add([wire()], committed=1)
            assert store.get(1) is None
        assert store.add([wire()], committed=1) == [2]


@pytest.mark.usefixtures("unprivileged")
def test_a_read_only_folder_is_told(tmp_path: Path, wire: Wire) -> None:
    with open_store(tmp_path) as store:
        store.add([wire()], committed=1)
    (tmp_path / "captures.db").chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        with unavailable(Reason.READ_ONLY), open_store(tmp_path) as store:
            store.add([wire()], committed=2)
        with unavailable(Reason.READ_ONLY):
            open_store(tmp_path / "new")
    finally:
        tmp_path.chmod(0o700)
