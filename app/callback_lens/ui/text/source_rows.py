"""The formatted source as rows."""

import re
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise

from callback_lens.payload.formatted import Formatted
from callback_lens.ui.text.cells import Line, Token
from callback_lens.ui.text.rows import Place, Span

KEPT = 512  # lines: a few screens
LONG = 1 << 14  # characters that are worth measuring before anybody looks


class SourceRows:
    """A row for each line of ``source``; those looked at last are kept."""

    def __init__(self, source: Formatted) -> None:
        self.source = source
        self._kept: dict[int, Line] = {}

    def __len__(self) -> int:
        return len(self.source)

    @property
    def label_length(self) -> int:
        return len(str(len(self.source)))

    def label(self, row: int) -> str:
        return str(row + 1)

    def line(self, row: int) -> Line:
        if row not in self._kept:
            if len(self._kept) >= KEPT:
                self._kept = {number: line for number, line in self._kept.items() if line.length > LONG}
            parts = self.source.parts(row)
            ends = accumulate((len(part.text) for part in parts), initial=0)
            tokens = [Token(start, end, part.style) for part, (start, end) in zip(parts, pairwise(ends), strict=True)]
            self._kept[row] = Line("".join([part.text for part in parts]), tokens=tokens)
        return self._kept[row]

    def measure_long_lines(self, check: Callable[[], None]) -> None:
        """Do now what drawing long lines would wait for."""
        for line in self.source.long_lines(LONG)[: KEPT // 2]:
            check()
            self.line(line)

    def between(self, span: Span) -> str:
        start, end = span
        if start.row == end.row:
            return self.source.text(start.row)[start.column : end.column]
        whole = [self.source.text(row) for row in range(start.row + 1, end.row)]
        first, last = self.source.text(start.row)[start.column :], self.source.text(end.row)[: end.column]
        return "\n".join([first, *whole, last])

    def find(self, text: str, match_case: bool, check: Callable[[], None]) -> Iterator[Span]:
        pattern = re.compile(re.escape(text), 0 if match_case else re.IGNORECASE)
        for line, column, length in self.source.find(pattern, check):
            yield Span(Place(line, column), Place(line, column + length))
