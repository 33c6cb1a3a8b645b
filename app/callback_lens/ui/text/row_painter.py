"""Draws rows of text on a grid of cells."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from callback_lens.payload.formatted import Style
from callback_lens.ui.text.cells import Line, Token, runs
from callback_lens.ui.text.rows import Place, Span, Spans
from callback_lens.ui.theme import Theme

MEANINGS = {
    Style.MARK: "muted",
    Style.NAME: "key",
    Style.TEXT: "text",
    Style.STRING: "string",
    Style.NUMBER: "number",
    Style.KEYWORD: "keyword",
    Style.COMMENT: "comment",
}
SAMPLE = "中文"
SELECTED = 0.28  # of the accent: seen on a marked row as well


class Grid:
    """The size of a cell in pixels, and the fonts that fill it: ``wide`` spaces Chinese characters to two cells."""

    def __init__(self, font: QFont) -> None:
        metrics = QFontMetricsF(font)
        self.font = font
        self.cell = metrics.horizontalAdvance("0")
        self.height = max(round(metrics.height() * 1.25), 1)
        self.baseline = (self.height - metrics.height()) / 2 + metrics.ascent()
        self.wide = QFont(font)
        room = 2 * self.cell - metrics.horizontalAdvance(SAMPLE) / len(SAMPLE)
        self.wide.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, room)
        self.wide_shift = room / 2


@dataclass(frozen=True, slots=True)
class Highlights:
    """What is coloured behind the text: matches in order and the one that is current, the selection, a fault."""

    hits: Spans = field(default_factory=Spans)
    current: int = -1
    selected: Span | None = None
    fault: Place | None = None


class RowPainter:
    """Draws the cells from ``first_cell`` on, ``cells`` of them, with column 0 of the screen at ``left`` pixels."""

    def __init__(self, painter: QPainter, grid: Grid, theme: Theme, left: float, first_cell: int, cells: int) -> None:
        self._painter = painter
        self._grid = grid
        self._left = left
        self._first_cell = first_cell
        self._cells = cells
        self._pens = {style: theme.color(meaning) for style, meaning in MEANINGS.items()}
        self._theme = theme

    def draw(self, line: Line, row: int, top: float, highlights: Highlights) -> None:
        """Draw ``line``, whose upper edge is at ``top``."""
        for span, meaning in _spans_in(row, highlights):
            color = self._theme.color(meaning)
            color.setAlphaF(SELECTED if meaning == "accent" else 1)
            self._fill(line, row, span, top, color)
        start = line.column_of(self._first_cell)
        end = min(line.column_of(self._first_cell + self._cells) + 1, line.length)
        for token in _visible(line.tokens or (Token(0, line.length, Style.TEXT),), start, end):
            cell = line.cell_of(token.start) - self._first_cell
            self._painter.setPen(self._pens[token.style])
            self._draw_text(line.part(token.start, token.end), self._left + cell * self._grid.cell, top)
        if highlights.fault is not None and highlights.fault.row == row:
            self._frame(line, highlights.fault, top)

    def _draw_text(self, text: str, left: float, top: float) -> None:
        for run in runs(text):
            x = left + run.cell * self._grid.cell + (self._grid.wide_shift if run.is_wide else 0)
            self._painter.setFont(self._grid.wide if run.is_wide else self._grid.font)
            self._painter.drawText(QPointF(x, top + self._grid.baseline), run.text)

    def _fill(self, line: Line, row: int, span: Span, top: float, color: QColor) -> None:
        start = line.cell_of(span.start.column) if span.start.row == row else 0
        end = line.cell_of(span.end.column) if span.end.row == row else line.width + 1
        first = min(max(start - self._first_cell, 0), self._cells)
        last = min(max(end - self._first_cell, 0), self._cells)
        x = self._left + first * self._grid.cell
        self._painter.fillRect(QRectF(x, top, (last - first) * self._grid.cell, self._grid.height), color)

    def _frame(self, line: Line, fault: Place, top: float) -> None:
        cell = line.cell_of(fault.column) - self._first_cell
        width = max(line.cell_of(fault.column + 1) - line.cell_of(fault.column), 1) * self._grid.cell
        if 0 <= cell <= self._cells:
            box = QRectF(self._left + cell * self._grid.cell - 1, top + 1, width + 2, self._grid.height - 2)
            self._painter.setPen(self._theme.color("error"))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawRect(box)


def _visible(tokens: Sequence[Token], start: int, end: int) -> list[Token]:
    return [
        Token(max(token.start, start), min(token.end, end), token.style)
        for token in tokens
        if token.start < end and token.end > start
    ]


def _spans_in(row: int, highlights: Highlights) -> list[tuple[Span, str]]:
    """What lies behind ``row``, undermost first."""
    hits = highlights.hits
    first = bisect_left(hits, Span(Place(row, 0), Place(row, 0)))
    if first and hits[first - 1].end.row >= row:
        first -= 1
    spans = []
    while first < len(hits) and hits[first].start.row <= row:
        spans.append((hits[first], "match_current" if first == highlights.current else "match"))
        first += 1
    selected = highlights.selected
    if selected is not None and selected.start.row <= row <= selected.end.row:
        spans.insert(0, (selected, "accent"))
    return spans
