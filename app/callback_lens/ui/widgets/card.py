"""A card: a quiet frame around what belongs together, with its title."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT, WIDE
from callback_lens.ui.widgets.label import Label

RADIUS = 8


class Card(QFrame):
    """Rounded, in the theme's base colour; ``edge`` is the meaning of the border's colour."""

    def __init__(self, session: Session, parent: QWidget | None = None, edge: str = "border") -> None:
        super().__init__(parent)
        self.session = session
        self._edge = edge
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        self.column.setSpacing(GAP)
        session.theme_changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.session.theme.color(self._edge), 1))
        painter.setBrush(self.session.theme.color("base"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()


class TitledCard(Card):
    """A card with a title line, at whose right end ``tools`` has room, and ``content`` below."""

    def __init__(self, session: Session, title: Message, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.content = content
        self._title = title
        self.title = Label(session, title, self)
        heading = QFont(self.title.font())
        heading.setWeight(QFont.Weight.DemiBold)
        self.title.setFont(heading)
        line = QHBoxLayout()
        line.setContentsMargins(TIGHT, 0, TIGHT, 0)
        line.addWidget(self.title, 1, Qt.AlignmentFlag.AlignVCenter)
        self.column.setContentsMargins(GAP, WIDE, GAP, GAP)
        self.column.addLayout(line)
        self.column.addWidget(content)
        self._speak()
        session.language_changed.connect(self._speak)

    def _speak(self) -> None:
        self.setAccessibleName(self.session.say(self._title))
