"""Draws the marks of time."""

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter

from callback_lens.payload.units import clock
from callback_lens.ui.timeline.axis import Axis, Tick, ticks
from callback_lens.ui.timeline.drawing import Drawing
from callback_lens.ui.timeline.layout import Layout

APART = 24  # pixels from a label to the next
TICKS_APART = 9  # pixels
TICK = 5  # pixels that a mark without a label is high
PADDING = 4  # pixels from a mark to its label


def shown_ticks(axis: Axis, drawing: Drawing) -> list[Tick]:
    """As many marks as there is room for."""
    widest = max(drawing.labels.advance(clock(time + 0.5), is_hidden=False) for time in (axis.first, axis.last))
    return ticks(axis, widest + APART, TICKS_APART)


def draw_ruler(painter: QPainter, drawing: Drawing, axis: Axis, layout: Layout, shown: list[Tick]) -> None:
    """Draw the ruler; the painter's 0 is that of the axis."""
    top, bottom = layout.ruler
    painter.fillRect(QRectF(0, top, axis.width, bottom - top), drawing.color("window"))
    painter.setPen(drawing.color("outline"))
    painter.drawLines([_line(tick, top + PADDING if tick.label else bottom - TICK, bottom) for tick in shown])
    painter.setPen(drawing.color("muted"))
    for tick in shown:
        left = round(tick.pixel) + PADDING
        if tick.label and left + drawing.labels.advance(tick.label, is_hidden=False) <= axis.width:
            drawing.labels.draw(painter, left, (top + bottom) / 2, tick.label, is_hidden=False)


def draw_grid(painter: QPainter, drawing: Drawing, layout: Layout, shown: list[Tick]) -> None:
    """A faint line through the lanes below each label."""
    painter.setPen(drawing.color("border", 0.6))
    painter.drawLines([_line(tick, layout.lanes.top, layout.lanes.bottom) for tick in shown if tick.label])


def _line(tick: Tick, top: float, bottom: float) -> QLineF:
    """One pixel wide where pixels are."""
    x = round(tick.pixel) + 0.5
    return QLineF(x, top + 0.5, x, bottom - 0.5)
