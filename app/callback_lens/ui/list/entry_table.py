"""The table of the list: several rows can be chosen, and closed or copied from."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from callback_lens.errors import Message
from callback_lens.ui.entries import Entry
from callback_lens.ui.list.entry_model import EntryModel
from callback_lens.ui.list.rows import COLUMNS, row_of
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.focus_delegate import FocusDelegate
from callback_lens.ui.widgets.menus import asked_about, show_menu
from callback_lens.ui.widgets.object_menu import Choice, copy_text, object_choices
from callback_lens.ui.widgets.row_tables import show_as_rows, sort_by_titles

PADDING = 6  # pixels that Qt keeps free beside the text of a cell


class EntryTable(QTableView):
    """Shows an EntryModel; ``close_wanted`` asks for the selected rows to be taken off the list."""

    close_wanted = Signal()

    def __init__(self, session: Session, model: EntryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._entries = model
        self.setModel(model)
        self.setItemDelegate(FocusDelegate(session, self))
        show_as_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsMovable(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        sort_by_titles(self)
        for number, column in enumerate(COLUMNS):
            self.setColumnWidth(number, self.fontMetrics().horizontalAdvance(column.widest) + PADDING)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.close_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index, at = asked_about(self, event)
        entry = self._entries.entry(index)
        if entry is not None:
            show_menu(self._session, self._choices(entry), at, self)

    def _choices(self, entry: Entry) -> Iterator[Choice]:
        row = row_of(entry)
        jobs = entry.summary.envelope.jobs if entry.summary else ()
        if row.job_id:
            yield Message("Copy the ID"), lambda: copy_text(row.job_id)
        if jobs and jobs[0].input:
            yield from object_choices(jobs[0].input.object)
        yield Message("Copy file path"), lambda: copy_text(entry.name)
        yield Message("Close"), self.close_wanted.emit
