"""A table of a block: sortable, copyable, and for rows that name an object what can be done with it."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from callback_lens.blocks.model import Table
from callback_lens.ui.models.table_model import TableModel
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.node_table import NodeTable
from callback_lens.ui.widgets.object_menu import Choice, object_choices
from callback_lens.ui.widgets.row_tables import sort_by_titles

MOST_SORTED = 20_000  # sorting more would hold up the window


class TablePane(NodeTable):
    """Shows a Table block; a third click on a column's title brings the order of the payload back."""

    def __init__(self, block: Table, session: Session, selection: Selection, parent: QWidget | None = None) -> None:
        self.table_model = TableModel(session, block)
        super().__init__(self.table_model, session, selection, block.title, parent, choices=self._object_choices)
        if len(block.rows) <= MOST_SORTED:
            sort_by_titles(self)

    def _object_choices(self, place: int) -> Iterable[Choice]:
        cos_object = self.table_model.table_row(place).object
        return object_choices(cos_object) if cos_object is not None else ()
