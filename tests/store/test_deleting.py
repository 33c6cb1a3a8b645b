from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from callback_lens.store import deleting
from callback_lens.store.index import Index
from callback_lens.store.model import Forward, Pruned, WireCapture
from callback_lens.store.opening import open_store
from callback_lens.store.store import Store
from callback_lens.store.writing import CHUNK

Wire = Callable[..., WireCapture]
TABLES = ("captures", "bodies", "uploads", "chunks", "forwards", "deleted")


def add_large(store: Store, capture: WireCapture, chunks: int) -> int:
    with store.writing() as writer:
        upload = writer.begin(capture.request)
        for _ in range(chunks):
            writer.append(upload, bytes(CHUNK))
        return writer.finish(upload, capture, committed=1)


def row_counts(store: Store) -> dict[str, int]:
    return {name: store._database.value(f"SELECT count(*) FROM {name}") for name in TABLES}  # noqa: S608


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deleting, "PAUSE", 0.0)


def test_all_of_a_capture_goes(store: Store, index: Index, wire: Wire) -> None:
    ids = [*store.add([wire(b"a"), wire(b"b")], committed=1), add_large(store, wire(), chunks=3)]
    with store.writing() as writer:
        for number in ids:
            writer.forwarded(Forward(number, "http://localhost/", 1, 1, status=200))
    store.pin(ids[1:], True)
    assert store.delete([*ids[1:], 99]) == 2
    assert [store.get(number) is not None for number in ids] == [True, False, False]
    assert [store.body(number) for number in ids] == [b"a", b"", b""]
    index.catch_up()
    assert row_counts(store) == dict.fromkeys(TABLES, 0) | {"captures": 1, "bodies": 1, "forwards": 1}


def test_the_file_becomes_smaller(tmp_path: Path, wire: Wire) -> None:
    with open_store(tmp_path) as store:
        numbers = [add_large(store, wire(), chunks=1) for _ in range(5)]
        used = store.used_bytes()
        assert used > 5 * CHUNK
        store.delete(numbers[1:])
        assert store.used_bytes() <= used - 4 * CHUNK
    assert (tmp_path / "captures.db").stat().st_size < 2 * CHUNK


def test_others_write_between_the_steps(
    tmp_path: Path, store: Store, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deleting, "STEP", 0.0)
    ids = store.add([wire(b"a")] * 5, committed=1)
    written: list[int] = []

    with open_store(tmp_path, patience=0.0) as other:

        class Pause:
            def wait(self, _: float) -> None:
                written.extend(other.add([wire(b"b")], committed=2))

        monkeypatch.setattr(deleting, "Event", Pause)
        assert store.delete(ids) == 5
    assert len(written) >= 4
    assert all(store.body(number) == b"b" for number in written)


def test_chunks_that_an_interrupted_deletion_left_go_with_the_next(
    store: Store, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = add_large(store, wire(), chunks=2)
    with monkeypatch.context() as patched:
        patched.setattr(deleting, "_chunk_deletions", _killed)
        with pytest.raises(KeyboardInterrupt):
            store.delete([number])
    assert (store.get(number), row_counts(store)["chunks"]) == (None, 2)
    assert store.delete([]) == 0
    assert row_counts(store)["chunks"] == 0


def _killed(_: object) -> Iterator[Callable[[], object]]:
    raise KeyboardInterrupt
    yield


def test_pruning_by_age_spares_what_is_pinned(store: Store, wire: Wire) -> None:
    second = 1_000_000
    store.add([wire(b"abc", arrived=number * second) for number in range(10)], committed=1)
    store.pin([2], True)
    pruned = store.prune(None, timedelta(seconds=5), now=10 * second)
    assert pruned == Pruned(captures=4, body_bytes=12, last_id=5)
    assert [number for number in range(1, 11) if store.get(number)] == [2, 6, 7, 8, 9, 10]
    assert store.prune(None, timedelta(seconds=5), now=10 * second) == Pruned()


def test_pruning_by_size_removes_the_oldest(store: Store, wire: Wire) -> None:
    store.add([wire(bytes(2000))] * 1500, committed=1)
    store.pin([1], True)
    limit = store.used_bytes() // 2
    pruned = store.prune(limit, None, now=0)
    assert store.used_bytes() <= limit
    assert pruned.last_id is not None
    assert 600 < pruned.captures == pruned.last_id - 1 < 900
    assert pruned.body_bytes == 2000 * pruned.captures
    assert [store.get(number) is not None for number in (1, 2, pruned.last_id, pruned.last_id + 1)] == [
        *(True, False, False, True)
    ]


def test_pruning_gives_up_when_all_is_pinned(store: Store, wire: Wire) -> None:
    store.pin(store.add([wire(bytes(2000))] * 3, committed=1), True)
    assert store.prune(0, timedelta(0), now=1 << 60) == Pruned()


def test_without_bounds_nothing_is_pruned(store: Store, wire: Wire) -> None:
    store.add([wire()], committed=1)
    assert store.prune(None, None, now=1 << 60) == Pruned()
