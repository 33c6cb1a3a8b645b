"""The captures in the list: where they come from, what is done to them, which of them are new."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from callback_lens.errors import Message
from callback_lens.payload.limits import Limits
from callback_lens.ui.list.capture_feed import SORTED_AT_MOST, CaptureFeed
from callback_lens.ui.list.entry_model import EntryModel
from callback_lens.ui.list.entry_table import EntryTable
from callback_lens.ui.list.undo_line import UndoLine
from callback_lens.ui.live.capture_arrivals import Arrivals
from callback_lens.ui.live.capture_changes import CaptureChanges
from callback_lens.ui.live.capture_loading import CaptureLoading
from callback_lens.ui.live.capture_store import CaptureStore
from callback_lens.ui.progress import ReadingLine
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.button import Button

if TYPE_CHECKING:
    from callback_lens.store.filters.model import Filter

UNSORTED = Message("More than {most} captures are not sorted: filter first")


class CapturePart(QObject):
    """``counted`` carries words on how many captures there are, ``unsortable`` why they are not sorted, or ""."""

    counted = Signal(object)
    unsortable = Signal(object)

    def __init__(
        self, session: Session, captures: CaptureStore, table: EntryTable, model: EntryModel, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._table = table
        self._model = model
        self._wanted: Filter | None = None
        self.is_filled = not captures.has_some
        self.feed = CaptureFeed(session, captures, model, table.shown_rows, self)
        self.arrivals = Arrivals(captures, self)
        self.loading = CaptureLoading(session, captures, Limits(), self)
        self.changes = CaptureChanges(session, captures, self)
        self.undo_line = UndoLine(session, self.changes, parent)
        self.reading_line = ReadingLine(session, self.loading, parent)
        self.follow = self._switch(session, Message("Follow the newest capture"), "follow", parent)
        self.once = self._switch(session, Message("Leave redeliveries out"), "redelivery", parent)
        self._connect()

    def filter(self, wanted: "Filter | None") -> None:
        """Show only the captures that fit."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._refilter()

    def open(self, capture_id: int) -> None:
        """Show a capture; now it is read."""
        self.loading.load(capture_id)
        self.arrivals.read([capture_id])

    def _connect(self) -> None:
        model = self._model
        model.is_unread = self.arrivals.is_unread
        self.once.toggled.connect(self._refilter)
        self.follow.toggled.connect(self._go_to_newest)
        self._table.moved.connect(lambda: self.follow.setChecked(False))
        self.arrivals.unread_changed.connect(lambda _: self._table.viewport().update())
        self.arrivals.unread_changed.connect(lambda _: self._count())
        self.changes.hidden.connect(self.arrivals.read)
        self.changes.restored.connect(self._restore)
        self.feed.unsorted.connect(self._say_unsorted)
        self.feed.filled.connect(self._note_filled)
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            changed.connect(self._count)
        for changed in (model.rowsInserted, model.modelReset):
            changed.connect(self._go_to_newest)

    def _switch(self, session: Session, words: Message, icon: str, parent: QWidget) -> Button:
        button = Button(session, words, icon, parent, shows_words=False)
        button.setCheckable(True)
        return button

    def _refilter(self) -> None:
        self.is_filled = False
        self.feed.filter(without_redeliveries(self._wanted) if self.once.isChecked() else self._wanted)

    def _restore(self, ids: list[int]) -> None:
        self._model.unhide(ids)
        self.feed.refill()

    def _go_to_newest(self) -> None:
        newest = self._model.newest_capture()
        if self.follow.isChecked() and newest.isValid() and newest.row() != self._table.currentIndex().row():
            self._table.setCurrentIndex(newest)
            self._table.scrollTo(newest, self._table.ScrollHint.PositionAtTop)

    def _note_filled(self) -> None:
        self.is_filled = True
        self._count()

    def _count(self) -> None:
        count = self._model.capture_count
        values = {"count": f"{count:,}", "unread": f"{self.arrivals.unread:,}"}
        if not count and not self.arrivals.unread:
            self.counted.emit("")
        elif not self.is_filled:
            self.counted.emit(Message("Captures: {count} and more", values))
        elif self.arrivals.unread:
            self.counted.emit(Message("Captures: {count} · unread: {unread}", values))
        else:
            self.counted.emit(Message("Captures: {count}", values))

    def _say_unsorted(self, is_unsorted: bool) -> None:
        self.unsortable.emit(Message(UNSORTED.id, {"most": f"{SORTED_AT_MOST:,}"}) if is_unsorted else "")


def without_redeliveries(wanted: "Filter | None") -> "Filter":
    """What fits ``wanted``, of each delivery only the first."""
    from callback_lens.store.filters.model import And, Key, Not, Quality, Term

    once = Not(Term(Key.IS, Quality.DUPLICATE))
    return And((wanted, once)) if wanted is not None else once
