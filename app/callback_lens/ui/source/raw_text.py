"""Bytes as text in an encoding of the user's choice, prepared piece by piece."""

import codecs
from array import array
from collections.abc import Callable
from dataclasses import dataclass

from callback_lens.errors import UserError
from callback_lens.payload.decode import BOMS, decode
from callback_lens.payload.inputs import Input
from callback_lens.ui.entries import Entry
from callback_lens.ui.text.raw_rows import RawRows, line_starts, wrapped

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "latin-1", "cp1252")
PIECE = 1 << 18  # bytes decoded at a time: a C call holds the interpreter


@dataclass(frozen=True, slots=True)
class RawText:
    """A text, the offsets of its lines, the encoding it was read in, and where the entry's own document begins."""

    text: str
    lines: "array[int]"
    encoding: str
    document: int


def read_text(entry: Entry, given: Input, encoding: str | None, check: Callable[[], None]) -> RawText:
    """The text of ``given``, whatever its bytes: what is not valid becomes replacement marks.

    ``encoding`` is None for the one the payload was read in, or appears to have.
    """
    name = encoding or _detected(entry, given)
    bom = next((bom for bom, other in BOMS if other == name and given.content.startswith(bom)), b"")
    decoder = codecs.getincrementaldecoder(name)("replace")
    pieces = []
    for start in range(len(bom), len(given.content), PIECE):
        check()
        pieces.append(decoder.decode(given.content[start : start + PIECE]))
    text = "".join([*pieces, decoder.decode(b"", final=True)])
    return RawText(text, line_starts(text, check), name, _document_offset(entry, text))


def raw_rows(raw: RawText, cells: int | None, check: Callable[[], None]) -> RawRows:
    """The rows of ``raw``: wrapped after ``cells``, or a row for each line."""
    if cells is not None:
        return RawRows(raw.text, raw.lines, wrapped(raw.text, raw.lines, cells, check))
    rows = RawRows(raw.text, raw.lines, raw.lines)
    rows.measure_long_lines(check)
    return rows


def fault_offset(entry: Entry, given: Input, rows: RawRows) -> int | None:
    """The offset of the entry's error in the text of ``given``; None where it has no place."""
    position = entry.error.position if entry.error else None
    if position is None:
        return None
    head_lines = given.request.body_line - 1 if given.request else 0  # errors count the lines of the whole file
    start = rows.line_start(max(position.line - head_lines, 1))
    return min(start + position.column - 1, len(rows.text))


def _detected(entry: Entry, given: Input) -> str:
    if entry.summary is not None:
        return entry.summary.document.source.encoding
    try:
        return decode(given.content).encoding
    except UserError:
        return "utf-8"


def _document_offset(entry: Entry, text: str) -> int:
    document = entry.summary.document if entry.summary else None
    return max(text.find(document.text), 0) if document and document.source.index else 0
