"""The list with its filter box: what is selected here is what the window shows."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QEvent, QModelIndex, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.ui.entries import Entry
from callback_lens.ui.list.entry_model import EntryModel
from callback_lens.ui.list.entry_table import EntryTable
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, ROOMY, TIGHT, icon_size, line_height

NAME = Message("Callbacks")
FILTER = Message("Filter rows")
FILTER_TIP = Message("Show only rows with this text in tag, state, object, job id or file name")
EMPTY = Message("Nothing is open yet.\n\nDrop files here, or paste a callback.")
NO_MATCH = Message("No row has this text in it.")


class EntryList(QWidget):
    """The rows that were opened."""

    def __init__(self, session: Session, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self.model = EntryModel(session, self)
        self.filter_box = QLineEdit(self)
        self.table = EntryTable(session, self.model, self)
        self._empty = QLabel(self)
        self._filter_icon = QAction(self)
        self._line_height = line_height()
        self.filter_box.addAction(self._filter_icon, QLineEdit.ActionPosition.LeadingPosition)
        self.filter_box.setClearButtonEnabled(True)
        self._arrange()
        self.filter_box.textChanged.connect(self._filter)
        self.filter_box.installEventFilter(self)
        self.table.close_wanted.connect(self.close_selected)
        self.table.selectionModel().currentRowChanged.connect(self._open)
        self.model.modelReset.connect(self._keep_current)
        self.model.rowsInserted.connect(self._show_emptiness)
        selection.entry_changed.connect(self._select)
        session.language_changed.connect(self._say)
        session.theme_changed.connect(self._draw)
        self._say()
        self._draw()

    def add(self, entries: Sequence[Entry], select: bool) -> None:
        """Add rows at the end, and show the first of them if asked to."""
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
        """Take the selected rows off the list; the row below is shown next."""
        chosen = [entry for index in self.table.selectionModel().selectedRows() if (entry := self.model.entry(index))]
        self.close_entries(chosen or [entry for entry in [self._selection.entry] if entry])

    def close_entries(self, entries: Sequence[Entry]) -> None:
        """Take ``entries`` off the list."""
        row = self.table.currentIndex().row()
        was_open = self._selection.entry in entries
        self.model.remove(entries)
        if was_open:
            last = self.model.rowCount() - 1
            self._selection.open(self.model.entry(self.model.index(min(max(row, 0), last), 0)))

    def focus_rows(self) -> None:
        """Let the keys choose among the rows, unless the user is typing into the filter box."""
        if not self.filter_box.text():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_filter(self) -> None:
        """Let the user type into the filter box."""
        self.filter_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_box.selectAll()

    def state(self) -> QByteArray:
        """Widths and order of the columns, to be kept."""
        return self.table.horizontalHeader().saveState()

    def restore(self, state: QByteArray) -> None:
        """Widths and order as they were kept."""
        self.table.horizontalHeader().restoreState(state)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape empties the filter box; the arrows go to the rows."""
        if watched is self.filter_box and event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]  # a QKeyEvent by its type
            if key == Qt.Key.Key_Escape and self.filter_box.text():
                self.filter_box.clear()
                return True
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        box = QVBoxLayout()
        box.setContentsMargins(GAP, TIGHT, GAP, TIGHT)
        box.addWidget(self.filter_box)
        layout.addLayout(box)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        layout.addLayout(self._stack, 1)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setMargin(ROOMY)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)

    def _job_count(self) -> int:
        summary = self._selection.entry.summary if self._selection.entry else None
        return len(summary.envelope.jobs) if summary else 0

    def _open(self, current: QModelIndex) -> None:
        entry = self.model.entry(current)
        if entry is not None and entry is not self._selection.entry:
            self._selection.open(entry)

    def _select(self, entry: Entry | None) -> None:
        index = self.model.index_of(entry)
        is_current = index.row() == self.table.currentIndex().row()
        if not is_current or not self.table.selectionModel().isSelected(index):
            self.table.setCurrentIndex(index)

    def _keep_current(self) -> None:
        self._select(self._selection.entry)
        self._show_emptiness()

    def _filter(self, text: str) -> None:
        self.model.filter(text)

    def _show_emptiness(self) -> None:
        is_empty = not self.model.rowCount()
        self._stack.setCurrentWidget(self._empty if is_empty else self.table)
        self._empty.setText(self._session.say(NO_MATCH if self.model.entries else EMPTY))

    def _say(self) -> None:
        say = self._session.say
        self.table.setAccessibleName(say(NAME))
        self.filter_box.setPlaceholderText(say(FILTER))
        self.filter_box.setAccessibleName(say(FILTER))
        self.filter_box.setToolTip(say(FILTER_TIP))
        self._show_emptiness()

    def _draw(self) -> None:
        theme = self._session.theme
        self._filter_icon.setIcon(theme.icon("filter", "muted"))
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
