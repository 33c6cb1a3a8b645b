"""Draws what stands around the lanes: the marks of time above them, and to the left who speaks in which."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter

from callback_lens.payload.units import clock
from callback_lens.ui.timeline.axis import Axis, Tick, ticks
from callback_lens.ui.timeline.drawing import Drawing
from callback_lens.ui.timeline.layout import Layout, RowPlace

APART = 24  # pixels from a label to the next
TICKS_APART = 9  # pixels
TICK = 5  # pixels that a mark without a label is high
TO_LABEL = 4  # pixels from a mark to its label
SWATCH, PADDING = 8, 8  # pixels
WIDEST = 12  # line heights of a name
STEP = 4  # pixels of the gutter's width: whole ones of the screen as well, at all usual ratios


def shown_ticks(axis: Axis, drawing: Drawing) -> list[Tick]:
    """As many marks as there is room for."""
    widest = max(drawing.labels.advance(clock(time + 0.5), is_hidden=False) for time in (axis.first, axis.last))
    return ticks(axis, widest + APART, TICKS_APART)


def draw_ruler(painter: QPainter, drawing: Drawing, axis: Axis, layout: Layout, shown: list[Tick]) -> None:
    """Draw the ruler; the painter's 0 is that of the axis."""
    top, bottom = layout.ruler
    painter.fillRect(QRectF(0, top, axis.width, bottom - top), drawing.color("window"))
    painter.setPen(drawing.color("outline"))
    painter.drawLines([_line(tick, top + TO_LABEL if tick.label else bottom - TICK, bottom) for tick in shown])
    painter.setPen(drawing.color("muted"))
    for tick in shown:
        left = round(tick.pixel) + TO_LABEL
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


def gutter_width(names: Sequence[str], drawing: Drawing) -> int:
    """How many pixels the names take."""
    widest = max((drawing.labels.advance(name, is_hidden=False) for name in names), default=0)
    width = SWATCH + 3 * PADDING + min(widest, WIDEST * drawing.labels.height)
    return STEP * -int(-width // STEP)


def draw_gutter(painter: QPainter, drawing: Drawing, names: Sequence[str], layout: Layout) -> None:
    """Draw a name at the first row of each lane."""
    gutter = QRectF(0, 0, layout.gutter, layout.height)
    painter.save()
    # A clip of its own: where one was restored, Qt writes the one before that into an SVG file.
    painter.setClipRect(gutter, Qt.ClipOperation.IntersectClip)
    painter.fillRect(gutter, drawing.color("window"))
    painter.setClipRect(gutter.adjusted(0, layout.lanes.top, 0, 0), Qt.ClipOperation.IntersectClip)
    for row in layout.rows_in_sight:
        if row.row == 0:
            _draw_name(painter, drawing, names[row.lane], row, layout.gutter)
    painter.restore()


def _draw_name(painter: QPainter, drawing: Drawing, name: str, row: RowPlace, gutter: int) -> None:
    middle, left = row.words.bottom - row.label / 2, SWATCH + 2 * PADDING
    painter.fillRect(QRectF(PADDING, round(middle - SWATCH / 2), SWATCH, SWATCH), drawing.speaker(row.lane))
    painter.setPen(drawing.color("text"))
    shown = drawing.labels.cut(name, gutter - left - PADDING, is_hidden=False)
    drawing.labels.draw(painter, left, middle, shown, is_hidden=False)
