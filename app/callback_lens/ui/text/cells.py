"""Columns and cells: characters of a fixed-width font take one cell, Chinese ones two, tabs four."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from callback_lens.payload.formatted import Style

# From the first of each pair of characters up to the second.
WIDE_EDGES = (
    *("\u1100\u1160", "\u2e80\u303f", "\u3041\ua4d0", "\uac00\ud7a4", "\uf900\ufb00", "\ufe30\ufe70", "\uff00\uff61"),
    *("\uffe0\uffe7", "\U0001f300\U0001fb00", "\U00020000\U0003fffe"),
)
WIDE_RANGES = "".join(f"{edges[0]}-{chr(ord(edges[1]) - 1)}" for edges in WIDE_EDGES)
WIDE = re.compile(f"[{WIDE_RANGES}]")
RUN = re.compile(rf"(?P<wide>[{WIDE_RANGES}]+)|(?P<tab>\t+)|[^\t{WIDE_RANGES}]+")
WIDE_CELLS, TAB_CELLS = 2, 4
PIECE = 1 << 16  # characters wrapped at a time
BLOCK = 256  # characters between two places whose cell is kept

# What would move the pen, or cannot be drawn: line breaks in values become visible, the rest a mark of its own.
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff]"
)
LINE_BREAK, BAD = "↵", "\ufffd"


class Token(NamedTuple):
    """The columns from ``start`` up to ``end`` are of one style."""

    start: int
    end: int
    style: Style


class Run(NamedTuple):
    """Characters that are drawn in one go; ``cell`` counts from the beginning of what was asked for."""

    text: str
    start: int
    cell: int
    is_wide: bool


def cell_count(text: str) -> int:
    """How many cells ``text`` takes."""
    if text.isascii():
        return len(text) + (TAB_CELLS - 1) * text.count("\t")
    return len(text) + (WIDE_CELLS - 1) * len(WIDE.findall(text)) + (TAB_CELLS - 1) * text.count("\t")


def fitting(text: str, cells: int) -> int:
    """How many characters of ``text`` fit into ``cells``."""
    taken = min(len(text), cells)
    has_tabs = "\t" in text
    if text.isascii() and not has_tabs:
        return taken
    widest = TAB_CELLS if has_tabs else WIDE_CELLS
    while (over := cell_count(text[:taken]) - cells) > 0:
        taken -= -(-over // widest)  # no fewer will do
    return taken


def breaks(text: str, start: int, end: int, cells: int, check: Callable[[], None]) -> Iterator[int]:
    """The offsets at which ``text`` from ``start`` to ``end``, without a line break, goes on in another row."""
    while end - start > cells // TAB_CELLS:
        check()
        ends = _cell_ends(text[start : min(start + PIECE, end)])
        column, used = 0, 0
        while (following := max(bisect_right(ends, used + cells), column + 1)) < len(ends):
            yield start + following
            column, used = following, ends[following - 1]
        if start + len(ends) == end:
            return
        start += column


def _cell_ends(text: str) -> list[int]:
    """The cell behind each character."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    edges = np.array([ord(edge) for pair in WIDE_EDGES for edge in pair], np.uint32)
    widths = 1 + (WIDE_CELLS - 1) * (np.searchsorted(edges, codes, "right") % 2)
    widths[codes == ord("\t")] = TAB_CELLS
    ends: list[int] = np.cumsum(widths).tolist()
    return ends


def runs(text: str) -> list[Run]:
    """``text`` in pieces of characters of one width, without what cannot be drawn; tabs are left out."""
    pieces = []
    cell = 0
    for match in RUN.finditer(text):
        if match["tab"] is None:
            pieces.append(Run(drawable(match[0]), match.start(), cell, match["wide"] is not None))
        cell += cell_count(match[0])
    return pieces


def drawable(text: str) -> str:
    """``text`` with a visible character for each that is not."""
    text = text.replace("\n", LINE_BREAK)
    return text if text.isprintable() else CONTROL.sub(lambda match: " " if match[0] == "\r" else BAD, text)


class Line:
    """The characters of ``text`` from ``start`` to ``end`` as a row: any part is at hand without the whole.

    Columns count characters from 0, cells the places they take.
    """

    def __init__(self, text: str, start: int = 0, end: int | None = None, tokens: Sequence[Token] = ()) -> None:
        self._text = text
        self._start = start
        self.length = (len(text) if end is None else end) - start
        self.tokens = tokens
        is_plain = text.isascii() and text.find("\t", start, start + self.length) < 0
        self._marks = None if is_plain else self._measured()
        self.width = self.length if self._marks is None else self._marks[-1]

    def part(self, start: int, end: int) -> str:
        """The characters from column ``start`` up to ``end``."""
        return self._text[self._start + start : self._start + min(max(end, 0), self.length)]

    def cell_of(self, column: int) -> int:
        """The cell at which ``column`` begins; the width at the end of the line and beyond."""
        column = min(column, self.length)
        if self._marks is None:
            return column
        block = column // BLOCK
        return self._marks[block] + cell_count(self.part(block * BLOCK, column))

    def column_of(self, cell: int) -> int:
        """The column that covers ``cell``; the length beyond the end."""
        if cell >= self.width:
            return self.length
        if self._marks is None:
            return max(cell, 0)
        block = max(bisect_right(self._marks, cell) - 1, 0)
        return block * BLOCK + fitting(self.part(block * BLOCK, (block + 1) * BLOCK), cell - self._marks[block])

    def _measured(self) -> "array[int]":
        marks = array("q", [0])
        for start in range(0, self.length, BLOCK):
            marks.append(marks[-1] + cell_count(self.part(start, start + BLOCK)))
        return marks
