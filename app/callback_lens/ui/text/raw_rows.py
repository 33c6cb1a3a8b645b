"""A text as it was written, its long lines wrapped or not, as rows."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator

from callback_lens.ui.text.cells import Line, breaks
from callback_lens.ui.text.rows import Place, Span

KEPT = 512  # lines: a few screens
LONG = 1 << 14  # characters that are worth measuring before anybody looks
PIECE = 1 << 18  # characters searched at a time: a C call holds the interpreter


class RawRows:
    """The rows of ``text`` that begin at the offsets ``starts``, a superset of ``lines``, the offsets of its lines."""

    def __init__(self, text: str, lines: "array[int]", starts: "array[int]") -> None:
        self.text = text
        self._lines = lines
        self._starts = starts
        self._kept: dict[int, Line] = {}

    def __len__(self) -> int:
        return len(self._starts)

    @property
    def line_count(self) -> int:
        """How many lines there are, however many rows they take."""
        return len(self._lines)

    @property
    def label_length(self) -> int:
        return len(str(len(self._lines)))

    def label(self, row: int) -> str:
        start = self._starts[row]
        number = bisect_right(self._lines, start)
        return str(number) if self._lines[number - 1] == start else ""

    def line(self, row: int) -> Line:
        if row not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept = {number: line for number, line in self._kept.items() if line.length > LONG}
            start, end = self._starts[row], self._end(row)
            self._kept[row] = Line(self.text, start, end - self.text.endswith("\n", start, end))
        return self._kept[row]

    def measure_long_lines(self, check: Callable[[], None]) -> None:
        """Do now what drawing long lines would wait for."""
        for row, start in enumerate(self._starts):
            if self._end(row) - start > LONG:
                check()
                self.line(row)

    def offset(self, place: Place) -> int:
        """The offset in the text of ``place``."""
        return self._starts[place.row] + place.column

    def place(self, offset: int) -> Place:
        """The place of the character at ``offset``."""
        row = bisect_right(self._starts, offset) - 1
        return Place(row, offset - self._starts[row])

    def line_start(self, number: int) -> int:
        """The offset at which the line ``number``, from 1, begins; of the last line beyond."""
        return self._lines[min(number, len(self._lines)) - 1]

    def between(self, span: Span) -> str:
        return self.text[self.offset(span.start) : self.offset(span.end)]

    def find(self, text: str, match_case: bool, check: Callable[[], None]) -> Iterator[Span]:
        pattern = re.compile(re.escape(text), 0 if match_case else re.IGNORECASE)
        end = 0
        for start in range(0, len(self.text), PIECE):
            check()
            for match in pattern.finditer(self.text, max(start, end), start + PIECE + len(text) - 1):
                end = match.end()
                yield Span(self.place(match.start()), self.place(end))

    def _end(self, row: int) -> int:
        return self._starts[row + 1] if row + 1 < len(self._starts) else len(self.text)


def line_starts(text: str, check: Callable[[], None]) -> "array[int]":
    """The offset of each line."""
    starts = array("q", [0])
    at = 0
    while (at := text.find("\n", at) + 1) > 0:
        if len(starts) % PIECE == 0:
            check()
        starts.append(at)
    return starts


def wrapped(text: str, lines: "array[int]", cells: int, check: Callable[[], None]) -> "array[int]":
    """The offset of each row of at most ``cells`` cells."""
    starts = array("q")
    for number, start in enumerate(lines):
        end = lines[number + 1] - 1 if number + 1 < len(lines) else len(text)
        starts.append(start)
        starts.extend(breaks(text, start, end, cells, check))
    return starts
