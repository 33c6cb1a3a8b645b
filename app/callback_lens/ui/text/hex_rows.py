"""Bytes as a hex dump: offset, sixteen bytes, the same as ASCII."""

import re
from collections.abc import Callable, Iterator

from callback_lens.payload.formatted import Style
from callback_lens.ui.text.cells import Line, Token
from callback_lens.ui.text.rows import Place, Span

WIDTH = 16
HALF = WIDTH // 2
BYTES_END = WIDTH * 3
TEXT_START = BYTES_END + 2
PIECE = 1 << 18
UNPRINTABLE = re.compile(rb"[^\x20-\x7e]")


class HexRows:
    """A row for each sixteen of ``content``; searched for the bytes that a text has in ``encoding``."""

    def __init__(self, content: bytes, encoding: str) -> None:
        self._content = content
        self._encoding = encoding

    def __len__(self) -> int:
        return (len(self._content) + WIDTH - 1) // WIDTH

    @property
    def label_length(self) -> int:
        return max(8, len(f"{len(self._content):x}"))

    def label(self, row: int) -> str:
        return f"{row * WIDTH:0{self.label_length}x}"

    def line(self, row: int) -> Line:
        text = self._text(row)
        return Line(text, tokens=(Token(0, BYTES_END, Style.TEXT), Token(TEXT_START, len(text), Style.STRING)))

    def between(self, span: Span) -> str:
        start, end = span
        texts = [self._text(row) for row in range(start.row, end.row + 1)]
        texts[-1] = texts[-1][: end.column]
        texts[0] = texts[0][start.column :]
        return "\n".join(texts)

    def find(self, text: str, match_case: bool, check: Callable[[], None]) -> Iterator[Span]:
        wanted = text.encode(self._encoding, "replace")
        pattern = re.compile(re.escape(wanted), 0 if match_case else re.IGNORECASE)
        end = 0
        for start in range(0, len(self._content), PIECE):
            check()
            for match in pattern.finditer(self._content, max(start, end), start + PIECE + len(wanted) - 1):
                end = match.end()
                yield Span(place_of(match.start()), place_of(end - 1)._replace(column=column_of(end - 1) + 2))

    def _text(self, row: int) -> str:
        part = self._content[row * WIDTH : (row + 1) * WIDTH]
        halves = f"{part[:HALF].hex(' ')}  {part[HALF:].hex(' ')}"
        return f"{halves:<{TEXT_START}}{UNPRINTABLE.sub(b'.', part).decode('ascii')}"


def place_of(offset: int) -> Place:
    """Where the byte at ``offset`` stands."""
    return Place(offset // WIDTH, column_of(offset))


def column_of(offset: int) -> int:
    """The column of its two digits."""
    at = offset % WIDTH
    return at * 3 + (at >= HALF)
