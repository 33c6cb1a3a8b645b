"""The bar that finds a text in a text view."""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from callback_lens.errors import Message
from callback_lens.ui.background import Job
from callback_lens.ui.session import Session
from callback_lens.ui.text.rows import Rows, Span, Spans
from callback_lens.ui.text.text_view import TextView
from callback_lens.ui.theme import GAP, TIGHT
from callback_lens.ui.widgets.button import Button
from callback_lens.ui.widgets.label import Label

MOST_HITS = 500_000
PREVIOUS = Message("Previous match")
NEXT = Message("Next match")


@dataclass(frozen=True, slots=True)
class Found:
    """The matches in ``rows``, and whether there are more."""

    rows: Rows
    hits: Spans
    more: bool


class FindBar(QFrame):
    """Searches ``view`` off the GUI thread while the text is typed; hidden until it is opened."""

    def __init__(self, session: Session, view: TextView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._found = Found(view.rows, Spans(), False)
        self._current = -1
        self.text = QLineEdit(self)
        self.text.setClearButtonEnabled(True)
        self.text.installEventFilter(self)
        self.case = Button(session, Message("Match case"), "case", self, shows_words=False)
        self.case.setCheckable(True)
        self.previous = Button(session, PREVIOUS, "previous", self, shows_words=False)
        self.next = Button(session, NEXT, "next", self, shows_words=False)
        self.count = Label(session, "", self, "muted")
        self.closer = Button(session, Message("Close the find bar"), "close", self, shows_words=False)
        self._lay_out()
        self._connect()
        self._speak()
        self.hide()

    def open(self) -> None:
        """Show the bar, with what is selected on one row as the text to find."""
        span = self._view.selected
        if span.start.row == span.end.row and span.start != span.end:
            self.text.setText(self._view.rows.between(span))
        self.show()
        self.text.selectAll()
        self.text.setFocus()
        self.search()

    def close_bar(self) -> None:
        """Hide the bar, and give the text its focus back."""
        self._session.background.cancel(self)
        self.hide()
        self._view.highlight(Spans(), -1)
        self._view.setFocus()

    def search(self) -> None:
        """Look for the text anew, in what the view shows now."""
        text, match_case, rows = self.text.text(), self.case.isChecked(), self._view.rows
        if self.isHidden() or not text:
            self._session.background.cancel(self)
            self._show(Found(rows, Spans(), False))
            return
        self.count.change(Message("Searching…"))
        self._session.background.run(lambda job: _find(rows, text, match_case, job), self._show, self)

    def step(self, direction: int) -> None:
        """Go to the next match (1) or the previous one (-1), around the end; open the bar where it is hidden."""
        if self.isHidden():
            self.open()
        elif self._found.hits:
            self._go_to((self._current + direction) % len(self._found.hits))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_key = event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        step = _step_of(event) if is_key and isinstance(event, QKeyEvent) else None
        if step is None:
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
        elif step:
            self.step(step)
        else:
            self.close_bar()
        return True

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, TIGHT, GAP, TIGHT)
        row.setSpacing(TIGHT)
        row.addWidget(self.text, 1)
        for widget in (self.case, self.previous, self.next):
            row.addWidget(widget)
        row.addSpacing(TIGHT)
        row.addWidget(self.count)
        row.addStretch()
        row.addWidget(self.closer)
        self.text.setMaximumWidth(360)

    def _connect(self) -> None:
        self.text.textChanged.connect(self.search)
        self.case.toggled.connect(self.search)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.closer.clicked.connect(self.close_bar)
        self._view.find_wanted.connect(lambda step: self.step(step) if step else self.open())
        self._session.language_changed.connect(self._speak)

    def _show(self, found: Found) -> None:
        if found.rows is not self._view.rows:
            return
        self._found = found
        if not found.hits:
            self._current = -1
            self._view.highlight(Spans(), -1)
            self._count()
            return
        caret = self._view.selected.start
        self._go_to(bisect_left(found.hits, Span(caret, caret)) % len(found.hits))

    def _go_to(self, current: int) -> None:
        self._current = current
        self._view.highlight(self._found.hits, current)
        self._count()

    def _count(self) -> None:
        hits = len(self._found.hits)
        if not self.text.text():
            self.count.change("")
        elif not hits:
            self.count.change(Message("No matches"))
        else:
            total = f"{hits:,}+" if self._found.more else f"{hits:,}"
            self.count.change(Message("{number} of {total}", {"number": f"{self._current + 1:,}", "total": total}))
        for button in (self.previous, self.next):
            button.setEnabled(bool(hits))

    def _speak(self) -> None:
        words = self._session.say(Message("Find in the text"))
        self.text.setPlaceholderText(words)
        self.text.setAccessibleName(words)


def _step_of(event: QKeyEvent) -> int | None:
    """1 and -1 for the keys that go on and back, 0 for the one that closes, None for any other."""
    if event.key() == Qt.Key.Key_Escape:
        return 0
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
        return -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
    return None


def _find(rows: Rows, text: str, match_case: bool, job: Job) -> Found:
    spans = rows.find(text, match_case, job.check)
    hits = Spans(islice(spans, MOST_HITS))
    return Found(rows, hits, next(spans, None) is not None)
