"""A text view with its find bar, or a few words on why there is no text."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.text.find_bar import FindBar
from callback_lens.ui.text.placeholder import Placeholder
from callback_lens.ui.text.rows import NoRows, Rows
from callback_lens.ui.text.text_view import TextView


class TextPage(QWidget):
    """What the tabs of text have in common."""

    def __init__(self, session: Session, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = TextView(session, self)
        self.find_bar = FindBar(session, self.view, self)
        self.notice = Placeholder(session, icon, self)
        text = QWidget(self)
        column = QVBoxLayout(text)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        column.addWidget(self.view, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.notice)
        self._stack.addWidget(text)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.setFocusProxy(self.notice)

    def show_rows(self, rows: Rows) -> None:
        """Show ``rows``, searched again if the find bar is open."""
        self.make_room()
        self.view.show_rows(rows)
        self.find_bar.search()

    def make_room(self) -> None:
        """Put the text's place, still empty, where the notice was: from then on its size is known."""
        self._show(1)

    def show_notice(self, words: Message) -> None:
        """Show ``words`` instead of a text."""
        self.notice.change(words)
        self.view.show_rows(NoRows())
        self.find_bar.search()
        self._show(0)

    def _show(self, place: int) -> None:
        """Show the notice (0) or the text (1); the focus, if it is in the one, goes to the other."""
        self.setFocusProxy((self.notice, self.view)[place])
        self._stack.setCurrentIndex(place)
