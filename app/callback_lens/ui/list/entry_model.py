"""The rows of the list: filtered and sorted here, for a proxy would ask Python for each cell again and again."""

from collections.abc import Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from callback_lens.errors import Message
from callback_lens.payload.unpack import visible
from callback_lens.ui.entries import Entry
from callback_lens.ui.list.rows import COLUMNS, Row, Text, row_of
from callback_lens.ui.session import Session

Index = QModelIndex | QPersistentModelIndex
TAG, STATE = (next(number for number, column in enumerate(COLUMNS) if column.id == name) for name in ("tag", "state"))
NOWHERE = QModelIndex()
ALIGNMENTS = (
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,  # numbers
)


class EntryModel(QAbstractTableModel):
    """One row for each entry that the filter lets through; in order of arrival until a column is sorted by."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._all: list[Row] = []
        self._shown: list[Row] = []
        self._filter = ""
        self._order: tuple[int, bool] | None = None
        session.language_changed.connect(self._redraw)
        session.theme_changed.connect(self._redraw)

    @property
    def entries(self) -> list[Entry]:
        """All entries in order of arrival, those that are filtered out too."""
        return [row.entry for row in self._all]

    def entry(self, index: Index) -> Entry | None:
        """The entry of a row; None for no row."""
        return self._shown[index.row()].entry if index.isValid() else None

    def index_of(self, entry: Entry | None) -> QModelIndex:
        """Where ``entry`` is shown; no index where it is not."""
        rows = (number for number, row in enumerate(self._shown) if row.entry is entry)
        return self.index(next(rows, -1), 0)

    def add(self, entries: Sequence[Entry]) -> None:
        """Put entries at the end; where nothing is sorted, the rows above stay as they are."""
        added = list(map(row_of, entries))
        passing = [row for row in added if row.has(self._filter, self._words)]
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
        first = next((number for number, row in enumerate(self._all) if row.entry.name == name), len(self._all))
        kept = [row for row in self._all if row.entry.name != name]
        self._all = [*kept[:first], *map(row_of, entries), *kept[first:]]
        self._arrange()

    def remove(self, entries: Sequence[Entry]) -> None:
        """Forget ``entries``."""
        gone = set(map(id, entries))
        self._all = [row for row in self._all if id(row.entry) not in gone]
        self._arrange()

    def filter(self, text: str) -> None:
        """Show only the rows that have ``text`` in them."""
        self._filter = text
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 for the order of arrival."""
        self._order = None if column < 0 else (column, order is Qt.SortOrder.DescendingOrder)
        self._arrange()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENTS[COLUMNS[section].is_number]
        is_said = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        return self._session.say(COLUMNS[section].title) if is_said else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._shown[index.row()], COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, index.column())
            case Qt.ItemDataRole.DecorationRole if index.column() == STATE:
                return self._session.theme.icon(*row.look)
            case Qt.ItemDataRole.ForegroundRole if index.column() == STATE:
                return self._session.theme.color(row.look[1])
            case Qt.ItemDataRole.ForegroundRole if index.column() == TAG and not row.tag:
                return self._session.theme.color("muted")
            case Qt.ItemDataRole.TextAlignmentRole:
                return ALIGNMENTS[column.is_number]
            case Qt.ItemDataRole.ToolTipRole:
                return self._tooltip(row, index.column())
        return None

    def _text(self, row: Row, column: int) -> str:
        return self._words(COLUMNS[column].text(row))

    def _words(self, text: Text) -> str:
        return self._session.say(text) if isinstance(text, Message) else text

    def _tooltip(self, row: Row, column: int) -> str:
        """As escaped HTML: Qt takes some plain texts for HTML, too."""
        error, given = row.entry.error, row.entry.given
        lines = [given.source if given else visible(row.entry.name), visible(row.time.raw) if row.time else ""]
        if column == STATE:
            lines.insert(0, row.written_state)
        if error:
            lines.append(visible(self._session.say(error.message)))
        return f"<qt>{'<br>'.join(escape(line) for line in lines if line)}</qt>"

    def _arrange(self) -> None:
        self.beginResetModel()
        self._shown = [row for row in self._all if row.has(self._filter, self._words)]
        if self._order is not None:
            column, is_descending = self._order
            self._shown.sort(key=COLUMNS[column].key, reverse=is_descending)  # type: ignore[arg-type]  # one type each
        self.endResetModel()

    def _redraw(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(COLUMNS) - 1))
