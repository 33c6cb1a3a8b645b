"""Marks words whose times are wrong: a sign, so that it is seen without a sense of colour."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from callback_lens.transcript.flags import Flags, WordFlag
from callback_lens.ui.timeline.bars import Bars, Pixels
from callback_lens.ui.timeline.drawing import Drawing
from callback_lens.ui.timeline.layout import Strip
from callback_lens.ui.timeline.scene import MISPLACED

INCOMPLETE = np.uint16(WordFlag.INCOMPLETE)
LINE = 1  # pixels
MARKED = np.uint16(MISPLACED) | INCOMPLETE


def draw_markers(painter: QPainter, drawing: Drawing, strip: Strip, flags: Flags, where: Bars) -> None:
    """Draw a triangle below each bar whose flags say that its times are wrong, and a line below all of it.

    Bars that touch are one, and so are triangles that are too near to each other.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    for meaning, wrong in (("warning", flags & MARKED > 0), ("error", flags & INCOMPLETE > 0)):
        if wrong.any():
            marked = joined(where.chosen(wrong))
            painter.setBrush(drawing.color(meaning))
            painter.drawRects(marked.rectangles(np.full(len(marked.left), float(strip.top)), strip.top + LINE))
            _draw_triangles(painter, strip, (marked.left + marked.right) / 2)


def joined(where: Bars) -> Bars:
    """Bars (ascending by their left) that overlap or touch as one."""
    reach = np.maximum.accumulate(where.right)
    begins = np.flatnonzero(np.append(True, where.left[1:] > reach[:-1]))
    return Bars(where.left[begins], reach[np.append(begins[1:], len(reach)) - 1])


def _draw_triangles(painter: QPainter, strip: Strip, middles: Pixels) -> None:
    width = strip.height + 1
    _, firsts = np.unique(np.floor(middles / width), return_index=True)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for middle in middles[firsts].tolist():
        corners = (middle, strip.top), (middle - width / 2, strip.bottom), (middle + width / 2, strip.bottom)
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
