"""Small samples of colours beside what they mean: what legends are made of."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter

from callback_lens.ui.theme import TIGHT, WIDE
from callback_lens.ui.timeline.look import Look


class Swatch(NamedTuple):
    """A colour (``#rrggbb``), hatched where ``is_hatched``, and what it means."""

    text: str
    color: str
    is_hatched: bool = False


def swatch_size(swatch: Swatch, metrics: QFontMetrics) -> tuple[int, int]:
    """How wide and high a swatch is with its text, in pixels."""
    return _side(metrics) + TIGHT + metrics.horizontalAdvance(swatch.text), metrics.height()


def swatch_places(swatches: Iterable[Swatch], metrics: QFontMetrics, width: int) -> Iterator[QPoint]:
    """Where each swatch stands, in lines of ``width`` pixels."""
    x = y = 0
    for swatch in swatches:
        wide, high = swatch_size(swatch, metrics)
        if x and x + wide > width:
            x, y = 0, y + high + TIGHT
        yield QPoint(x, y)
        x += wide + WIDE


def paint_swatch(painter: QPainter, swatch: Swatch, at: QPoint, look: Look) -> None:
    """Draw a swatch and its text, ``at`` its top left corner."""
    metrics = QFontMetrics(look.font)
    side, height = _side(metrics), metrics.height()
    square = QRect(at.x(), at.y() + (height - side) // 2, side, side)
    fill_hatched(painter, square, swatch, look)
    painter.setFont(look.font)
    painter.setPen(look.theme.color("muted"))
    left = QRect(square.right() + 1 + TIGHT, at.y(), metrics.horizontalAdvance(swatch.text) + 1, height)
    painter.drawText(left, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, swatch.text)


def fill_hatched(painter: QPainter, place: QRect, swatch: Swatch, look: Look) -> None:
    """Fill a rectangle with the colour of a swatch, and its hatching."""
    painter.fillRect(place, QColor(swatch.color))
    if swatch.is_hatched:
        painter.fillRect(place, QBrush(look.theme.color("base"), Qt.BrushStyle.BDiagPattern))


def _side(metrics: QFontMetrics) -> int:
    return metrics.ascent() * 3 // 4
