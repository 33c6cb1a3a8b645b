"""Rows of texts as a table."""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from callback_lens.errors import Message
from callback_lens.ui.models.plain import shown, tooltip
from callback_lens.ui.session import Session
from callback_lens.ui.theme import mono_font

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class CellModel(QAbstractTableModel):
    """Plain texts under titles, those of the first column in the colour of keys, those of ``mono`` in fixed width."""

    def __init__(
        self, session: Session, titles: Sequence[Message], mono: Collection[int] = (), parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._titles = titles
        self._mono = mono
        self._rows: Sequence[Sequence[str]] = ()

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show ``rows``, a text for each title, instead of what was there."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def text(self, row: int, column: int) -> str:
        """The whole text of a cell."""
        return self._rows[row][column]

    def retranslate(self) -> None:
        """Say the column titles anew."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._titles) - 1)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(self.text(index.row(), index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self.text(index.row(), index.column()))
        if role == Qt.ItemDataRole.FontRole:
            return mono_font() if index.column() in self._mono else None
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0:
            return self._session.theme.color("key")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._session.say(self._titles[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None
