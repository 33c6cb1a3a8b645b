"""Keeps the captures of the list as the store has them: first what is seen first, all the rest in pieces."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from callback_lens.ui.background import Job
from callback_lens.ui.list.entry_model import EntryModel
from callback_lens.ui.list.rows import COLUMNS, Row, row_of_capture
from callback_lens.ui.live.capture_store import CaptureStore, Opened, known
from callback_lens.ui.session import Session

if TYPE_CHECKING:  # an empty window starts faster without
    from callback_lens.export.language import Language
    from callback_lens.store.filters.model import Filter

FIRST = 200  # ids that are looked at first, of which the rows are shown at once
WINDOW = 1 << 16  # ids that are looked at in one query: the index keeps texts by as many
LONGEST_STEP = 0.1  # seconds: what else is asked of the store waits for a step at most
MARGIN = 50  # rows above and below those that are shown
FARTHEST_BACK = 20_000  # captures that may fit the filter only once they are indexed
SORTED_AT_MOST = 5000  # captures
SORT_EVERY = 1000  # ms


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for, in which ``language`` it is shown; relative times count from ``now``.

    ``order`` is a column and whether it descends.
    """

    wanted: "Filter | None"
    now: datetime
    order: tuple[int, bool] | None
    language: "Language"


@dataclass(frozen=True, slots=True)
class Piece:
    """Ids that fit, the newest first; older ones are below ``before``, None where there are none.

    With the rows of those that are shown at once. ``indexed`` is as of before the query; ``is_sorted``: these are all
    there are.
    """

    ids: "array[int]"
    before: int | None
    rows: tuple[Row, ...] = ()
    indexed: int = 0
    is_sorted: bool = False


class CaptureFeed(QObject):
    """Feeds ``model`` from ``captures`` as soon as those are there; ``shown_rows`` are the first and the last seen.

    ``filled`` says that all that fit are in the list; ``unsorted`` carries whether they are too many to be sorted;
    ``gone`` the ids of captures that somebody deleted.
    """

    filled = Signal()
    unsorted = Signal(object)
    gone = Signal(object)

    def __init__(
        self,
        session: Session,
        captures: CaptureStore,
        model: EntryModel,
        shown_rows: Callable[[], tuple[int, int]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._captures = captures
        self._model = model
        self._shown_rows = shown_rows
        self._query = Query(None, datetime.now().astimezone(), None, session.language)
        self._fills, self._updates, self._reads = QObject(self), QObject(self), QObject(self)
        self._is_there = self._is_updating = self._is_outdated = self._is_reading = False
        self._is_sorted = False
        self._floor = 0
        self._next: Sequence[int] = ()
        self._sorts = QTimer(self, singleShot=True, interval=SORT_EVERY)
        self._sorts.timeout.connect(self._fill)
        captures.changed.connect(self._update)
        model.captures_wanted.connect(self._read)
        model.order_changed.connect(self._sort)
        session.language_changed.connect(self._speak)

    def filter(self, wanted: "Filter | None") -> None:
        """Feed the captures that fit from now on; what is being looked for is given up."""
        self._query = replace(self._query, wanted=wanted, now=datetime.now().astimezone())
        self.refill()

    def refill(self) -> None:
        """Look for everything anew."""
        for owner in (self._fills, self._updates):
            self._captures.cancel(owner)
        self._is_updating = False
        if self._is_there:
            self._captures.interrupt()
            self._fill()

    def _sort(self, order: tuple[int, bool] | None) -> None:
        if order != self._query.order:
            self._query = replace(self._query, order=order)
            self.refill()

    def _speak(self) -> None:
        self._query = replace(self._query, language=self._session.language)

    def _fill(self) -> None:
        is_sorted = self._query.order is not None
        self._captures.run(partial(_sorted if is_sorted else _first, self._query), self._begin, self._fills)

    def _begin(self, piece: Piece) -> None:
        self._is_sorted = piece.is_sorted
        self._floor = self._settled(piece)
        self._model.show_captures(piece.ids, piece.is_sorted)
        self._model.take(piece.rows)
        self.unsorted.emit(self._query.order is not None and not piece.is_sorted)
        self._go_on(piece)

    def _add(self, piece: Piece) -> None:
        self._model.append_captures(piece.ids)
        self._go_on(piece)

    def _go_on(self, piece: Piece) -> None:
        if piece.before is None:
            self.filled.emit()
        else:
            self._floor = max(self._floor, piece.before - 1)
            self._captures.run(partial(_older, self._query, piece.before), self._add, self._fills)

    def _update(self) -> None:
        """Something was changed: look what is new, read again what is shown."""
        self._model.expire_captures()
        self._read(self._model.capture_ids(*self._shown_rows()))
        if not self._is_there:
            self._is_there = True
            self._fill()
        elif self._is_sorted:
            if not self._sorts.isActive():
                self._sorts.start()
        elif self._is_updating:
            self._is_outdated = True
        else:
            self._is_updating = True
            work = partial(_newest, self._query, self._floor)
            self._captures.run(work, self._take_newest, self._updates, self._fail_updating)

    def _take_newest(self, piece: Piece) -> None:
        self._is_updating = False
        self._model.update_newest(self._floor, piece.ids)
        self._model.take(piece.rows)
        self._floor = max(self._floor, self._settled(piece))
        if self._is_outdated:
            self._is_outdated = False
            self._update()

    def _settled(self, piece: Piece) -> int:
        """Up to which id nothing will fit that does not fit now."""
        newest = piece.ids[0] if piece.ids else 0
        if self._query.wanted is None:
            return newest
        return max(piece.indexed, newest - FARTHEST_BACK)

    def _read(self, ids: Sequence[int]) -> None:
        """Read rows that are shown, and those around them."""
        if self._is_reading:
            self._next = ids
        elif around := self._around(ids):
            self._is_reading = True
            self._captures.run(
                partial(_read, around, self._query.language), self._take, self._reads, self._fail_reading
            )

    def _around(self, ids: Sequence[int]) -> list[int]:
        """Those of ``ids`` that are near to the last, which was asked for last, and what is around them."""
        rows = [row for one in ids if (row := self._model.row_of_id(one)) >= 0]
        near = [row for row in rows if abs(row - rows[-1]) < MARGIN * 2]
        return self._model.capture_ids(min(near) - MARGIN, max(near) + MARGIN) if near else []

    def _take(self, read: tuple[tuple[Row, ...], list[int]]) -> None:
        rows, gone = read
        self._is_reading = False
        self._model.take(rows)
        if gone:
            self.gone.emit(gone)
        following, self._next = self._next, ()
        self._read(following)

    def _fail_updating(self, error: BaseException) -> None:
        self._is_updating = False
        self._session.messages.report(error)

    def _fail_reading(self, error: BaseException) -> None:
        self._is_reading = False
        self._session.messages.report(error)


def _first(query: Query, opened: Opened, job: Job) -> Piece:
    """The newest that fit, with what is shown of them."""
    indexed = opened.index.indexed()
    newest = next(iter(opened.index.page(limit=1)), None)
    if newest is None:
        return Piece(array("q"), None)
    floor = max(newest.id - FIRST, 0)
    ids = array("q", opened.index.ids(query.wanted, query.now, after=floor))
    before: int | None = floor + 1
    if not ids and floor:
        piece = _older(query, floor + 1, opened, job)
        ids, before = piece.ids, piece.before
    return Piece(ids, before, _rows(ids[:FIRST], query.language, opened, job), indexed)


def _older(query: Query, before: int, opened: Opened, job: Job) -> Piece:
    """Those below ``before``, as many as are found in one step."""
    ids, end, at = array("q"), monotonic() + LONGEST_STEP, before
    while at > 1 and not ids and monotonic() < end:
        job.check()
        start = (at - 1) // WINDOW * WINDOW
        ids.extend(opened.index.ids(query.wanted, query.now, after=start - 1, before=at))
        at = start
    return Piece(ids, at if at > 1 else None)


def _newest(query: Query, floor: int, opened: Opened, _: Job) -> Piece:
    """All that fit above ``floor``."""
    indexed = opened.index.indexed()
    ids = array("q", opened.index.ids(query.wanted, query.now, after=floor))
    return Piece(ids, None, (), indexed)


def _sorted(query: Query, opened: Opened, job: Job) -> Piece:
    """All that fit, sorted; the newest where they are too many for that."""
    ids = list(islice(opened.index.ids(query.wanted, query.now), SORTED_AT_MOST + 1))
    if len(ids) > SORTED_AT_MOST or query.order is None:
        return _first(query, opened, job)
    column, is_descending = query.order
    rows = sorted(_rows(ids, query.language, opened, job), key=COLUMNS[column].key, reverse=is_descending)  # type: ignore[arg-type]  # one type each
    return Piece(array("q", (row.capture.id for row in rows if row.capture)), None, is_sorted=True)


def _read(ids: Sequence[int], language: "Language", opened: Opened, job: Job) -> tuple[tuple[Row, ...], list[int]]:
    """The captures as they are now, and the ids of those that are no longer there."""
    rows = _rows(ids, language, opened, job)
    there = {row.capture.id for row in rows if row.capture}
    return rows, [one for one in ids if one not in there]


def _rows(ids: Sequence[int], language: "Language", opened: Opened, job: Job) -> tuple[Row, ...]:
    """What is shown of the captures: made here, for it takes as long as painting it."""
    return tuple(row_of_capture(capture, language) for capture in known(opened, job, ids))
