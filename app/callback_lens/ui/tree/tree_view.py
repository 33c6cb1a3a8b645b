"""The view of the tree."""

from PySide6.QtCore import QByteArray, QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from callback_lens.ui.models.node_model import NAME, AnyIndex, NodeModel
from callback_lens.ui.theme import ROOMY

LEAST_NAME_WIDTH = 15  # times the height of the text
NAME_SHARE = 0.6  # of the view, at most
FIRST_ROWS = 40  # as many fit without scrolling
SMALL = 60  # children
MOST_LAID_OUT = 8000  # rows at once, at about 5 µs each


class TreeView(QTreeView):
    """Shows a NodeModel; nothing in it looks at all rows at once.

    ``opened_below`` carries the index whose whole subtree is to be opened, ``typed`` what the user typed,
    ``current_changed`` the new current index.
    """

    opened_below = Signal(object)
    typed = Signal(object)
    current_changed = Signal(object)
    escaped = Signal()

    def __init__(self, model: NodeModel, parent: QWidget) -> None:
        self._is_held = True
        super().__init__(parent)
        self.empty_text = ""
        self._paint_soon = QTimer(self, singleShot=True, interval=1)
        self._paint_soon.timeout.connect(lambda: self.viewport().setUpdatesEnabled(True))
        self.setModel(model)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.header().setStretchLastSection(True)
        self.header().setHighlightSections(False)
        self.header().setResizeContentsPrecision(0)  # looks at the rows in sight
        self._fitted = self.columnWidth(NAME)
        self._is_held = False
        self._fit()

    def hold(self, is_held: bool) -> None:
        """While held, opening rows neither paints nor measures the header again and again."""
        self._is_held = is_held
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, is_held)

    def catch_up(self) -> None:
        """Measure and paint what was held back."""
        self.updateGeometries()
        self.viewport().update()

    def reset(self) -> None:
        """Let go of all rows. A hundred thousand open ones take their time: what comes then is painted a step later."""
        super().reset()
        self.viewport().setUpdatesEnabled(False)
        self._paint_soon.start()

    def updateGeometries(self) -> None:
        if not self._is_held:
            super().updateGeometries()
            self._fit(self._fitted)

    def column_state(self) -> QByteArray:
        """The widths of the columns, to be kept; empty as long as the user left them to the program."""
        return QByteArray() if self._is_fitted else self.header().saveState()

    def changeEvent(self, event: QEvent) -> None:
        """Qt lays out every open row anew for another font."""
        if event.type() is QEvent.Type.FontChange and self.verticalScrollBar().maximum() > MOST_LAID_OUT:
            current = self.currentIndex()
            self.collapseAll()
            self.reveal(current)
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()
            QTimer.singleShot(0, self, lambda: self.scrollTo(self.currentIndex()))

    def _fit(self, least: int = 0) -> None:
        """Room for the names in sight, in proportion to the text, and never without room for the values."""
        height = self.fontMetrics().height()
        self.setIndentation(height)
        if self._is_fitted:
            wanted = max(self.sizeHintForColumn(NAME), height * LEAST_NAME_WIDTH, least)
            self.setColumnWidth(NAME, min(wanted, round(self.width() * NAME_SHARE)))
            self._fitted = self.columnWidth(NAME)

    @property
    def _is_fitted(self) -> bool:
        """False once the user likes another width."""
        return self.columnWidth(NAME) == self._fitted

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the row that Qt makes current, too: it is the one whose meaning is told."""
        super().focusInEvent(event)
        if self.currentIndex().isValid() and not self.selectionModel().isSelected(self.currentIndex()):
            self.setCurrentIndex(self.currentIndex())

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self.current_changed.emit(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Like every tree's keys, but for those that would look at all rows."""
        match event.key():
            case Qt.Key.Key_Asterisk:
                self.opened_below.emit(self.currentIndex())
            case Qt.Key.Key_Escape:
                self.escaped.emit()
            case Qt.Key.Key_C if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()  # Qt would copy what is shown, not what is written
            case _:
                super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing searches everything, not only the rows that are open."""
        if search.strip():
            self.typed.emit(search)

    def reveal(self, index: QModelIndex) -> None:
        """Make ``index`` current, with what it stands in opened, and in sight with its surroundings."""
        is_in_sight = self.viewport().rect().contains(self.visualRect(index)) and self.visualRect(index).isValid()
        self.setCurrentIndex(index)
        if not is_in_sight:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def open_first_rows(self) -> None:
        """Open from the top what fits in without scrolling."""
        self._is_held = True
        self.horizontalScrollBar().setValue(0)
        model = self.model()
        rows, waiting = model.rowCount(), [QModelIndex()]
        while waiting:
            parent = waiting.pop(0)
            for row in range(min(model.rowCount(parent), SMALL)):
                index = model.index(row, NAME, parent)
                count = model.rowCount(index) if model.hasChildren(index) else 0
                if 0 < count <= SMALL and (rows + count <= FIRST_ROWS or model.rowCount(parent) == 1):
                    rows += count
                    self.expand(index)
                    waiting.append(index)
        self._is_held = False
        self.catch_up()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.empty_text and not self.model().rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            rect = self.viewport().rect().adjusted(ROOMY, ROOMY, -ROOMY, -ROOMY)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.empty_text)
            painter.end()
