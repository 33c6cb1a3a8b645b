"""The list with its filter box: what is selected here is what the window shows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.ui.entries import Entry
from callback_lens.ui.list.capture_part import CapturePart
from callback_lens.ui.list.entry_model import EntryModel
from callback_lens.ui.list.entry_table import Asked, EntryTable
from callback_lens.ui.list.filter_box import FilterBox
from callback_lens.ui.list.row_choice import RowChoice
from callback_lens.ui.list.row_menu import capture_choices, entry_choices
from callback_lens.ui.list.rows import COLUMNS
from callback_lens.ui.list.status_line import StatusLine
from callback_lens.ui.live.capture_store import CaptureStore
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, ROOMY, TIGHT, icon_size, line_height
from callback_lens.ui.widgets.menus import show_menu

if TYPE_CHECKING:
    from callback_lens.store.filters.model import Filter
    from callback_lens.store.model import Capture

NAME = Message("Callbacks")
EMPTY = Message("Nothing is open yet.\n\nDrop files here, or paste a callback.")
NO_MATCH = Message("No row fits the filter.")


class EntryList(QWidget):
    """The rows that were opened, and the captures.

    ``arrived`` carries what is new as an Arrived, ``unread_changed`` how many captures nobody has looked at,
    ``replay_wanted`` the ids of captures to be sent again, ``emptiness_changed`` whether it ``is_empty``.
    """

    arrived = Signal(object)
    unread_changed = Signal(object)
    replay_wanted = Signal(object)
    emptiness_changed = Signal(object)

    def __init__(
        self,
        session: Session,
        selection: Selection,
        captures: CaptureStore | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self.model = EntryModel(session, self)
        self.filter_box = FilterBox(session, self)
        self.status = StatusLine(session, self)
        self.table = EntryTable(session, self.model, self)
        self.captures = CapturePart(session, captures, self.table, self.model, self) if captures else None
        self._choice = RowChoice(selection, self.table, self.model, self)
        self._empty = QLabel(self)
        self._line_height = line_height()
        self._arrange()
        self._connect()
        if self.captures:
            self._connect_captures(self.captures)
        self._say()
        self._draw()

    @property
    def unread(self) -> int:
        """How many captures came that nobody has looked at."""
        return self.captures.arrivals.unread if self.captures else 0

    @property
    def follows_newest(self) -> bool:
        """Whether the newest capture is shown as soon as it comes."""
        return self.captures is not None and self.captures.follow.isChecked()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is open, and nothing was captured as far as is known."""
        is_known = self.captures is None or self.captures.is_filled
        return is_known and not self.model.rowCount() and not self.filter_box.text()

    def show_capture(self, capture_id: int) -> None:
        """Show a capture, and its row where that is in the list."""
        self._choice.show_capture(capture_id)

    def toggle_follow(self) -> None:
        """Show the newest capture as soon as it comes, or no longer."""
        self.set_follow(not self.follows_newest)

    def set_follow(self, is_on: bool) -> None:
        """Show the newest capture as soon as it comes, or no longer."""
        if self.captures:
            self.captures.follow.setChecked(is_on)

    def selected_ids(self) -> list[int]:
        """The captures of the selected rows, from top to bottom."""
        return [one for run in self.table.selected_runs() for one in self.model.capture_ids(*run)]

    def pin_selected(self) -> None:
        """Pin the selected captures; unpin them where the current one is pinned."""
        current = self._current_capture()
        if self.captures and (ids := self.selected_ids()):
            self.captures.changes.pin(ids, not (current and current.is_pinned))

    def note_selected(self) -> None:
        """Ask for a note on the selected captures."""
        from callback_lens.ui.list.note_dialog import NoteDialog

        captures, ids, current = self.captures, self.selected_ids(), self._current_capture()
        if captures and ids:
            note = (current.note or "") if current else ""
            NoteDialog(self._session, note, lambda said: captures.changes.annotate(ids, said), self.window()).open()

    def delete_selected(self) -> None:
        """Delete the selected captures, unless that is undone in time."""
        if self.captures and (ids := self.selected_ids()):
            self.captures.changes.delete(ids)

    def undo_delete(self) -> None:
        """Have those back that were deleted last."""
        if self.captures:
            self.captures.changes.undo()

    def want_replay(self) -> None:
        """Ask for the selected captures to be sent again."""
        if ids := self.selected_ids():
            self.replay_wanted.emit(ids)

    def read_all(self) -> None:
        """No capture is unread any more."""
        if self.captures:
            self.captures.arrivals.read_all()

    def show_deliveries(self, job_id: str) -> None:
        """Show only the captures of a job."""
        from callback_lens.store.filters.model import Key as FilterKey
        from callback_lens.store.filters.model import Term

        self.filter_box.setText(str(Term(FilterKey.JOB, job_id)))
        if self.captures:
            self.captures.once.setChecked(False)

    def add(self, entries: Sequence[Entry], select: bool) -> None:
        """Add rows at the end of those opened, and show the first of them if asked to."""
        self.model.add(entries)
        if select and entries and entries[0] is not self._selection.entry:
            self._selection.open(entries[0])

    def replace(self, name: str, entries: Sequence[Entry]) -> None:
        """Put ``entries`` in place of the rows of the file ``name``; what is selected stays selected by its path."""
        open_now, node, job = self._selection.entry, self._selection.node, self._selection.job_index
        before = [entry for entry in self.model.entries if entry.name == name]
        self.model.replace(name, entries)
        if open_now in before and entries:
            self._selection.open(entries[min(before.index(open_now), len(entries) - 1)])
            self._selection.select_job(job if job < self._job_count() else 0)
            if node is not None:
                self._selection.select_path(node.path)

    def close_selected(self) -> None:
        """Take the selected rows of what was opened off the list; the row below is shown next."""
        chosen = [entry for run in self.table.selected_runs() for entry in self.model.entries_between(*run)]
        self.close_entries(chosen or [entry for entry in self.model.entries if entry is self._selection.entry])

    def close_entries(self, entries: Sequence[Entry]) -> None:
        """Take ``entries`` off the list."""
        row = self.table.currentIndex().row()
        was_open = self._selection.entry in entries
        self.model.remove(entries)
        if was_open:
            self._choice.show_row(row)

    def focus_rows(self) -> None:
        """Let the keys choose among the rows, unless the user is typing into the filter box."""
        if not self.filter_box.text():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> None:
        """Let the user type into the filter box."""
        self.filter_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_box.selectAll()

    def state(self) -> QByteArray:
        """Widths, order and choice of the columns, and what they are sorted by, to be kept."""
        return QByteArray(b"%d:" % len(COLUMNS)) + self.table.horizontalHeader().saveState()

    def restore(self, state: QByteArray) -> None:
        """The columns as they were kept; those of another version are left as they are."""
        mark = b"%d:" % len(COLUMNS)
        if state.startsWith(mark):
            self.table.horizontalHeader().restoreState(state.mid(len(mark)))

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        box = QHBoxLayout()
        box.setContentsMargins(GAP, TIGHT, GAP, TIGHT)
        box.setSpacing(TIGHT)
        box.addWidget(self.filter_box, 1)
        for button in (self.captures.once, self.captures.follow) if self.captures else ():
            box.addWidget(button)
        layout.addLayout(box)
        layout.addWidget(self.status)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        layout.addLayout(self._stack, 1)
        for line in (self.captures.reading_line, self.captures.undo_line) if self.captures else ():
            layout.addWidget(line)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setMargin(ROOMY)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)

    def _connect(self) -> None:
        self.filter_box.seen = self.model.values
        self.filter_box.changed.connect(self._filter)
        self.filter_box.failed.connect(self.status.show_problem)
        self.filter_box.left.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.table.removal_wanted.connect(self._remove_selected)
        self.table.menu_wanted.connect(self._show_menu)
        for changed in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            changed.connect(self._show_emptiness)
        self._session.language_changed.connect(self._say)
        self._session.theme_changed.connect(self._draw)

    def _connect_captures(self, captures: CapturePart) -> None:
        self.filter_box.settled.connect(captures.filter)
        self._choice.capture_chosen.connect(captures.open)
        self._choice.given_up.connect(captures.loading.cancel)
        captures.loading.loaded.connect(self._selection.open)
        captures.arrivals.arrived.connect(self.arrived)
        captures.arrivals.unread_changed.connect(self.unread_changed)
        captures.counted.connect(self.status.show_count)
        captures.feed.filled.connect(self._show_emptiness)
        captures.unsortable.connect(self.status.show_hint)
        captures.changes.hidden.connect(self._hide_captures)
        captures.feed.gone.connect(self._forget_captures)

    def _job_count(self) -> int:
        summary = self._selection.entry.summary if self._selection.entry else None
        return len(summary.envelope.jobs) if summary else 0

    def _current_capture(self) -> "Capture | None":
        key = self.model.key(self.table.currentIndex().row())
        return self.model.capture(key) if isinstance(key, int) else None

    def _filter(self, wanted: "Filter | None") -> None:
        self.model.filter(wanted)
        self._choice.seek()

    def _remove_selected(self) -> None:
        entries = [entry for run in self.table.selected_runs() for entry in self.model.entries_between(*run)]
        self.delete_selected()
        if entries:
            self.close_entries(entries)

    def _hide_captures(self, ids: Sequence[int]) -> None:
        """They are to be deleted: show the row below if what is read is among them."""
        row, was_lost = self.table.currentIndex().row(), self._choice.is_lost
        with self._choice.standing_still():
            self.model.hide(ids)
        if self._choice.is_lost and not was_lost:
            self._choice.show_row(row)

    def _forget_captures(self, ids: Sequence[int]) -> None:
        """Somebody deleted them: what is read stays."""
        with self._choice.standing_still():
            self.model.remove_captures(ids)

    def _show_menu(self, asked: Asked) -> None:
        key = self.model.key(asked.row)
        if isinstance(key, Entry):
            show_menu(self._session, entry_choices(key, self), asked.at, self.table)
        elif key is not None and (capture := self.model.capture(key)):
            show_menu(self._session, capture_choices(capture, self), asked.at, self.table)

    def _show_emptiness(self) -> None:
        is_empty = not self.model.rowCount()
        self._stack.setCurrentWidget(self._empty if is_empty else self.table)
        self._empty.setText(self._session.say(NO_MATCH if self.filter_box.text() else EMPTY))
        self.emptiness_changed.emit(self.is_empty)

    def _say(self) -> None:
        self.table.setAccessibleName(self._session.say(NAME))
        self._show_emptiness()

    def _draw(self) -> None:
        theme = self._session.theme
        self._empty.setStyleSheet(f"color: {theme.colors.muted}; background: {theme.colors.base};")
        self._fit_to_text(line_height())

    def _fit_to_text(self, height: int) -> None:
        """Rows and columns for the size of the text."""
        self.table.verticalHeader().setDefaultSectionSize(height + GAP)
        self.table.setIconSize(QSize(icon_size(), icon_size()))
        if height != self._line_height:
            for column in range(self.model.columnCount()):
                width = round(self.table.columnWidth(column) * height / self._line_height)
                self.table.setColumnWidth(column, width)
            self._line_height = height
            QTimer.singleShot(0, self.table, lambda: self.table.scrollTo(self.table.currentIndex()))
