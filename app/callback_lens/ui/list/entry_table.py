"""The table of the list: several rows can be chosen; what is read stays where it is while others come and go."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from callback_lens.errors import Message
from callback_lens.ui.list.cells import TIME
from callback_lens.ui.list.entry_model import EntryModel, Key
from callback_lens.ui.list.rows import COLUMNS
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.menus import asked_about
from callback_lens.ui.widgets.row_tables import show_as_rows, sort_by_titles

PADDING = 6  # pixels that Qt keeps free beside the text of a cell
MOVING_KEYS = frozenset(
    (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A menu was asked for at a row; ``at`` is a place of the screen."""

    row: int
    at: QPoint


@dataclass(frozen=True, slots=True)
class Place:
    """What is read: a row and how far below the upper edge it is, in pixels."""

    key: Key
    top: int


class TimeDelegate(QStyledItemDelegate):
    """What a capture is marked with stands behind its time, so that the times stay below each other."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.decorationPosition = QStyleOptionViewItem.Position.Right


class EntryTable(QTableView):
    """Shows an EntryModel.

    ``removal_wanted`` asks for the selected rows to be taken off the list, ``menu_wanted`` carries an Asked; ``moved``
    says that the user went somewhere.
    """

    removal_wanted = Signal()
    menu_wanted = Signal(object)
    moved = Signal()

    def __init__(self, session: Session, model: EntryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entries = model
        self._place: Place | None = None
        self.setModel(model)
        self.setItemDelegateForColumn(TIME, TimeDelegate(self))
        self.setStyleSheet("QTableView { outline: 0; }")  # the focus is shown by the row, see paintEvent
        show_as_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._set_up_header()
        for changes in (model.rowsAboutToBeInserted, model.rowsAboutToBeRemoved, model.modelAboutToBeReset):
            changes.connect(self._remember)
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            changed.connect(self._stay)
        self.verticalScrollBar().actionTriggered.connect(self.moved)
        self.selectionModel().currentRowChanged.connect(lambda: self.viewport().update())

    def shown_rows(self) -> tuple[int, int]:
        """The first and the last row that is seen."""
        last = self.rowAt(self.viewport().height() - 1)
        return max(self.rowAt(0), 0), last if last >= 0 else self._entries.rowCount() - 1

    def selected_runs(self) -> list[tuple[int, int]]:
        """The first and last rows of what is selected, from top to bottom: there may be a million."""
        selection = self.selectionModel().selection()
        parts = [selection.at(number) for number in range(selection.count())]
        return sorted((part.top(), part.bottom()) for part in parts)

    def paintEvent(self, event: QPaintEvent) -> None:
        """With lines above and below the current row: a delegate that drew them would take a third of the time."""
        super().paintEvent(event)
        row = self.currentIndex().row()
        if row >= 0 and self.hasFocus():
            painter = QPainter(self.viewport())
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            width = min(self.horizontalHeader().length(), self.viewport().width())
            for y in (top, top + height - 1):
                painter.fillRect(0, y, width, 1, self._session.theme.color("accent"))
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
            return
        if event.key() in MOVING_KEYS:
            self.moved.emit()
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.moved.emit()
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.moved.emit()
        super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, at = asked_about(self, event)
        if index.isValid():
            self.menu_wanted.emit(Asked(index.row(), at))

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self._choose_columns(header.mapToGlobal(at)))
        sort_by_titles(self)
        for number, column in enumerate(COLUMNS):
            self.setColumnWidth(number, self.fontMetrics().horizontalAdvance(column.widest) + PADDING)

    def _choose_columns(self, at: QPoint) -> None:
        """A menu of the columns: those with a tick are shown."""
        menu = QMenu(self)
        shown = [number for number in range(len(COLUMNS)) if not self.isColumnHidden(number)]
        for number, column in enumerate(COLUMNS):
            action = menu.addAction(self._session.say(column.title).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(number in shown)
            action.setEnabled(shown != [number])  # without any there would be no header to get them back from
            action.toggled.connect(lambda is_shown, number=number: self.setColumnHidden(number, not is_shown))
        menu.addSeparator()
        menu.addAction(self._session.say(Message("Show all columns"))).triggered.connect(self._show_all_columns)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _show_all_columns(self) -> None:
        for number in range(len(COLUMNS)):
            self.showColumn(number)

    def _remember(self) -> None:
        """Of what is read now: the current row where it is seen, otherwise the uppermost one unless that is the first.

        Who is at the very top and reads nothing there wants to see what comes.
        """
        row, height = self.currentIndex().row(), self.verticalHeader().defaultSectionSize()
        is_seen = row >= 0 and -height < self.rowViewportPosition(row) < self.viewport().height()
        if not is_seen:
            row = self.rowAt(0) if self.verticalScrollBar().value() > 0 else -1
        key = self._entries.key(row)
        self._place = Place(key, self.rowViewportPosition(row)) if key is not None else None

    def _stay(self) -> None:
        """Have that where it was."""
        place, self._place = self._place, None
        index = self._entries.index_of(place.key) if place is not None else QModelIndex()
        if place is None or not index.isValid():
            return
        bar, height = self.verticalScrollBar(), self.verticalHeader().defaultSectionSize()
        value = index.row() * height - place.top
        bar.setMaximum(max(bar.maximum(), self._entries.rowCount() * height - self.viewport().height(), 0))
        bar.setValue(value)
