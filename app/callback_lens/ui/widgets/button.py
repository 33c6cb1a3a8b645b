"""Buttons that say a Message and show an icon of the theme."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from callback_lens.errors import Message
from callback_lens.ui.models.plain import tooltip
from callback_lens.ui.session import Session


class Button(QToolButton):
    """A flat button; where ``shows_words`` is False they are its tooltip and accessible name."""

    def __init__(
        self,
        session: Session,
        words: Message,
        icon: str | None = None,
        parent: QWidget | None = None,
        shows_words: bool = True,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._words = words
        self._icon = icon
        self.setAutoRaise(not shows_words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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
            self.setIcon(self._session.theme.icon(self._icon, "muted"))
