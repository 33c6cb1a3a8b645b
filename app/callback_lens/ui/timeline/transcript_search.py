"""The field that finds a text in what was said: timeline, text and words follow it through the selection."""

import numpy as np
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from callback_lens.errors import Message
from callback_lens.transcript.columns import Transcript
from callback_lens.transcript.search import Hits, Spoken, find, read_spoken
from callback_lens.ui.background import Job
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import line_height
from callback_lens.ui.timeline.items import item_at
from callback_lens.ui.widgets.button import Button
from callback_lens.ui.widgets.search_field import SearchField

USUAL_LINES, WIDEST_LINES = 11, 26  # its width, in line heights


class TranscriptSearch(QWidget):
    """Searches off the GUI thread while one types; ``found`` carries the Hits, stepping selects one of them."""

    found = Signal(object)

    def __init__(self, session: Session, selection: Selection, transcript: Transcript, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self._transcript = transcript
        self._spoken: Spoken | None = None
        self._hits: Hits | None = None
        self.field = SearchField(session, Message("Search the transcript"), self)
        self.previous = Button(session, Message("Previous match"), "previous", self, shows_words=False)
        self.next = Button(session, Message("Next match"), "next", self, shows_words=False)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        for widget in (self.field, self.previous, self.next):
            line.addWidget(widget)
        self.setFocusProxy(self.field)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(WIDEST_LINES * line_height())
        self._connect()
        self._say_count(None)

    def sizeHint(self) -> QSize:
        return QSize(USUAL_LINES * line_height(), super().sizeHint().height())

    def open(self) -> None:
        """Have the user type."""
        self.field.setFocus()
        self.field.selectAll()

    def step(self, by: int) -> None:
        """Select the next hit (1) or the one before (-1), from what is selected on and around the end."""
        hits = self._hits
        if hits is None or not len(hits.time):
            self.open()
            return
        hit = self._stepped(hits, by) % len(hits.time)
        self._say_count(hit)
        self._selection.select(hits.node(hit), self)

    def _search(self, text: str) -> None:
        self._session.background.run(lambda job: self._find(text, job), self._show, self)

    def _find(self, text: str, job: Job) -> tuple[Spoken, Hits]:
        spoken = self._spoken or read_spoken(self._transcript, job.check)
        return spoken, find(spoken, text, job.check)

    def _show(self, found: tuple[Spoken, Hits]) -> None:
        self._spoken, self._hits = found
        self._say_count(None)
        self.found.emit(self._hits)

    def _stepped(self, hits: Hits, by: int) -> int:
        node = self._selection.node
        item = item_at(self._transcript, node) if node is not None else None
        if item is None:
            return 0 if by > 0 else -1
        word = -1 if item.word is None else item.word
        here = np.flatnonzero((hits.sentence == item.sentence) & (hits.word == word))
        if len(here):
            return int(here[0]) + by
        words, sentences = self._transcript.words, self._transcript.sentences
        time = sentences.start[item.sentence] if item.word is None else words.start[item.word]
        return int(np.searchsorted(hits.time, time)) - (by < 0)

    def _say_count(self, hit: int | None) -> None:
        total = len(self._hits.time) if self._hits is not None else 0
        values = {"number": f"{(hit or 0) + 1:,}", "total": f"{total:,}"}
        if not self.field.text().strip():
            self.field.say_count("")
        elif not total:
            self.field.say_count(Message("No matches"))
        else:
            self.field.say_count(values["total"] if hit is None else Message("{number} of {total}", values))
        for button in (self.previous, self.next):
            button.setEnabled(total > 0)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._search)
        self.field.stepped.connect(self.step)
        self.field.escaped.connect(self.field.clear)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
