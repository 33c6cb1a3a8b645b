"""The rows of a table block."""

from typing import Any

from PySide6.QtCore import QObject

from callback_lens.blocks.model import Row, State, Table
from callback_lens.errors import Message
from callback_lens.payload.masking import masked
from callback_lens.payload.numbers import parse_number
from callback_lens.ui.models.plain import tooltip
from callback_lens.ui.models.row_model import Role, RowModel
from callback_lens.ui.session import Session
from callback_lens.ui.states import look_of, state_words

EMPTY = "–"


class TableModel(RowModel):
    """A table block as it is, states by what they mean; numbers are sorted as numbers, empty cells last."""

    def __init__(self, session: Session, table: Table, parent: QObject | None = None) -> None:
        super().__init__(session, table.columns, len(table.rows), parent)
        self._table = table

    def table_row(self, place: int) -> Row:
        """The block's own row."""
        return self._table.rows[place]

    def path(self, place: int) -> str:
        return self._table.rows[place].path

    def text(self, place: int, column: int) -> str:
        cell = self._table.rows[place].cells[column]
        if isinstance(cell, State):
            cell = state_words(cell)
        if isinstance(cell, Message):
            return self.session.say(cell)
        return EMPTY if cell is None else masked("", cell)

    def look(self, place: int, column: int, role: int) -> Any:
        cell = self._table.rows[place].cells[column]
        match role, cell:
            case Role.DecorationRole, State():
                return self.session.theme.icon(*look_of(cell))
            case Role.ForegroundRole, State():
                return self.session.theme.color(look_of(cell)[1])
            case Role.ForegroundRole, None:
                return self.session.theme.color("muted")
            case Role.ToolTipRole, State():
                return tooltip(cell)
        return super().look(place, column, role)

    def sort_key(self, place: int, column: int) -> Any:
        if self._table.rows[place].cells[column] is None:
            return (2, 0.0, "")
        text = self.text(place, column)
        number = parse_number(text) if len(text) < 40 else None
        return (1, 0.0, text.casefold()) if number is None else (0, float(number), text)
