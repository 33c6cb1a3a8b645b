"""Names and values, with what each node means and how its number reads."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont

from callback_lens.blocks.model import Field
from callback_lens.errors import Message
from callback_lens.payload.masking import masked
from callback_lens.payload.units import readable
from callback_lens.ui.models.plain import shown, tooltip
from callback_lens.ui.models.row_model import ASIDE, Role, RowModel
from callback_lens.ui.session import Session
from callback_lens.ui.theme import mono_font

NAME, VALUE, READABLE, TERM = range(4)
COLUMNS = (Message("Name"), Message("Value"), Message("Readable"), Message("Meaning"))
MEANINGS = {NAME: "muted", READABLE: "muted", TERM: "muted"}
LONGEST_NUMBER = 40


class FieldModel(RowModel):
    """A row for each field; secrets are masked until ``reveal`` is asked for one."""

    def __init__(self, session: Session, fields: Sequence[Field], parent: QObject | None = None) -> None:
        super().__init__(session, COLUMNS, len(fields), parent)
        self._fields = fields
        self._revealed: set[int] = set()
        self._font = mono_font()

    def path(self, place: int) -> str:
        return self._fields[place].path

    def text(self, place: int, column: int) -> str:
        field = self._fields[place]
        if column == NAME:
            return field.name
        if column == VALUE:
            return field.text if place in self._revealed else masked(_node_name(field), field.text)
        return self._readable(field) if column == READABLE else self._term(field)

    def look(self, place: int, column: int, role: int) -> Any:
        if column == VALUE and role in (ASIDE, Role.AccessibleTextRole):
            said = self.text(place, READABLE)
            return said if role == ASIDE else shown(f"{self.text(place, VALUE)} ({said})") if said else None
        if role == Role.ForegroundRole and column in MEANINGS:
            return self.session.theme.color(MEANINGS[column])
        if role == Role.FontRole and column == NAME:
            return QFont(self._font)
        if role == Role.ToolTipRole:
            return tooltip(self.text(place, VALUE) if column == VALUE else self.note(place) or self.text(place, column))
        return None

    def note(self, place: int) -> str | None:
        """What the field means, in a sentence or two; None when nothing is known of it."""
        language = self.session.language
        note = language.notes.note(self._fields[place].path, language.name)
        return note.note if note else None

    def is_masked(self, place: int) -> bool:
        """Whether the value has a secret that is not shown."""
        return self.text(place, VALUE) != self._fields[place].text

    def reveal(self, place: int) -> None:
        """Show the value with its secret."""
        self._revealed.add(place)
        self.refresh()

    def _readable(self, field: Field) -> str:
        if len(field.text) > LONGEST_NUMBER:
            return ""
        return readable(field.text, field.unit or self.session.language.notes.unit(field.path)) or ""

    def _term(self, field: Field) -> str:
        language = self.session.language
        note = language.notes.note(field.path, language.name)
        return note.term if note else ""


def _node_name(field: Field) -> str:
    """The node's own name: ``name`` may be a path below the block's node."""
    return field.name.rpartition(".")[2]
