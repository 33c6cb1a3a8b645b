"""The rows of the list: filtered and sorted here, for a proxy would ask Python for each cell again and again."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFont

from callback_lens.ui.entries import Entry
from callback_lens.ui.list.cells import ALIGNMENTS, BLANK, DISPLAY, Cells, cells_of, tooltip_of, words
from callback_lens.ui.list.rows import COLUMNS, Row, Text, row_of
from callback_lens.ui.live.capture_ids import CaptureIds, grouped
from callback_lens.ui.session import Session

if TYPE_CHECKING:  # an empty window starts faster without
    from callback_lens.store.filters.model import Filter
    from callback_lens.store.model import Capture

Index = QModelIndex | QPersistentModelIndex
FONT, TOOLTIP = int(Qt.ItemDataRole.FontRole), int(Qt.ItemDataRole.ToolTipRole)
Key = Entry | int  # what a row stands for: an entry, or a capture by its id
NOWHERE = QModelIndex()
KEPT = 2000  # rows of captures; those that were looked at last
MOST_RUNS = 50  # of rows that come or go one after the other; for more everything is shown anew


class EntryModel(QAbstractTableModel):
    """A row for each entry that the filter lets through, in order of arrival until a column is sorted by; below them
    the captures, the newest first.

    Of captures only the ids are here, and what is shown of them: ``captures_wanted`` carries the ids of those that are
    to be shown and not known, ``order_changed`` (column, is descending) or None.
    """

    captures_wanted = Signal(object)
    order_changed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._all: list[Row] = []
        self._shown: list[Row] = []
        self._wanted: Filter | None = None
        self._order: tuple[int, bool] | None = None
        self._captures = CaptureIds()
        self._capture_rows: dict[int, Row] = {}
        self._looks: dict[Key | None, Cells] = {}
        self._missing: dict[int, None] = {}
        self._stale: set[int] = set()
        self._hidden: set[int] = set()
        self.is_unread: Callable[[int], bool] = lambda _: False
        session.language_changed.connect(self._redraw)
        session.theme_changed.connect(self._redraw)

    @property
    def entries(self) -> list[Entry]:
        """All entries in order of arrival, those that are filtered out too."""
        return [row.entry for row in self._all if row.entry]

    @property
    def capture_count(self) -> int:
        """How many captures are in the list."""
        return len(self._captures)

    def key(self, row: int) -> Key | None:
        """What a row stands for; None for no row."""
        if row < 0 or row >= self.rowCount():
            return None
        return self._shown[row].entry if row < len(self._shown) else self._captures[row - len(self._shown)]

    def entry(self, index: Index) -> Entry | None:
        """The entry of a row; None for no row and for a capture's."""
        key = self.key(index.row()) if index.isValid() else None
        return key if isinstance(key, Entry) else None

    def index_of(self, key: Key | None) -> QModelIndex:
        """Where an entry or a capture is shown; no index where it is not."""
        if isinstance(key, Entry) and key.capture is not None:
            key = key.capture.id
        if isinstance(key, int):
            row = self.row_of_id(key)
            return self.index(row, 0) if row >= 0 else NOWHERE
        rows = (number for number, row in enumerate(self._shown) if row.entry is key)
        return self.index(next(rows, -1), 0)

    def row_of_id(self, capture_id: int) -> int:
        """The row of a capture, -1 where it is not shown."""
        position = self._captures.position(capture_id)
        return position + len(self._shown) if position >= 0 else -1

    def capture(self, capture_id: int) -> "Capture | None":
        """The capture, if it is known already."""
        row = self._capture_rows.get(capture_id)
        return row.capture if row else None

    def capture_ids(self, first: int, last: int) -> list[int]:
        """The captures in the rows from ``first`` to ``last``."""
        first, last = first - len(self._shown), last - len(self._shown)
        return self._captures.between(first, last) if last >= 0 else []

    def newest_capture(self) -> QModelIndex:
        """The row of the first capture."""
        return self.index(len(self._shown), 0) if len(self._captures) else NOWHERE

    def entries_between(self, first: int, last: int) -> list[Entry]:
        """The entries in the rows from ``first`` to ``last``."""
        return [row.entry for row in self._shown[max(first, 0) : last + 1] if row.entry]

    def values(self, key: str) -> set[str]:
        """The tags (``tag``) or states (``state``) of the rows that are known."""
        rows = [*self._all, *self._capture_rows.values()]
        return {value for row in rows if (value := {"tag": row.tag, "state": row.written_state}.get(key))}

    def add(self, entries: Sequence[Entry]) -> None:
        """Put entries at the end; where nothing is sorted, the rows above stay as they are."""
        added = list(map(row_of, entries))
        passing = [row for row in added if self._passes(row)]
        if self._order is None and passing:
            self.beginInsertRows(QModelIndex(), len(self._shown), len(self._shown) + len(passing) - 1)
            self._shown += passing
            self._all += added
            self.endInsertRows()
        else:
            self._all += added
            self._arrange()

    def replace(self, name: str, entries: Sequence[Entry]) -> None:
        """Put ``entries`` in place of all those of the file ``name``."""
        names = [row.entry.name if row.entry else "" for row in self._all]
        first = names.index(name) if name in names else len(names)
        kept = [row for row, of_file in zip(self._all, names, strict=True) if of_file != name]
        self._all = [*kept[:first], *map(row_of, entries), *kept[first:]]
        self._arrange()

    def remove(self, entries: Sequence[Entry]) -> None:
        """Forget ``entries``."""
        gone = set(map(id, entries))
        self._all = [row for row in self._all if id(row.entry) not in gone]
        self._arrange()

    def filter(self, wanted: "Filter | None") -> None:
        """Show only the entries that fit; captures are filtered where they come from."""
        self._wanted = wanted
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 for the order of arrival."""
        self._order = None if column < 0 else (column, order is Qt.SortOrder.DescendingOrder)
        self._arrange()
        self.order_changed.emit(self._order)

    def show_captures(self, ids: "array[int]", is_sorted: bool) -> None:
        """Have these captures instead of those there are."""
        self.beginResetModel()
        self._captures.replace(self._unhidden(ids), is_sorted)
        self.endResetModel()

    def append_captures(self, ids: "array[int]") -> None:
        """Put captures, older than all there are, at the end."""
        self._insert(len(self._captures), self._unhidden(ids))

    def update_newest(self, floor: int, ids: Sequence[int]) -> None:
        """Have ``ids``, the newest first, and no others of those newer than ``floor``."""
        before, now = set(shown := self._captures.above(floor)), set(ids)
        self.remove_captures([one for one in shown if one not in now])
        added = [one for one in ids if one not in before and one not in self._hidden]
        for place, group in grouped(added, [self._captures.place(one) for one in added]):
            self._insert(place, group)

    def remove_captures(self, ids: Sequence[int]) -> None:
        """Take captures, in the order of the rows, off the list."""
        runs = list(islice(self._captures.runs(ids), MOST_RUNS + 1))
        if len(runs) > MOST_RUNS:
            gone = set(ids)
            kept = array("q", (one for one in self._captures.between(0, len(self._captures)) if one not in gone))
            self.beginResetModel()
            self._captures.replace(kept, self._captures.is_sorted)
            self.endResetModel()
            return
        for first, last in runs:
            self.beginRemoveRows(QModelIndex(), first + len(self._shown), last + len(self._shown))
            self._captures.remove(first, last)
            self.endRemoveRows()

    def hide(self, ids: Sequence[int]) -> None:
        """Take captures off the list, and let them not come back by themselves."""
        self._hidden.update(ids)
        self.remove_captures(ids)

    def unhide(self, ids: Iterable[int]) -> None:
        """Captures may come back."""
        self._hidden.difference_update(ids)

    def take(self, rows: Iterable[Row]) -> None:
        """Know these captures from now on."""
        by_id = {row.capture.id: row for row in rows if row.capture}
        changed = [one for one, row in by_id.items() if self._capture_rows.pop(one, None) != row]
        self._forget_looks(changed)
        self._capture_rows |= by_id
        self._stale -= by_id.keys()
        oldest = list(islice(self._capture_rows, max(len(self._capture_rows) - KEPT, 0)))
        self._forget_looks(oldest)
        for one in oldest:
            del self._capture_rows[one]
        places = [place for one in changed if (place := self.row_of_id(one)) >= 0]
        if places:
            self.dataChanged.emit(self.index(min(places), 0), self.index(max(places), len(COLUMNS) - 1))

    def expire_captures(self) -> None:
        """Ask again for what is known, as soon as it is to be shown."""
        self._stale = set(self._capture_rows)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown) + len(self._captures)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENTS[COLUMNS[section].is_number]
        is_said = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        return self._session.say(COLUMNS[section].title) if is_said else None

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if role == FONT:
            return self._font(index.row())
        if role == TOOLTIP:
            return tooltip_of(self._row(index.row()), index.column(), self._session)
        values = self._cells(index.row()).get(role)
        return values[index.column()] if values is not None else None

    def _cells(self, number: int) -> Cells:
        """How a row looks."""
        row = self._row(number)
        key = None if row is BLANK else row.entry or self._captures[number - len(self._shown)]
        cells = self._looks.get(key)
        if cells is None:
            cells = self._looks[key] = cells_of(row, self._session)
        return cells

    def _row(self, number: int) -> Row:
        """What is in a row; a capture that is not known, or perhaps not as it is now, will be asked for."""
        if number < len(self._shown):
            return self._shown[number]
        capture_id = self._captures[number - len(self._shown)]
        row = self._capture_rows.get(capture_id, BLANK)
        if row is BLANK or capture_id in self._stale:
            if not self._missing:
                QTimer.singleShot(0, self, self._ask)
            self._missing[capture_id] = None
        return row

    def _ask(self) -> None:
        missing, self._missing = list(self._missing), {}
        self.captures_wanted.emit(missing)

    def _font(self, number: int) -> QFont | None:
        if number < len(self._shown) or not self.is_unread(self._captures[number - len(self._shown)]):
            return None
        font = QFont()
        font.setBold(True)
        return font

    def _words(self, text: Text) -> str:
        return words(text, self._session)

    def _passes(self, row: Row) -> bool:
        if self._wanted is None:
            return True
        from callback_lens.ui.list.row_filter import fits

        return fits(row, self._wanted, self._words)

    def _unhidden(self, ids: "array[int]") -> "array[int]":
        return array("q", (one for one in ids if one not in self._hidden)) if self._hidden else ids

    def _insert(self, position: int, ids: Sequence[int]) -> None:
        if ids:
            first = position + len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(ids) - 1)
            self._captures.insert(position, ids)
            self.endInsertRows()

    def _forget_looks(self, keys: Iterable[Key]) -> None:
        for key in keys:
            self._looks.pop(key, None)

    def _arrange(self) -> None:
        self.beginResetModel()
        self._looks.clear()
        self._shown = [row for row in self._all if self._passes(row)]
        if self._order is not None:
            column, is_descending = self._order
            self._shown.sort(key=COLUMNS[column].key, reverse=is_descending)  # type: ignore[arg-type]  # one type each
        self.endResetModel()

    def _redraw(self) -> None:
        self._looks.clear()
        self.expire_captures()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self._redraw_rows()

    def _redraw_rows(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(COLUMNS) - 1))
