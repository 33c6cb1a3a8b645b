"""A field to search by, with the number of matches in it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT
from callback_lens.ui.widgets.label import Label


class SearchField(QLineEdit):
    """A field with room for a count at its end; ``stepped`` carries +1 for Enter and -1 for Shift+Enter.

    ``left`` and ``escaped`` say that the user wants back to what is searched.
    """

    stepped = Signal(object)
    left = Signal()
    escaped = Signal()

    def __init__(self, session: Session, words: Message, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._words = words
        self._icon = self.addAction(session.theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.count = Label(session, "", self, meaning="muted")
        self.setMinimumWidth(self.minimumSizeHint().width())  # whatever the count: the splitter has to stay where it is
        self.count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        session.language_changed.connect(self._speak)
        session.theme_changed.connect(self._draw)
        self._speak()

    def say_count(self, words: Message | str) -> None:
        """Show ``words`` at the end of the field."""
        self.count.change(words)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.stepped.emit(-1 if is_shifted else 1)
            case Qt.Key.Key_Escape:
                self.escaped.emit()
            case Qt.Key.Key_Down:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def _make_room(self) -> None:
        size = self.count.sizeHint()
        width = min(size.width(), self.width() * 2 // 3)
        self.count.setGeometry(self.width() - width - GAP, (self.height() - size.height()) // 2, width, size.height())
        self.setTextMargins(0, 0, width + TIGHT if self.count.text() else 0, 0)

    def _speak(self) -> None:
        said = self._session.say(self._words)
        self.setPlaceholderText(said)
        for named in (self, *self.findChildren(QToolButton)):  # the icon is a button for Qt
            named.setAccessibleName(said)

    def _draw(self) -> None:
        self._icon.setIcon(self._session.theme.icon("search", "muted"))
