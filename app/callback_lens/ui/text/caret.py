"""Where keys and double clicks take the caret."""

import re
from collections.abc import Callable

from PySide6.QtGui import QKeySequence

from callback_lens.ui.text.rows import Place, Rows, Span, end_of

Move = Callable[[Rows, Place, int], Place]
WORD = re.compile(r"\w+|\s+|.", re.DOTALL)
WORD_LENGTH = 1000  # characters looked at on each side


def clamped(rows: Rows, row: int, column: int) -> Place:
    """The nearest place that there is."""
    row = min(max(row, 0), max(len(rows) - 1, 0))
    return Place(row, min(max(column, 0), rows.line(row).length) if len(rows) else 0)


def word_around(rows: Rows, place: Place) -> Span:
    """The word at ``place``."""
    line = rows.line(place.row)
    start = max(place.column - WORD_LENGTH, 0)
    for match in WORD.finditer(line.part(start, place.column + WORD_LENGTH)):
        if start + match.end() > place.column:
            return Span(Place(place.row, start + match.start()), Place(place.row, start + match.end()))
    return Span(place, place)


def _left(rows: Rows, place: Place, _page: int) -> Place:
    if place.column or not place.row:
        return clamped(rows, place.row, place.column - 1)
    return Place(place.row - 1, rows.line(place.row - 1).length)


def _right(rows: Rows, place: Place, _page: int) -> Place:
    if place.column < rows.line(place.row).length:
        return Place(place.row, place.column + 1)
    return Place(place.row + 1, 0) if place.row + 1 < len(rows) else place


def _word_left(rows: Rows, place: Place, page: int) -> Place:
    before = _left(rows, place, page)
    return word_around(rows, before).start if before.row == place.row else before


def _word_right(rows: Rows, place: Place, page: int) -> Place:
    end = word_around(rows, place).end
    return end if end != place else _right(rows, place, page)


def _home(rows: Rows, place: Place, _page: int) -> Place:
    start = rows.line(place.row).part(0, WORD_LENGTH)
    indent = len(start) - len(start.lstrip(" "))
    return Place(place.row, 0 if place.column == indent else indent)


def _end(rows: Rows, place: Place, _page: int) -> Place:
    return Place(place.row, rows.line(place.row).length)


def _by_rows(direction: int, pages: bool = False) -> Move:
    def move(rows: Rows, place: Place, page: int) -> Place:
        row = min(max(place.row + direction * (page if pages else 1), 0), len(rows) - 1)
        cell = rows.line(place.row).cell_of(place.column)
        return Place(row, rows.line(row).column_of(cell))

    return move


Key = QKeySequence.StandardKey
# Each key twice: to move there, and to select up to there.
MOVES: tuple[tuple[Key, Key, Move], ...] = (
    (Key.MoveToPreviousChar, Key.SelectPreviousChar, _left),
    (Key.MoveToNextChar, Key.SelectNextChar, _right),
    (Key.MoveToPreviousWord, Key.SelectPreviousWord, _word_left),
    (Key.MoveToNextWord, Key.SelectNextWord, _word_right),
    (Key.MoveToPreviousLine, Key.SelectPreviousLine, _by_rows(-1)),
    (Key.MoveToNextLine, Key.SelectNextLine, _by_rows(1)),
    (Key.MoveToPreviousPage, Key.SelectPreviousPage, _by_rows(-1, pages=True)),
    (Key.MoveToNextPage, Key.SelectNextPage, _by_rows(1, pages=True)),
    (Key.MoveToStartOfLine, Key.SelectStartOfLine, _home),
    (Key.MoveToEndOfLine, Key.SelectEndOfLine, _end),
    (Key.MoveToStartOfDocument, Key.SelectStartOfDocument, lambda _rows, _place, _page: Place(0, 0)),
    (Key.MoveToEndOfDocument, Key.SelectEndOfDocument, lambda rows, _place, _page: end_of(rows)),
)
