"""A table of a few texts, as high as its rows."""

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.source.cell_model import CellModel
from callback_lens.ui.theme import WIDE
from callback_lens.ui.widgets.focus_delegate import FocusDelegate
from callback_lens.ui.widgets.object_menu import copy_text
from callback_lens.ui.widgets.row_tables import show_as_rows

ROW_PADDING = 10
MOST_ROWS = 40  # more of them scroll


class CellTable(QTableView):
    """Shows a CellModel called ``name``; Ctrl+C copies the selected rows, cells joined by ``between``.

    ``chosen`` carries the row that was clicked, or on which Enter was pressed.
    """

    chosen = Signal(object)

    def __init__(
        self, session: Session, model: CellModel, name: Message, between: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._name = name
        self._between = between
        self.cells = model
        model.setParent(self)
        self.setModel(model)
        self.setItemDelegate(FocusDelegate(session, self))
        show_as_rows(self)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # of a time the seconds, of an error its reason stays
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.modelReset.connect(self._fit)
        self.clicked.connect(self._choose)
        session.language_changed.connect(self._speak)
        session.theme_changed.connect(self._fit)
        self._speak()

    def copy(self, rows: list[int]) -> None:
        """Copy ``rows`` as lines."""
        cells = range(self.cells.columnCount())
        copy_text("\n".join(self._between.join(self.cells.text(row, column) for column in cells) for row in rows))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            if rows := sorted(index.row() for index in self.selectionModel().selectedRows()):
                self.copy(rows)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._narrow()

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.row())

    def _fit(self) -> None:
        rows = self.verticalHeader()
        rows.setDefaultSectionSize(self.fontMetrics().height() + ROW_PADDING)
        shown = min(self.cells.rowCount(), MOST_ROWS)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + shown * rows.defaultSectionSize())
        self._narrow()

    def _narrow(self) -> None:
        """Give each column what it wants, and where there is not enough room the widest the same share."""
        wanted = [self._wanted_width(column) for column in range(self.cells.columnCount())]
        room = self.viewport().width()
        for rank, column in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
            width = min(wanted[column], room // (len(wanted) - rank))
            self.setColumnWidth(column, width)
            room -= width

    def _wanted_width(self, column: int) -> int:
        return max(self.sizeHintForColumn(column) + WIDE, self.horizontalHeader().sectionSizeHint(column))

    def _speak(self) -> None:
        self.setAccessibleName(self._session.say(self._name))
        self.cells.retranslate()
        self._narrow()
