"""What tables of payload nodes have in common: lazy cells, a node for each row, sorting, copying."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from callback_lens.errors import Message
from callback_lens.payload.nodes import Node
from callback_lens.ui.models.plain import shown, tooltip
from callback_lens.ui.session import Session

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Role = Qt.ItemDataRole
ASIDE = Role.UserRole + 1  # a remark to be shown behind the text of a cell


class RowModel(QAbstractTableModel):
    """Rows that stand for nodes of the payload, under column titles; texts are made when a view asks for them.

    The methods that a kind of table overrides take the place of a row in the order of the payload; views see
    the rows sorted.
    """

    def __init__(self, session: Session, columns: Sequence[Message], count: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._columns = columns
        self._count = count
        self._order: list[int] | None = None
        self._places: dict[str, int] | None = None
        session.language_changed.connect(self._say_again)

    def path(self, place: int) -> str:
        """The neutral path of the row's node."""
        raise NotImplementedError

    def text(self, place: int, column: int) -> str:
        """The whole text of a cell, as it is copied."""
        raise NotImplementedError

    def look(self, place: int, column: int, role: int) -> Any:
        """What the cell has for a ``role`` other than its text: colour, font, icon, alignment, tooltip."""
        return tooltip(self.text(place, column)) if role == Role.ToolTipRole else None

    def sort_key(self, place: int, column: int) -> Any:
        """What the rows are sorted by."""
        return self.text(place, column)

    def sorted_places(self, column: int) -> list[int]:
        """The places of the rows in ascending order of ``column``."""
        return sorted(range(self._count), key=lambda place: self.sort_key(place, column))

    def place_of(self, node: Node) -> int | None:
        """The row of ``node``, or of the nearest node above it that has one."""
        if self._places is None:
            self._places = {self.path(place): place for place in reversed(range(self._count))}
        above: Node | None = node
        while above is not None and above.path:
            if above.path in self._places:
                return self._places[above.path]
            above = above.parent
        return None

    def place(self, row: int) -> int:
        """The place in the payload's order of a row as it is shown."""
        return self._order[row] if self._order else row

    def row(self, place: int) -> int:
        """Where the row of a place is shown."""
        return self._order.index(place) if self._order else place

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        place = self.place(index.row())
        if role == Role.DisplayRole:
            return shown(self.text(place, index.column()))
        return self.look(place, index.column(), role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)  # what "edits" a cell only opens its whole text, for selecting
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self._columns):
            return None
        if role == Role.DisplayRole:
            return self.title(section)
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def title(self, column: int) -> str:
        """The title of a column."""
        return shown(self.session.say(self._columns[column]))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        places = [self.place(index.row()) for index in kept]
        self._order = None if column < 0 else self.sorted_places(column)
        if self._order and order == Qt.SortOrder.DescendingOrder:
            self._order.reverse()
        moved = [self.index(self.row(place), index.column()) for place, index in zip(places, kept, strict=True)]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def refresh(self) -> None:
        """Make the views ask for everything again."""
        if self._count and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self._columns) - 1))

    def _say_again(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(len(self._columns) - 1, 0))
        self.refresh()
