"""The headers of a saved HTTP message as a table."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from callback_lens.errors import Message
from callback_lens.payload.masking import masked_header
from callback_lens.ui.models.plain import shown, tooltip
from callback_lens.ui.session import Session
from callback_lens.ui.theme import mono_font

Index = QModelIndex | QPersistentModelIndex
COLUMNS = (Message("Header"), Message("Value"))
NAME, VALUE = 0, 1
ROOT = QModelIndex()


class HeaderModel(QAbstractTableModel):
    """Names and values in the order and case they came in; secrets are masked unless ``shows_secrets``."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._headers: tuple[tuple[str, str], ...] = ()
        self._shows_secrets = False

    def show_headers(self, headers: tuple[tuple[str, str], ...], shows_secrets: bool) -> None:
        """Show ``headers`` instead of what was there."""
        self.beginResetModel()
        self._headers, self._shows_secrets = headers, shows_secrets
        self.endResetModel()

    def text(self, row: int, column: int) -> str:
        """The name or the value of a header, masked or not."""
        name, value = self._headers[row]
        return name if column == NAME else value if self._shows_secrets else masked_header(name, value)

    def retranslate(self) -> None:
        """Say the column titles anew."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, NAME, VALUE)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._headers)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(self.text(index.row(), index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self.text(index.row(), index.column()))
        if role == Qt.ItemDataRole.FontRole:
            return mono_font() if index.column() == VALUE else None
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == NAME:
            return self._session.theme.color("key")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._session.say(COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None
