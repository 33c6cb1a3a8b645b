"""Search and filter as the tree shows them: from the search bar to the rows and back."""

from PySide6.QtCore import QModelIndex, QObject, Signal

from callback_lens.errors import Message
from callback_lens.payload.places import Place
from callback_lens.payload.query import Query
from callback_lens.ui.models.node_model import NodeModel
from callback_lens.ui.session import Session
from callback_lens.ui.tree.search import Search
from callback_lens.ui.tree.search_bar import SearchBar
from callback_lens.ui.tree.tree_view import TreeView
from callback_lens.ui.widgets.label import Label


class NodeSearch(QObject):
    """What is looked for in the tree: says how many there are, goes from one to the next, asks for a filter.

    ``filtered`` carries the Shown that the tree should be filtered by, or None for all nodes.
    """

    filtered = Signal(object)

    def __init__(self, session: Session, bar: SearchBar, view: TreeView, model: NodeModel, problem: Label) -> None:
        super().__init__(view)
        self.search = Search(session, self)
        self._bar = bar
        self._view = view
        self._model = model
        self._problem = problem
        self._jumps_to_first = False
        bar.searched.connect(self._look_for)
        bar.stepped.connect(self.step)
        bar.filter_toggled.connect(self._filter)
        self.search.changed.connect(self.tell)
        self.search.ended.connect(self._filter)
        self.search.filtered.connect(self._deliver)

    def restart(self) -> None:
        """Look for the same in another document, and stay where the user is."""
        self._look_for(self._bar.query)
        self._jumps_to_first = False

    def step(self, by: int) -> None:
        """Go to the next match, or with -1 to the one before."""
        place = self.search.next_from(self._here) if by > 0 else self.search.previous_from(self._here)
        if place is not None:
            self._go_to(place)

    def go_to_first(self) -> None:
        """Go to the first match, if there is one."""
        if self.search.places:
            self._go_to(self.search.places[0])

    def is_match(self, index: QModelIndex) -> bool:
        """Whether a row was looked for."""
        has_node = bool(self.search.places) and self._model.node(index) is not None
        return has_node and self.search.has(self._model.place(index))

    def tell(self) -> None:
        """Say how many there are and which of them is selected."""
        self._problem.setVisible(self.search.error is not None)
        self._problem.change(self.search.error.message if self.search.error else "")
        self._bar.field.say_count(self._count())
        self._view.viewport().update()
        if self.search.places and self._jumps_to_first and not self._bar.filter.isChecked():
            self._jumps_to_first = False
            self.go_to_first()

    def escape(self) -> bool:
        """Stop searching, or forget what was searched for; False where there is neither."""
        if self.search.is_running:
            self.search.stop()
        elif self._bar.field.text():
            self._bar.field.clear()
            self._bar.search_now()
        else:
            return False
        return True

    @property
    def _here(self) -> Place:
        """The place of the selected node."""
        return self._model.place(self._view.currentIndex())

    def _look_for(self, query: Query) -> None:
        self._jumps_to_first = True
        self.search.start(self._model.top, query)

    def _go_to(self, place: Place) -> None:
        index = self._model.index_at(place)
        if index.isValid():
            self._view.reveal(index)

    def _count(self) -> Message | str:
        count = len(self.search.places)
        number = self.search.number_of(self._here)
        values = {"count": f"{count:,}", "number": f"{number:,}" if number else ""}
        if not self.search.query.text or self.search.error:
            return ""
        if self.search.is_running or self.search.is_stopped:
            so_far = Message("{number} of {count} so far", values)
            return so_far if number else Message("{count} so far", values)
        if not count:
            return Message("no match")
        return Message("{number} of {count}", values) if number else Message("{count} found", values)

    def _filter(self, _: object = None) -> None:
        """Ask for what the search found if the filter is on, otherwise for everything."""
        if self._bar.filter.isChecked() and self.search.query.text and not self.search.error:
            if not self.search.is_running:
                self.search.filter()
        elif self._model.shown is not None:
            self.filtered.emit(None)

    def _deliver(self, shown: object) -> None:
        if self._bar.filter.isChecked():
            self.filtered.emit(shown)
