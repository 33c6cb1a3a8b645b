"""Plain text in columns, where Chinese characters take two."""

import unicodedata
from collections.abc import Sequence

from callback_lens.payload.unpack import visible

GAP = "  "


def one_line(text: str) -> str:
    """``text`` with line ends and control characters made visible, so that it can do nothing to a terminal."""
    return visible(text)


def width(text: str) -> int:
    """How many columns ``text`` takes in a terminal."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def columns(rows: Sequence[Sequence[str]], indent: str = GAP) -> list[str]:
    """The rows as lines in which the cells of a column begin below each other."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [indent + GAP.join(map(_padded, row, widths)).rstrip() for row in rows]


def _padded(cell: str, columns_: int) -> str:
    return cell + " " * (columns_ - width(cell))
