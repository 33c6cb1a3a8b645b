"""Bars of a picture: as rectangles, and as columns of pixels."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from callback_lens.transcript.columns import Places, Times
from callback_lens.ui.timeline.axis import Axis
from callback_lens.ui.timeline.colouring import Argb

Pixels = NDArray[np.float64]
Integers = NDArray[np.integer]

BEYOND = 8  # pixels beyond either side of a picture that a bar is drawn at most
SEPARATE = 3  # pixels from which on a bar ends one before its neighbour


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
