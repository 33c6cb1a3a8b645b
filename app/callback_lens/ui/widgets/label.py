"""A label of plain text in the window's language and a colour of the theme."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from callback_lens.errors import Message
from callback_lens.ui.models.plain import shown
from callback_lens.ui.session import Session

SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class Label(QLabel):
    """Says a Message, or shows a text of the payload; its words can be selected if ``selectable``."""

    def __init__(
        self,
        session: Session,
        words: Message | str,
        parent: QWidget | None = None,
        meaning: str = "text",
        wraps: bool = False,
        selectable: bool = False,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._words = words
        self._meaning = meaning
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        if selectable:
            self.setTextInteractionFlags(SELECTABLE)
        if wraps:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._speak()
        self._color()
        session.language_changed.connect(self._speak)
        session.theme_changed.connect(self._color)

    def change(self, words: Message | str) -> None:
        """Show other words."""
        self._words = words
        self._speak()

    def recolor(self, meaning: str) -> None:
        """Show the words in another colour of the theme."""
        self._meaning = meaning
        self._color()

    def _speak(self) -> None:
        said = self._session.say(self._words) if isinstance(self._words, Message) else self._words
        self.setText(shown(said))
        self.setAccessibleName(shown(said))

    def _color(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, self._session.theme.color(self._meaning))
        self.setPalette(palette)


class Heading(Label):
    """Says a Message in larger, heavier letters: ``scale`` times the usual ones."""

    def __init__(
        self,
        session: Session,
        words: Message,
        parent: QWidget | None = None,
        scale: float = 1.3,
        wraps: bool = False,
    ) -> None:
        super().__init__(session, words, parent, wraps=wraps)
        self._scale = scale
        self._enlarge()
        session.theme_changed.connect(self._enlarge)

    def _enlarge(self) -> None:
        font = QFont(QGuiApplication.font())
        font.setPointSizeF(font.pointSizeF() * self._scale)
        font.setWeight(QFont.Weight.DemiBold)
        self.setFont(font)
