"""index.db: what was understood of the captures, and how they are found."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from callback_lens.store import CAPTURES, indexing, listing
from callback_lens.store.database import PATIENCE, Database, connect
from callback_lens.store.deleting import shrink
from callback_lens.store.faults import Reason, StoreUnavailable, damage_note, system_faults_named
from callback_lens.store.file_systems import is_network_folder
from callback_lens.store.filters.model import Filter
from callback_lens.store.index_schema import is_current, make_anew
from callback_lens.store.listing import EVERY_ID, Arrivals
from callback_lens.store.model import Capture
from callback_lens.store.opening import open_store
from callback_lens.store.repair import ENDINGS

INDEX = "index.db"
PAGE = 100
State = tuple[int, int, int]


class Index:
    """What is known of a profile's captures. Use ``open_index``; one thread at a time, except for ``interrupt``.

    Every method raises StoreUnavailable when the disk, its permissions or another program stand in the way.
    """

    def __init__(self, database: Database, open_captures: Callable[[], Database]) -> None:
        self._database = database
        self._open_captures = open_captures

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Give the files back."""
        self._database.close()

    def catch_up(self, stop: Callable[[], bool] = lambda: False) -> int:
        """Index what is not indexed yet, and forget what was deleted, until ``stop`` says so; how many were indexed.

        Several processes may do so at the same time: they take turns. It keeps the interpreter busy, and for a large
        body needs several times its memory: a listener leaves it to another process.
        """
        indexed = indexing.catch_up(self._database, stop)
        self._forget_deleted(stop)
        return indexed

    def _forget_deleted(self, stop: Callable[[], bool]) -> None:
        while not stop() and (ids := indexing.deleted(self._database)):
            indexing.forget(self._database, ids)
            with closing(self._open_captures()) as captures:
                indexing.forgotten(captures, ids)
            shrink(self._database)

    def behind(self) -> int:
        """How many captures are not indexed yet."""
        return indexing.behind(self._database)

    def indexed(self) -> int:
        """The id up to which all captures are indexed."""
        return indexing.last_indexed(self._database)

    def rebuild(self) -> None:
        """Forget all that is derived; ``catch_up`` then derives it anew."""
        with self._database.writing():
            make_anew(self._database)

    def get(self, capture_id: int) -> Capture | None:
        """The capture with its facts; None where there is none."""
        return listing.capture(self._database, capture_id)

    def page(
        self,
        wanted: Filter | None = None,
        *,
        before: int | None = None,
        after: int | None = None,
        limit: int = PAGE,
        now: datetime | None = None,
    ) -> list[Capture]:
        """Captures that fit, the newest first: the ``limit`` newest of those with an id below ``before``.

        With ``after`` those with an id above it that are nearest to it. ``now`` is what relative times count from.
        """
        is_ascending = after is not None
        ids = _between(after, before)
        found = listing.matching(self._database, wanted, _aware(now), ids, is_ascending=is_ascending, limit=limit)
        captures = [capture for capture_id in found if (capture := self.get(capture_id))]
        return captures[::-1] if is_ascending else captures

    def count(self, wanted: Filter | None = None, now: datetime | None = None) -> int:
        """How many captures fit."""
        return listing.count(self._database, wanted, _aware(now))

    def ids(
        self,
        wanted: Filter | None = None,
        now: datetime | None = None,
        *,
        before: int | None = None,
        after: int | None = None,
    ) -> Iterator[int]:
        """The ids of all captures that fit, below ``before`` and above ``after``, the newest first.

        They are looked for as they are asked for.
        """
        return listing.matching(self._database, wanted, _aware(now), _between(after, before))

    def arrivals(self, after: int) -> Arrivals:
        """What arrived with ids above ``after``, counted."""
        return listing.arrivals(self._database, after)

    def last_before(self, moment: int) -> int:
        """The last capture that arrived before ``moment``, in microseconds since 1970; 0 where there is none."""
        return listing.last_before(self._database, moment)

    def state(self) -> State:
        """Something that differs from what it was before when anybody has changed captures or index since."""
        main, wire = (int(self._database.value(f"PRAGMA {name}.data_version")) for name in ("main", "wire"))
        return main, wire, self._database.changes

    def interrupt(self) -> None:
        """End the query that is running, from whatever thread: it raises Interrupted."""
        self._database.interrupt()


def open_index(
    folder: Path, *, is_network: Callable[[Path], bool] = is_network_folder, patience: float = PATIENCE
) -> Index:
    """The index of the captures in ``folder``; both are made where there are none.

    One that is damaged, of another version or of other captures is made anew. Raises what ``open_store`` raises.
    """
    open_store(folder, is_network=is_network, patience=patience).close()
    connect_to = partial(connect, is_network=is_network(folder), patience=patience)
    open_captures = partial(connect_to, folder / CAPTURES)
    if damage_note(folder / INDEX).exists():
        _remove(folder / INDEX)
    try:
        return Index(_open(folder, connect_to), open_captures)
    except StoreUnavailable as fault:
        if fault.reason is not Reason.DAMAGED or fault.path.name != INDEX:
            raise
    _remove(folder / INDEX)
    return Index(_open(folder, connect_to), open_captures)


def _open(folder: Path, connect_to: Callable[..., Database]) -> Database:
    database = connect_to(folder / INDEX, is_derived=True)
    try:
        database.attach(folder / CAPTURES, "wire")
        _make_current(database)
    except BaseException:
        database.close()
        raise
    return database


def _make_current(database: Database) -> None:
    if not is_current(database):
        with database.writing():
            if not is_current(database):  # somebody else may have done it meanwhile
                make_anew(database)


def _remove(path: Path) -> None:
    with system_faults_named(path):
        for ending in ENDINGS:
            path.with_name(path.name + ending).unlink(missing_ok=True)
        damage_note(path).unlink(missing_ok=True)


def _between(after: int | None, before: int | None) -> range:
    return range(EVERY_ID.start if after is None else after + 1, EVERY_ID.stop if before is None else before)


def _aware(now: datetime | None) -> datetime:
    return now or datetime.now().astimezone()
