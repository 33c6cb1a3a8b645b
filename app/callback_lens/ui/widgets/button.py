"""Buttons that say a Message and show an icon of the theme."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolButton, QWidget

from callback_lens.errors import Message
from callback_lens.ui.models.plain import tooltip
from callback_lens.ui.session import Session
from callback_lens.ui.theme import icon_size

RADIUS = 3
RING = 1.5
UNDERLINE = 2


class RingedButton(QToolButton):
    """One that is on is framed and underlined, one with the focus has a ring: colour alone would not show it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked() or self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            accent = self._session.theme.color("accent")
            ring = RING if self.hasFocus() else 1
            painter.setPen(QPen(accent, ring))
            frame = QRectF(self.rect()).adjusted(ring / 2, ring / 2, -ring / 2, -ring / 2)
            painter.drawRoundedRect(frame, RADIUS, RADIUS)
            if self.isChecked():
                line = QRectF(frame.left() + RADIUS, frame.bottom() - UNDERLINE, frame.width() - 2 * RADIUS, UNDERLINE)
                painter.fillRect(line, accent)
            painter.end()


class Button(RingedButton):
    """A flat button; where ``shows_words`` is False they are its tooltip and accessible name."""

    def __init__(
        self,
        session: Session,
        words: Message,
        icon: str | None = None,
        parent: QWidget | None = None,
        shows_words: bool = True,
    ) -> None:
        super().__init__(session, parent)
        self._words = words
        self._icon = icon
        self.setAutoRaise(not shows_words)
        with_words = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if icon else Qt.ToolButtonStyle.ToolButtonTextOnly
        self.setToolButtonStyle(with_words if shows_words else Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._speak()
        self._draw()
        session.language_changed.connect(self._speak)
        session.theme_changed.connect(self._draw)

    def _speak(self) -> None:
        said = self._session.say(self._words)
        self.setText(said)
        self.setToolTip(tooltip(said))
        self.setAccessibleName(said)

    def _draw(self) -> None:
        if self._icon:
            self.setIconSize(QSize(icon_size(), icon_size()))
            self.setIcon(self._session.theme.icon(self._icon, "muted"))
