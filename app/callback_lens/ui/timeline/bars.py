"""Bars of a picture: as rectangles, as columns of pixels, and with a sign below those whose times are wrong."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPolygonF

from callback_lens.transcript.columns import Places, Times
from callback_lens.transcript.flags import Flags, WordFlag
from callback_lens.ui.timeline.axis import Axis
from callback_lens.ui.timeline.colouring import Argb
from callback_lens.ui.timeline.drawing import Drawing
from callback_lens.ui.timeline.layout import Strip
from callback_lens.ui.timeline.scene import MISPLACED

Pixels = NDArray[np.float64]
Integers = NDArray[np.integer]

BEYOND = 8  # pixels beyond either side of a picture that a bar is drawn at most
SEPARATE = 3  # pixels from which on a bar ends one before its neighbour
INCOMPLETE = np.uint16(WordFlag.INCOMPLETE)
LINE = 1  # pixels
MARKED = np.uint16(MISPLACED) | INCOMPLETE


class Bars(NamedTuple):
    """Where bars begin and end, on whole pixels of the screen, in those of the axis."""

    left: Pixels
    right: Pixels

    def chosen(self, which: "Places | NDArray[np.bool_]") -> "Bars":
        """Only these."""
        return Bars(self.left[which], self.right[which])

    def left_edges(self, width: float) -> "Bars":
        """The outermost ``width`` pixels of each, at its left."""
        return Bars(self.left, self.left + width)

    def rectangles(self, tops: Pixels, bottom: float) -> list[QRectF]:
        """From their ``tops`` to one ``bottom``."""
        sizes = np.stack([self.left, tops, self.right - self.left, bottom - tops], axis=1)
        return [QRectF(*size) for size in sizes.tolist()]


def bars(axis: Axis, start: Times, end: Times, ratio: float) -> Bars:
    """The bars of spans; each is at least a pixel wide."""
    left, right = (
        np.rint(np.clip(axis.to_pixels(times), -BEYOND, axis.width + BEYOND) * ratio) / ratio for times in (start, end)
    )
    right = np.where(right - left >= SEPARATE, right - 1 / ratio, right)
    return Bars(left, np.maximum(right, left + 1))


def column_bars(count: int, ratio: float) -> Bars:
    """The columns of the screen's pixels."""
    edges = np.arange(count + 1) / ratio
    return Bars(edges[:-1], edges[1:])


def draw_columns(painter: QPainter, bottom: float, colors: Argb, heights: Places, ratio: float) -> None:
    """Draw a column for each pixel of the screen from 0 on, of its colour and height (pixels of the screen)."""
    height = int(heights.max(initial=0))
    if not height:
        return
    from_top = np.arange(height, 0, -1)[:, None]
    pixels = np.where(from_top <= heights, colors, np.uint32(0))
    image = QImage(pixels.data, len(colors), height, QImage.Format.Format_ARGB32_Premultiplied)
    painter.drawImage(QRectF(0, bottom - height / ratio, len(colors) / ratio, height / ratio), image)


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
