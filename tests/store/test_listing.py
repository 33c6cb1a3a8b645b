from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from callback_lens.store import index_schema, listing
from callback_lens.store.faults import Interrupted, Reason, StoreUnavailable
from callback_lens.store.filters.parsing import parse
from callback_lens.store.index import Index
from callback_lens.store.model import Capture, WireCapture, microseconds, moment
from callback_lens.store.store import Store

Wire = Callable[..., WireCapture]


@pytest.fixture(autouse=True)
def _small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four ids share a full-text table."""
    monkeypatch.setattr(index_schema, "WINDOW_BITS", 2)
    monkeypatch.setattr(listing, "WINDOW_BITS", 2)


@pytest.fixture
def ids(store: Store, index: Index, wire: Wire) -> list[int]:
    """Captures with gaps between them, the newest first."""
    store.add([wire(b"word %d" % number) for number in range(1, 31)], committed=1)
    index.catch_up()
    gone = [1, 2, *range(10, 19), 30]
    store.delete(gone)
    return [number for number in range(30, 0, -1) if number not in gone]


def ids_of(captures: list[Capture]) -> list[int]:
    return [capture.id for capture in captures]


@pytest.mark.parametrize("text", [None, "word"])
@pytest.mark.parametrize("limit", [1, 3, 8, 100])
def test_pages_follow_each_other(index: Index, ids: list[int], limit: int, text: str | None) -> None:
    wanted = parse(text) if text else None
    page, found = index.page(wanted, limit=limit), []
    while page:
        assert len(page) <= limit
        found += ids_of(page)
        page = index.page(wanted, before=page[-1].id, limit=limit)
    assert found == ids == list(index.ids(wanted))
    assert index.count(wanted) == len(ids)


@pytest.mark.parametrize("limit", [1, 7, 100])
def test_pages_go_back_up(index: Index, ids: list[int], limit: int) -> None:
    """``after`` gives the nearest ones, the newest first as ever."""
    found: list[int] = []
    page = index.page(after=0, limit=limit)
    while page:
        found = ids_of(page) + found
        page = index.page(after=page[0].id, limit=limit)
    assert found == ids
    assert ids_of(index.page(after=ids[5], before=ids[2])) == ids[3:5]


def test_an_empty_store_has_no_pages(index: Index) -> None:
    assert (index.page(), index.page(after=0), index.count(), list(index.ids(parse("a")))) == ([], [], 0, [])
    assert (index.count(parse("a")), index.get(1), index.behind(), index.catch_up()) == (0, None, 0, 0)


def test_the_profile_holds_two_databases(tmp_path: Path, ids: list[int]) -> None:
    assert {path.name.removesuffix("-wal").removesuffix("-shm") for path in tmp_path.iterdir()} == {
        "captures.db",
        "index.db",
    }


def test_queries_cannot_change_captures(index: Index, ids: list[int]) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        index._database.execute("DELETE FROM wire.captures")
    assert caught.value.reason is Reason.READ_ONLY


def test_what_is_not_indexed_yet_is_listed(store: Store, index: Index, wire: Wire, ids: list[int]) -> None:
    (new,) = store.add([wire(b"word", target=b"/new")], committed=1)
    store.annotate([new], "remember")
    assert index.behind() == 1
    assert [(capture.id, capture.facts is None) for capture in index.page(limit=2)] == [(new, True), (ids[0], False)]
    assert list(index.ids(parse("path:/new"))) == list(index.ids(parse("remember"))) == [new]
    assert new in index.ids(parse("NOT tag:x"))
    assert index.count(parse("body:word")) == len(ids)
    index.catch_up()
    assert index.count(parse("body:word")) == len(ids) + 1
    assert index.get(new) == index.page(limit=1)[0]


def test_rare_ones_are_found_and_counted(store: Store, index: Index, wire: Wire, ids: list[int]) -> None:
    store.pin([ids[-1]], True)
    for text in ('"word 3"', "is:pinned"):
        assert ids_of(index.page(parse(text))) == [ids[-1]]
        assert index.page(parse(text), before=ids[-1]) == []
        assert index.count(parse(text)) == 1


def test_relative_times_count_from_now(store: Store, index: Index, wire: Wire) -> None:
    now = datetime.now(UTC)
    arrivals = (now - timedelta(hours=3), now - timedelta(hours=1), now + timedelta(hours=1))
    store.add([wire(arrived=microseconds(time)) for time in arrivals], committed=1)
    assert list(index.ids(parse("after:2h"))) == [3, 2]
    assert list(index.ids(parse("after:2h"), now=now + timedelta(hours=2))) == [3]
    assert list(index.ids(parse("before:0s"), now=now)) == [2, 1]


def test_moments_are_kept_to_the_microsecond(store: Store, index: Index, wire: Wire) -> None:
    time = datetime(2024, 5, 1, 13, 30, 0, 1, UTC)
    store.add([wire(arrived=microseconds(time))], committed=1)
    capture = index.get(1)
    assert capture is not None
    assert moment(capture.arrived) == time
    assert index.count(parse(f"after:{time.isoformat()} before:{(time + timedelta(microseconds=1)).isoformat()}")) == 1
    assert index.count(parse(f"before:{time.isoformat()}")) == 0


def test_times_without_an_offset_are_those_of_now(store: Store, index: Index, wire: Wire) -> None:
    store.add([wire(arrived=microseconds(datetime(2024, 5, 1, 13, 30, tzinfo=UTC)))], committed=1)
    there = datetime(2030, 1, 1, tzinfo=timezone(timedelta(hours=8)))
    assert index.count(parse("after:2024-05-01T21:30 before:2024-05-01T21:31"), now=there) == 1
    assert index.count(parse("before:2024-05-01T21:30"), now=there) == 0


def test_a_query_can_be_interrupted(index: Index, ids: list[int]) -> None:
    """As another thread does in the middle of it; afterwards it can be asked again."""
    connection, wanted = index._database._connection, parse("NOT nothing")
    connection.set_progress_handler(index.interrupt, 1)
    with pytest.raises(Interrupted):
        index.count(wanted)
    connection.set_progress_handler(None, 0)
    assert index.count(wanted) == len(ids)
