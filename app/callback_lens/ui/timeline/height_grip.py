"""The edge below the timeline, by which it is made higher or lower."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from callback_lens.errors import Message
from callback_lens.ui.models.plain import tooltip
from callback_lens.ui.session import Session

HEIGHT = 9  # pixels
GRIP = QSize(36, 3)
KEY_STEP = 16
STEPS = {Qt.Key.Key_Down: KEY_STEP, Qt.Key.Key_Up: -KEY_STEP}
WORDS = Message("Drag to change the height of the timeline; a double click fits it to the lanes")


class HeightGrip(QWidget):
    """``dragged`` carries by how many pixels it was moved down, ``reset`` is emitted by a double click or Home."""

    dragged = Signal(object)
    reset = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._dragged_from: float | None = None
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        session.language_changed.connect(self._speak)
        session.theme_changed.connect(self.update)
        self._speak()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged_from = event.globalPosition().y()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None:
            by = round(event.globalPosition().y() - self._dragged_from)
            self._dragged_from += by
            self.dragged.emit(by)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS:
            self.dragged.emit(STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Home:
            self.reset.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        grip = QRect(0, 0, GRIP.width(), GRIP.height())
        grip.moveCenter(self.rect().center())
        painter.fillRect(grip, self._session.theme.color("accent" if self.hasFocus() else "border"))
        painter.end()

    def _speak(self) -> None:
        said = self._session.say(WORDS)
        self.setAccessibleName(said)
        self.setToolTip(tooltip(said))
