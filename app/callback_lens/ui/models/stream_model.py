"""The streams of a media file side by side: a column for each, a row for each field that any of them has."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont

from callback_lens.blocks.model import Field, Stream
from callback_lens.errors import Message
from callback_lens.payload.units import readable
from callback_lens.ui.models.field_model import LONGEST_NUMBER
from callback_lens.ui.models.plain import shown, tooltip
from callback_lens.ui.models.row_model import Role, RowModel
from callback_lens.ui.models.table_model import EMPTY
from callback_lens.ui.session import Session
from callback_lens.ui.theme import mono_font

MOST_STREAMS = 64  # columns, unlike rows, are all laid out


class StreamModel(RowModel):
    """A media block's streams; the header has each stream's type, number and resolution."""

    def __init__(self, session: Session, streams: Sequence[Stream], parent: QObject | None = None) -> None:
        self._streams = streams[:MOST_STREAMS]
        self._fields = [{field.name: field for field in stream.fields} for stream in self._streams]
        self._names = list(dict.fromkeys(name for fields in self._fields for name in fields))
        self._font = mono_font()
        titles = [Message("{stream}", {"stream": stream_title(stream)}) for stream in self._streams]
        super().__init__(session, (Message("Name"), *titles), len(self._names), parent)

    def path(self, place: int) -> str:
        return self.path_at(place, 0)

    def path_at(self, place: int, column: int) -> str:
        """The path of a cell's node: of that stream's field, or of the first stream that has it."""
        fields = self._fields[column - 1 : column] if column else self._fields
        name = self._names[place]
        return next((stream[name].path for stream in fields if name in stream), "")

    def text(self, place: int, column: int) -> str:
        name = self._names[place]
        if column == 0:
            return name
        field = self._fields[column - 1].get(name)
        return self._value(field) if field else EMPTY

    def look(self, place: int, column: int, role: int) -> Any:
        if role == Role.ForegroundRole and (column == 0 or self.text(place, column) == EMPTY):
            return self.session.theme.color("muted")
        if role == Role.FontRole and column == 0:
            return QFont(self._font)
        if role == Role.ToolTipRole:
            language = self.session.language
            note = language.notes.note(self.path(place), language.name)
            return tooltip(f"{note.term}: {note.note}" if note else self.text(place, column))
        return None

    def _value(self, field: Field) -> str:
        unit = field.unit or self.session.language.notes.unit(field.path)
        said = readable(field.text, unit) if len(field.text) <= LONGEST_NUMBER else None
        return f"{said} ({field.text})" if said and said != field.text else field.text


def stream_title(stream: Stream) -> str:
    """``Video 0 · 1280 × 720``: the resolution where the stream has one."""
    texts = {field.name: field.text for field in stream.fields}
    title = f"{stream.type} {stream.index or ''}".strip()
    size = f" · {texts['Width']} × {texts['Height']}" if "Width" in texts and "Height" in texts else ""
    return shown(f"{title}{size}", 60)
