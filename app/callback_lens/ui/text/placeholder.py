"""What stands where there is nothing to show: an icon, and words that say what to do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.theme import ROOMY, TIGHT, WIDE
from callback_lens.ui.widgets.icon_label import IconLabel
from callback_lens.ui.widgets.label import Label

ICON_SIZE = 32
READABLE_WIDTH = 420


class Placeholder(QWidget):
    """In the middle of its place; takes the focus for what will be there, and shows it by a frame."""

    def __init__(self, session: Session, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.words = Label(session, "", self, "muted", wraps=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._column = column = QVBoxLayout(self)
        column.setSpacing(WIDE)
        column.addStretch(2)
        column.addWidget(IconLabel(session, icon, "muted", ICON_SIZE, self), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.words)
        column.addStretch(3)

    def change(self, words: Message) -> None:
        """Say ``words``."""
        self.words.change(words)
        self.setAccessibleName(self.words.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(self._session.theme.color("accent"))
            painter.drawRect(self.rect().adjusted(TIGHT, TIGHT, -TIGHT - 1, -TIGHT - 1))
            painter.end()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        side = max((self.width() - READABLE_WIDTH) // 2, ROOMY)
        self._column.setContentsMargins(side, ROOMY, side, ROOMY)
