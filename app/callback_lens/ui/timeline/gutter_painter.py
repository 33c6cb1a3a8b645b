"""Draws who speaks in which lane."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from callback_lens.ui.timeline.drawing import Drawing
from callback_lens.ui.timeline.layout import Layout, RowPlace

SWATCH, PADDING = 8, 8  # pixels
WIDEST = 12  # line heights
STEP = 4  # pixels of a width: whole ones of the screen as well, at all usual ratios


def gutter_width(names: Sequence[str], drawing: Drawing) -> int:
    """How many pixels the names take."""
    widest = max((drawing.labels.advance(name, is_hidden=False) for name in names), default=0)
    width = SWATCH + 3 * PADDING + min(widest, WIDEST * drawing.labels.height)
    return STEP * -int(-width // STEP)


def draw_gutter(painter: QPainter, drawing: Drawing, names: Sequence[str], layout: Layout) -> None:
    """Draw a name at the first row of each lane."""
    painter.fillRect(QRectF(0, 0, layout.gutter, layout.height), drawing.color("window"))
    for row in layout.rows_in_sight:
        if row.row == 0:
            _draw_name(painter, drawing, names[row.lane], row, layout)


def _draw_name(painter: QPainter, drawing: Drawing, name: str, row: RowPlace, layout: Layout) -> None:
    middle = row.words.bottom - row.label / 2
    painter.save()
    painter.setClipRect(QRectF(0, layout.lanes.top, layout.gutter, layout.lanes.height), Qt.ClipOperation.IntersectClip)
    painter.fillRect(QRectF(PADDING, round(middle - SWATCH / 2), SWATCH, SWATCH), drawing.speaker(row.lane))
    painter.setPen(drawing.color("text"))
    left = SWATCH + 2 * PADDING
    shown = drawing.labels.cut(name, layout.gutter - left - PADDING, is_hidden=False)
    drawing.labels.draw(painter, left, middle, shown, is_hidden=False)
    painter.restore()
