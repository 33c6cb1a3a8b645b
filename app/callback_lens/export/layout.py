"""Plain text in columns, where Chinese characters take two."""

import unicodedata
from collections.abc import Sequence

from callback_lens.payload.unpack import visible

GAP = "  "
LONGEST = 1000  # characters of a value
WIDEST = 100  # columns that one long cell may push the next ones to the right


def one_line(text: str) -> str:
    """``text`` with line ends and control characters made visible, so that it can do nothing to a terminal."""
    return visible(text)


def glance(text: str, longest: int = LONGEST) -> str:
    """``text`` as ``one_line`` has it; of more than ``longest`` characters the first, and how many there are."""
    return one_line(text) if len(text) <= longest else f"{one_line(text[:longest])}… ({len(text)})"


def width(text: str) -> int:
    """How many columns ``text`` takes in a terminal."""
    return len(text) if text.isascii() else sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def columns(rows: Sequence[Sequence[str]], indent: str = GAP) -> list[str]:
    """The rows as lines in which the cells of a column begin below each other."""
    widths = [min(max(map(width, column)), WIDEST) for column in zip(*rows, strict=True)]
    return [indent + GAP.join(map(_padded, row, widths)).rstrip() for row in rows]


def _padded(cell: str, columns_: int) -> str:
    return cell + " " * (columns_ - width(cell))
