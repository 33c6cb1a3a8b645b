"""What the text view draws: rows of text, whatever is behind them."""

from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol

from callback_lens.ui.text.cells import Line


class Place(NamedTuple):
    """Between two characters: ``row`` and ``column`` count from 0."""

    row: int
    column: int


class Span(NamedTuple):
    """From one place up to another."""

    start: Place
    end: Place


class Spans:
    """Spans in order, as numbers: hundreds of thousands of objects would keep the garbage collector busy."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._numbers = array("q")
        for start, end in spans:
            self._numbers.extend((*start, *end))

    def __len__(self) -> int:
        return len(self._numbers) // 4

    def __getitem__(self, index: int) -> Span:
        row, column, end_row, end_column = self._numbers[index * 4 : index * 4 + 4]
        return Span(Place(row, column), Place(end_row, end_column))


class Rows(Protocol):
    """Rows that are made when they are looked at."""

    def __len__(self) -> int:
        """How many rows there are."""

    @property
    def label_length(self) -> int:
        """The characters of the longest label."""

    def label(self, row: int) -> str:
        """What stands beside ``row``: a line number, an offset, nothing."""

    def line(self, row: int) -> Line:
        """The row itself."""

    def between(self, span: Span) -> str:
        """The text of ``span`` for the clipboard."""

    def find(self, text: str, match_case: bool, check: Callable[[], None], /) -> Iterator[Span]:
        """Where ``text`` stands, in order; ``check`` is called now and then and raises to stop it."""


class NoRows:
    """Nothing to draw."""

    label_length = 0

    def __len__(self) -> int:
        return 0

    def label(self, row: int) -> str:
        raise IndexError(row)

    def line(self, row: int) -> Line:
        raise IndexError(row)

    def between(self, span: Span) -> str:
        raise IndexError(span)

    def find(self, _text: str, _match_case: bool, _check: Callable[[], None]) -> Iterator[Span]:
        yield from ()


def end_of(rows: Rows) -> Place:
    """The place behind everything."""
    last = len(rows) - 1
    return Place(last, rows.line(last).length) if last >= 0 else Place(0, 0)
