"""Damaged files: what can be read is kept, and nothing is thrown away."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from callback_lens.store.database import PAGE_BYTES
from callback_lens.store.faults import Reason, StoreUnavailable, damage_note
from callback_lens.store.filters.parsing import parse
from callback_lens.store.index import open_index
from callback_lens.store.model import Forward, WireCapture
from callback_lens.store.opening import open_store
from callback_lens.store.store import Store
from callback_lens.store.writing import CHUNK

Wire = Callable[..., WireCapture]


def body_of(number: int) -> bytes:
    return b"%04d" % number + bytes(3000)


def fill(folder: Path, wire: Wire, count: int = 300) -> None:
    with open_store(folder) as store:
        store.add([wire(body_of(number)) for number in range(1, count + 1)], committed=1)


def damage(path: Path, start: int, end: int | None = None) -> None:
    content = bytearray(path.read_bytes())
    end = len(content) if end is None else end
    content[start:end] = b"\xff" * (end - start)
    path.write_bytes(content)


def root_page(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0])


def set_aside(folder: Path) -> list[Path]:
    return sorted(folder.glob("captures-damaged-*.db"))


def readable(store: Store, count: int) -> list[int]:
    return [number for number in range(1, count + 1) if store.body(number) == body_of(number)]


@pytest.mark.parametrize("content", [b"garbage " * 10_000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_garbage_is_set_aside(tmp_path: Path, wire: Wire, content: bytes) -> None:
    path = tmp_path / "captures.db"
    for turn in (1, 2):
        path.write_bytes(content)
        with pytest.raises(StoreUnavailable) as caught:
            open_store(tmp_path)
        assert caught.value.reason is Reason.DAMAGED
        assert path.read_bytes() == content
        with open_store(tmp_path, may_repair=True) as store:
            assert "was damaged" in str(store.notices[0])
            assert store.add([wire()], committed=1) == [1]
        assert [aside.read_bytes() for aside in set_aside(tmp_path)] == [content] * turn
        with open_store(tmp_path, may_repair=True) as store:
            assert store.notices == ()


def test_a_file_cut_off_gives_what_is_in_front(tmp_path: Path, wire: Wire) -> None:
    path = tmp_path / "captures.db"
    fill(tmp_path, wire)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 // PAGE_BYTES * PAGE_BYTES])
    with open_store(tmp_path, may_repair=True) as store:
        kept = readable(store, 300)
        assert str(len([number for number in range(1, 301) if store.get(number)])) in str(store.notices[0])
        assert kept == list(range(1, len(kept) + 1))
        assert 50 < len(kept) < 250
        assert store.add([wire()], committed=1) == [301]
    assert [aside.stat().st_size for aside in set_aside(tmp_path)] == [len(content) // 2 // PAGE_BYTES * PAGE_BYTES]


def test_damaged_pages_cost_what_is_on_them(tmp_path: Path, wire: Wire) -> None:
    """A capture whose body is gone or not what was received is incomplete."""
    path = tmp_path / "captures.db"
    fill(tmp_path, wire)
    with open_store(tmp_path) as store:
        store.pin([7], True)
        store.annotate([7], "look \ud800")
        with store.writing() as writer:
            writer.forwarded(Forward(7, "http://localhost/", 1, 2, error="late"))
            upload = writer.begin(wire().request)
            writer.append(upload, bytes(CHUNK))
            large = writer.finish(upload, wire(), committed=1)
        before = store.get(7)
    content = path.read_bytes()
    damage(path, content.index(body_of(100)), content.index(body_of(100)) + PAGE_BYTES)
    damage_note(path).touch()
    with open_store(tmp_path, may_repair=True) as store:
        captures = {number: store.get(number) for number in range(1, large + 1)}
        intact = [number for number, capture in captures.items() if capture and capture.is_complete]
        assert len(set_aside(tmp_path)) == len(store.notices) == 1
        assert 290 < len(intact) < 301
        assert {large} | set(readable(store, 300)) == set(intact)
        details = store.details(7)
        assert details is not None
        assert (captures[7], details.forwards[0].error) == (before, "late")
        assert store.body(large) == bytes(CHUNK)


def test_no_id_is_used_again_though_the_last_cannot_be_read(tmp_path: Path, wire: Wire) -> None:
    path = tmp_path / "captures.db"
    fill(tmp_path, wire, count=3)
    with open_store(tmp_path) as store, store.writing() as writer:
        writer.answered([(3, 9)])
        upload = writer.begin(wire().request)
        writer.append(upload, b"piece")
    for name in ("captures", "uploads", "sqlite_sequence"):
        damage(path, (root_page(path, name) - 1) * PAGE_BYTES, root_page(path, name) * PAGE_BYTES)
    damage_note(path).touch()
    with open_store(tmp_path, may_repair=True) as store:
        assert store.add([wire(b"new")], committed=1) == [4]
        assert list(store._database.rows("SELECT * FROM answers")) == []
        with store.writing() as writer:
            again = writer.begin(wire().request)
            assert again.id == upload.id + 1
            writer.append(again, b"whole")
            number = writer.finish(again, wire(), committed=1)
        assert store.body(number) == b"whole"


def test_damage_met_while_running_is_noted_and_repaired_at_the_next_start(tmp_path: Path, wire: Wire) -> None:
    path = tmp_path / "captures.db"
    fill(tmp_path, wire)
    page = root_page(path, "bodies")
    damage(path, (page - 1) * PAGE_BYTES, page * PAGE_BYTES)
    with open_store(tmp_path, may_repair=True) as store:  # not looked for: that would take too long
        assert store.notices == ()
        with pytest.raises(StoreUnavailable) as caught:
            store.body(5)
        assert caught.value.reason is Reason.DAMAGED
    assert damage_note(path).exists()
    with open_store(tmp_path, may_repair=True) as store:
        assert "300 captures" in str(store.notices[0])
        capture = store.get(5)
        assert capture is not None
        assert not capture.is_complete
    assert not damage_note(path).exists()


def test_a_note_of_damage_that_is_not_found_is_taken_away(tmp_path: Path, wire: Wire) -> None:
    fill(tmp_path, wire, 3)
    note = damage_note(tmp_path / "captures.db")
    note.touch()
    with open_store(tmp_path) as store:
        assert note.exists()
    with open_store(tmp_path, may_repair=True) as store:
        assert (store.notices, readable(store, 3)) == ((), [1, 2, 3])
    assert not note.exists()
    assert not set_aside(tmp_path)


def test_a_lock_is_no_damage(tmp_path: Path, wire: Wire) -> None:
    fill(tmp_path, wire, 1)
    with closing(sqlite3.connect(tmp_path / "captures.db")) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreUnavailable) as caught:
            open_store(tmp_path, may_repair=True, patience=0.01)
        assert caught.value.reason is Reason.LOCKED
    assert not set_aside(tmp_path)


def test_the_index_of_the_damaged_file_is_made_anew(tmp_path: Path, wire: Wire) -> None:
    fill(tmp_path, wire, 3)
    with open_index(tmp_path) as index:
        assert index.catch_up() == 3
    (tmp_path / "captures.db").write_bytes(b"garbage")
    with open_store(tmp_path, may_repair=True) as store:
        store.add([wire(b"new")] * 5, committed=1)
    with open_index(tmp_path) as index:
        assert (index.behind(), index.catch_up(), index.count(parse("new"))) == (5, 5, 5)


def test_a_damaged_index_is_made_anew(tmp_path: Path, wire: Wire) -> None:
    fill(tmp_path, wire, 3)
    for content in (b"garbage", b"SQLite format 3\0" + b"\xff" * 5000):
        (tmp_path / "index.db").write_bytes(content)
        with open_index(tmp_path) as index:
            assert (index.catch_up(), index.count(parse("0002"))) == (3, 1)
    assert not set_aside(tmp_path)


def test_an_index_in_which_damage_was_met_is_made_anew(tmp_path: Path, wire: Wire) -> None:
    fill(tmp_path, wire)
    with open_index(tmp_path) as index:
        index.catch_up()
    path = tmp_path / "index.db"
    page = root_page(path, "search_0_data")
    damage(path, (page - 1) * PAGE_BYTES, page * PAGE_BYTES)
    with open_index(tmp_path) as index, pytest.raises(StoreUnavailable) as caught:
        index.count(parse("0002"))
    assert caught.value.reason is Reason.DAMAGED
    with open_index(tmp_path) as index:
        assert (index.catch_up(), index.count(parse("0002"))) == (300, 1)
    assert not damage_note(path).exists()
