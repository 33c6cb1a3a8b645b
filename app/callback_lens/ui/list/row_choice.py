"""Which row is open and which are selected: by what they stand for, while rows come and go."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QObject, Signal

from callback_lens.ui.entries import Entry
from callback_lens.ui.list.entry_model import EntryModel, Key
from callback_lens.ui.list.entry_table import EntryTable
from callback_lens.ui.selection import Selection

MOST_RESELECTED = 500  # rows, when the list is made anew
Flag = QItemSelectionModel.SelectionFlag


class RowChoice(QObject):
    """Opens the entry of the current row; ``capture_chosen`` carries the id of a capture, to be loaded, and
    ``given_up`` says that the one chosen before is not wanted any more.
    """

    capture_chosen = Signal(object)
    given_up = Signal()

    def __init__(self, selection: Selection, table: EntryTable, model: EntryModel, parent: QObject) -> None:
        super().__init__(parent)
        self._selection = selection
        self._table = table
        self._model = model
        self._current: Key | None = None
        self._selected: list[Key] = []
        self._is_sought = self._is_still = False
        selection.entry_changed.connect(self._show_open)
        table.moved.connect(self._stop_seeking)
        table.selectionModel().currentRowChanged.connect(self._open)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._select_again)
        model.rowsInserted.connect(self._find_sought)

    def show_capture(self, capture_id: int) -> None:
        """Show a capture, and its row as soon as that is in the list."""
        index = self._model.index_of(capture_id)
        if index.isValid():
            self._table.setCurrentIndex(index)
        else:
            self._current, self._is_sought = capture_id, True
            self.capture_chosen.emit(capture_id)

    def show_row(self, row: int) -> None:
        """Open what is in that row now, or in the last one."""
        self._current = None
        if not self._model.rowCount():
            self._selection.open(None)
            return
        self._table.setCurrentIndex(QModelIndex())
        self._table.setCurrentIndex(self._model.index(min(max(row, 0), self._model.rowCount() - 1), 0))

    def seek(self) -> None:
        """The rows are others now: show that of what is open, as soon as it is there, otherwise the first."""
        index = self._model.index_of(self._current)
        self._is_sought = not index.isValid()
        if index.isValid():
            self._table.scrollTo(index)
        else:
            self._table.scrollToTop()

    @property
    def is_lost(self) -> bool:
        """Whether what is open has no row."""
        return self._current is not None and not self._model.index_of(self._current).isValid()

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Rows come and go, and nothing else is opened or scrolled to for that."""
        self._is_still = True
        self._table.setAutoScroll(False)
        try:
            yield
        finally:
            self._table.setAutoScroll(True)
            self._is_still = False

    def _open(self, current: QModelIndex) -> None:
        key = self._model.key(current.row()) if current.isValid() else None
        if key is None or key == self._current or self._is_still:
            return
        self._current = key
        self.given_up.emit()
        if isinstance(key, int):
            self.capture_chosen.emit(key)
        elif key is not self._selection.entry:
            self._selection.open(key)

    def _show_open(self, entry: Entry | None) -> None:
        """Something was opened, here or elsewhere."""
        self._current = entry.capture.id if entry and entry.capture else entry
        self.given_up.emit()
        index = self._model.index_of(self._current)
        is_current = index.row() == self._table.currentIndex().row()
        if not is_current or not self._table.selectionModel().isSelected(index):
            self._table.setCurrentIndex(index)

    def _remember(self) -> None:
        """What is selected, unless that is very much."""
        runs = self._table.selected_runs()
        is_much = sum(last - first + 1 for first, last in runs) > MOST_RESELECTED
        rows = [] if is_much else [row for first, last in runs for row in range(first, last + 1)]
        self._selected = [key for row in rows if (key := self._model.key(row)) is not None]

    def _select_again(self) -> None:
        selection = self._table.selectionModel()
        with self.standing_still():
            selection.setCurrentIndex(self._model.index_of(self._current), Flag.Rows | Flag.ClearAndSelect)
            for key in self._selected:
                selection.select(self._model.index_of(key), Flag.Rows | Flag.Select)

    def _find_sought(self) -> None:
        if self._is_sought and (index := self._model.index_of(self._current)).isValid():
            self._stop_seeking()
            self._table.setCurrentIndex(index)
            self._table.scrollTo(index, self._table.ScrollHint.PositionAtCenter)

    def _stop_seeking(self) -> None:
        self._is_sought = False
