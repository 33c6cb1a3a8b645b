"""The Overview tab: heading, findings first, then the blocks of the job."""

from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from time import perf_counter
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from callback_lens.blocks.model import Block, Fields, Gallery, Media, Notice, Table, Text, TranscriptBlock
from callback_lens.errors import Message
from callback_lens.payload.findings import Finding
from callback_lens.tags import Summary
from callback_lens.ui.entries import Entry
from callback_lens.ui.overview.findings import FindingList
from callback_lens.ui.overview.heading import Heading
from callback_lens.ui.overview.job_chooser import JobChooser
from callback_lens.ui.overview.placeholders import Nothing, Unreadable
from callback_lens.ui.panes.fields import FieldsPane
from callback_lens.ui.panes.gallery import GalleryPane
from callback_lens.ui.panes.media import MediaPane
from callback_lens.ui.panes.notice import NoticePane
from callback_lens.ui.panes.table import TablePane
from callback_lens.ui.panes.text import TextPane
from callback_lens.ui.panes.transcript import TranscriptPane
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import WIDE
from callback_lens.ui.widgets.card import TitledCard

PANES: dict[type[Any], Callable[..., QWidget]] = {
    Fields: FieldsPane,
    Gallery: GalleryPane,
    Media: MediaPane,
    Notice: NoticePane,
    Table: TablePane,
    Text: TextPane,
    TranscriptBlock: TranscriptPane,
}
STEP = 0.006  # seconds of building, then the window has its turn


class Overview(QScrollArea):
    """Follows the selection's entry and job; ``built`` is emitted when all their panes are there."""

    built = Signal()

    def __init__(self, session: Session, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self._waiting: deque[Callable[[], QWidget]] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._build_some)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        selection.entry_changed.connect(self._show)
        selection.job_changed.connect(lambda _: self._show(selection.entry))
        session.language_changed.connect(self._speak)
        self._speak()
        self._show(selection.entry)

    @property
    def is_built(self) -> bool:
        """True when nothing of the entry is still to be shown."""
        return not self._waiting

    def _show(self, entry: Entry | None) -> None:
        self._waiting.clear()
        choosers = self.findChildren(JobChooser)
        self._chooser_has_focus = any(chooser.list.hasFocus() for chooser in choosers)
        self._drop_page()
        self.viewport().setUpdatesEnabled(False)  # the old page stays in sight until there is a screenful of the new
        page = QWidget(self)
        page.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # never wider than the viewport
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        self._column.setSpacing(WIDE)
        self._page = page
        if entry is None:
            self._column.addWidget(Nothing(self._session, page))
        elif entry.error is not None:
            self._column.addWidget(Unreadable(self._session, entry.name, entry.error, page))
            self._column.addStretch(1)
        elif entry.summary is not None:
            self._show_summary(entry.summary)
        self.setWidget(page)
        if self._waiting:
            self._timer.start()  # after the tree, which shows the same entry
        else:
            self._build_some()

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size: sizes were in proportion to it."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and self.widget() is not None:
            QTimer.singleShot(0, self, lambda: self._show(self._selection.entry))

    def _drop_page(self) -> None:
        """Take the old page away, but leave it alive: one of its own widgets may be what asked for another."""
        old = self.takeWidget()
        if old is not None:
            old.hide()
            old.setParent(self)
            old.deleteLater()

    def _show_summary(self, summary: Summary) -> None:
        jobs, index = summary.envelope.jobs, self._selection.job_index
        job = jobs[index] if index < len(jobs) else None
        if len(jobs) > 1:
            chooser = JobChooser(self._session, self._selection, jobs, self._page)
            self._column.addWidget(chooser)
            if self._chooser_has_focus:
                chooser.list.setFocus()
        self._column.addWidget(Heading(self._session, summary, job, self._page))
        view = summary.views[index] if job is not None else None
        findings = (*summary.findings, *(view.findings if view else ()))
        if findings:
            self._waiting.append(partial(self._findings_card, findings))
        for block in (*(view.blocks if view else ()), *summary.blocks):
            self._waiting.append(partial(self._block_card, block))
        self._column.addStretch(1)

    def _build_some(self) -> None:
        """Make panes for a while; the rest after the window had its turn."""
        until = perf_counter() + STEP
        while self._waiting:
            self._column.insertWidget(self._column.count() - 1, self._waiting.popleft()())
            if perf_counter() >= until:
                break
        if not self._waiting or self._column.minimumSize().height() >= self.viewport().height():
            QTimer.singleShot(0, self, self._show_page)  # after what was posted before: it is laid out
        if self._waiting:
            self._timer.start()
        else:
            self._timer.stop()
            self.built.emit()

    def _show_page(self) -> None:
        self.viewport().setUpdatesEnabled(True)

    def _findings_card(self, findings: Iterable[Finding]) -> QWidget:
        content = FindingList(tuple(findings), self._session, self._selection)
        title = Message("Findings ({number})", {"number": content.rows.rowCount()})
        return TitledCard(self._session, title, content, self._page)

    def _block_card(self, block: Block) -> QWidget:
        pane = PANES[type(block)](block, self._session, self._selection)
        return TitledCard(self._session, block.title, pane, self._page)

    def _speak(self) -> None:
        self.setAccessibleName(self._session.say(Message("Overview")))
