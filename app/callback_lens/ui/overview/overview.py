"""The Overview tab: heading, findings first, then the blocks of the job."""

from collections.abc import Iterator
from importlib import import_module
from time import perf_counter
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.ui.entries import Entry
from callback_lens.ui.overview.loading import modules_ahead
from callback_lens.ui.overview.placeholders import Nothing, Unreadable
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import WIDE

if TYPE_CHECKING:
    from callback_lens.tags import Summary
    from callback_lens.ui.overview.cards import Step
    from callback_lens.ui.overview.job_chooser import JobChooser
    from callback_lens.ui.timeline.timeline_pane import TimelinePane

TIMELINE_PANE = "timeline-pane"  # as the object is called: its module would load numpy
STEP = 0.006  # seconds of building, then the window has its turn
PAUSE = 2  # ms: what has been built is laid out and painted, and other timers have theirs


class Overview(QScrollArea):
    """Follows the selection's entry and job; ``built`` is emitted when all their cards are there."""

    built = Signal()

    def __init__(self, session: Session, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self._chooser: JobChooser | None = None
        self._cards: Iterator[Step] = iter(())
        self._modules = modules_ahead()
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._build_some)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page = QWidget(self)
        self._page.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # no wider than the viewport
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        self._column.setSpacing(WIDE)
        self.setWidget(self._page)
        selection.entry_changed.connect(self._show)
        selection.job_changed.connect(lambda _: self._show(selection.entry))
        session.language_changed.connect(self._speak)
        self._speak()
        self._show(selection.entry)

    @property
    def is_built(self) -> bool:
        """True when nothing of the entry is still to be shown."""
        return not self._timer.isActive()

    @property
    def timeline_pane(self) -> "TimelinePane | None":
        """The timeline of the job that is shown, if it has one."""
        items = [self._column.itemAt(place) for place in range(self._column.count())]
        cards = [card for item in items if item is not None and (card := item.widget()) is not None]
        panes = [pane for card in cards for pane in card.findChildren(QWidget, TIMELINE_PANE)]
        return cast("TimelinePane | None", panes[0] if panes else None)

    def prepare(self) -> None:
        """Load what the cards of a payload need, a part in each turn: it is time while the payload is being read."""
        name = next(self._modules, None)
        if name is not None:
            import_module(f"callback_lens.ui.{name}")
            QTimer.singleShot(PAUSE, self, self.prepare)

    def _show(self, entry: Entry | None) -> None:
        chooser_has_focus = self._chooser is not None and self._chooser.list.hasFocus()
        self.viewport().setUpdatesEnabled(False)  # the old cards stay in sight until there is a screenful of the new
        self._drop_cards()
        self._cards = iter(())
        if entry is None:
            self._column.addWidget(Nothing(self._session, self._page))
        elif entry.error is not None:
            self._column.addWidget(Unreadable(self._session, entry.name, entry.error, self._page))
            self._column.addStretch(1)
        elif entry.summary is not None:
            self._add_chooser(entry.summary, chooser_has_focus)
            self._column.addStretch(1)
            self._cards = self._cards_of(entry.summary)
        self.verticalScrollBar().setValue(0)
        if entry is not None and entry.summary is not None:
            self._timer.start()  # after the tree, which shows the same entry
        else:
            self._build_some()

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size: sizes were in proportion to it."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            QTimer.singleShot(0, self, lambda: self._show(self._selection.entry))

    def _drop_cards(self) -> None:
        """Take the old cards away, but leave them alive: one of their own widgets may be what asked for others."""
        self._chooser = None
        while item := self._column.takeAt(0):
            card = item.widget()
            if card is not None:
                card.hide()
                QTimer.singleShot(0, card, card.deleteLater)  # in a turn of its own: the payload may go with it

    def _add_chooser(self, summary: "Summary", has_focus: bool) -> None:
        jobs = summary.envelope.jobs
        if len(jobs) < 2:
            return
        from callback_lens.ui.overview.job_chooser import JobChooser

        self._chooser = JobChooser(self._session, self._selection, jobs, self._page)
        self._column.addWidget(self._chooser)
        if has_focus:
            self._chooser.list.setFocus()

    def _cards_of(self, summary: "Summary") -> "Iterator[Step]":
        from callback_lens.ui.overview.cards import cards  # an empty window starts faster without

        yield from cards(summary, self._session, self._selection, self._page)

    def _build_some(self) -> None:
        """Make cards for a while; the rest after the window had its turn, and painted the first screenful."""
        if not self.viewport().updatesEnabled() and self._column.minimumSize().height() >= self.viewport().height():
            self._show_cards()
            return
        until = perf_counter() + STEP
        for step in self._cards:
            card = step()
            if card is not None:
                self._column.insertWidget(self._column.count() - 1, card)
            if perf_counter() >= until:
                break
        else:
            self._timer.stop()
        if self.is_built:
            QTimer.singleShot(0, self, self._show_cards)  # after what was posted before: it is laid out
            self.built.emit()

    def _show_cards(self) -> None:
        self.viewport().setUpdatesEnabled(True)

    def _speak(self) -> None:
        self.setAccessibleName(self._session.say(Message("Overview")))
