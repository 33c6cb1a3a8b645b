"""How the rows of the list look: made once for each row, for views ask for each cell again and again."""

from collections.abc import Mapping
from html import escape
from typing import Any

from PySide6.QtCore import Qt

from callback_lens.errors import Message
from callback_lens.payload.unpack import visible
from callback_lens.ui.entries import Entry
from callback_lens.ui.list.rows import COLUMNS, Row, Text
from callback_lens.ui.models.plain import LONGEST_TOOLTIP
from callback_lens.ui.session import Session

NUMBERS = {column.id: number for number, column in enumerate(COLUMNS)}
TIME, TAG, STATE, LAG = (NUMBERS[name] for name in ("time", "tag", "state", "lag"))
ALIGNMENTS = (
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,  # numbers
)
COLUMN_ALIGNMENTS = tuple(ALIGNMENTS[column.is_number] for column in COLUMNS)
BLANK = Row(None, None, "…", 0, "", "", ("waiting", "muted"), "", "", "", None, None)  # of a capture not yet known
CLOCK_SKEW = Message("It arrived before its job had ended: the clocks of sender and receiver differ")
DISPLAY, DECORATION, FOREGROUND, ALIGNMENT = (
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.TextAlignmentRole,
    )
)
Cells = Mapping[int, tuple[Any, ...]]  # by role and column


def cells_of(row: Row, session: Session) -> Cells:
    """What the cells of ``row`` have for each role; what all rows have alike is not in it."""
    icons: list[Any] = [None] * len(COLUMNS)
    icons[STATE] = session.theme.icon(*row.look)
    if row.capture and (row.capture.is_pinned or row.capture.note):
        icons[TIME] = session.theme.icon("pin" if row.capture.is_pinned else "note", "accent")
    colors: list[Any] = [None] * len(COLUMNS)
    colors[STATE] = session.theme.color(row.look[1])
    if row is BLANK or not row.tag:
        colors[TAG] = session.theme.color("muted")
    texts = tuple(words(column.text(row), session) for column in COLUMNS)
    return {DISPLAY: texts, DECORATION: tuple(icons), FOREGROUND: tuple(colors), ALIGNMENT: COLUMN_ALIGNMENTS}


def words(text: Text, session: Session) -> str:
    """``text`` in the language of the window."""
    return session.say(text) if isinstance(text, Message) else text


def tooltip_of(row: Row, column: int, session: Session) -> str:
    """As escaped HTML: Qt takes some plain texts for HTML, too."""
    lines = _of_capture(row, column, session) if row.entry is None else _of_entry(row, row.entry, session)
    if column == STATE:
        lines.insert(0, row.written_state)
    return f"<qt>{'<br>'.join(escape(line[:LONGEST_TOOLTIP]) for line in lines if line)}</qt>"


def _of_entry(row: Row, entry: Entry, session: Session) -> list[str]:
    error = visible(session.say(entry.error.message)) if entry.error else ""
    time = visible(row.time.raw) if row.time else ""
    return [entry.given.source if entry.given else visible(entry.name), time, error]


def _of_capture(row: Row, column: int, session: Session) -> list[str]:
    skew = session.say(CLOCK_SKEW) if column == LAG and (row.lag_ms or 0) < 0 else ""
    return [row.request, row.time.raw if row.time else "", row.remarks, skew]
