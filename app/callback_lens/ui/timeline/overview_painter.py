"""Draws all of the audio at once: the words, the worst of them, findings, search hits, and what is in sight."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from callback_lens.transcript.columns import Places, Times
from callback_lens.transcript.detail import Columns, columns, merged
from callback_lens.ui.timeline.axis import Axis, whole_axis
from callback_lens.ui.timeline.bars import Bars, column_bars, draw_markers
from callback_lens.ui.timeline.drawing import Drawing
from callback_lens.ui.timeline.layout import Layout, Strip
from callback_lens.ui.timeline.word_columns import draw_worst

EDGE = 3  # pixels above and below
MARKERS = 0.4  # line heights
USUAL = 0.35  # of the height: words all the time, none of them slower than usual
HIT = 2  # pixels
NARROWEST = 8  # pixels: the least that there is of a window to take hold of
HANDLE = 3  # pixels
OUTSIDE = 0.5  # of the background over what is not in sight


class OverviewPainter:
    """Draws what does not depend on what is in sight: words or, where there are none, sentences.

    The painter's 0 is that of the axis.
    """

    def __init__(self, drawing: Drawing) -> None:
        self._scene = drawing.scene
        self._drawing = drawing
        self._columns: list[Columns] = []  # of each row

    def draw(self, painter: QPainter, layout: Layout) -> None:
        """Draw it in ``layout``; what is in its columns is kept until there are more or fewer of them."""
        drawing, ratio = self._drawing, self._drawing.look.ratio
        top, bottom = layout.overview
        painter.fillRect(QRectF(0, top, layout.axis_width, bottom - top), drawing.color("base"))
        rows = self._rows(layout.axis_width)
        if not rows:
            return
        found, strip = merged(rows), words_strip(layout)
        parts = USUAL * found.coverage + (1 - USUAL) * self._scene.scale.heights(found.worst)
        heights = np.ceil(parts * strip.height * ratio).astype(np.intp) * (found.count > 0)
        draw_worst(painter, drawing, self._lanes(rows), found, heights, strip.bottom)
        below = Strip(strip.bottom + 1, bottom - 1)
        draw_markers(painter, drawing, below, found.flags, column_bars(len(heights), ratio))

    def _rows(self, width: int) -> list[Columns]:
        edges = whole_axis(self._scene.start, self._scene.end, width).edges(round(width * self._drawing.look.ratio))
        if not self._columns or len(self._columns[0].count) != len(edges) - 1:
            rows = zip(chain.from_iterable(self._scene.words), chain.from_iterable(self._scene.sentences), strict=True)
            self._columns = [columns(words if len(words.words) else sentences, edges) for words, sentences in rows]
        return self._columns

    def _lanes(self, rows: Sequence[Columns]) -> Places:
        """The lane that speaks most in each column."""
        lanes = np.repeat(np.arange(len(self._scene.words)), [len(lane) for lane in self._scene.words])
        most: Places = lanes[np.argmax([row.coverage for row in rows], axis=0)]
        return most


def words_strip(layout: Layout) -> Strip:
    """The part of the overview in which words are drawn; markers are below."""
    top, bottom = layout.overview
    return Strip(top + EDGE, bottom - 2 - round(MARKERS * layout.line_height))


def draw_hits(painter: QPainter, drawing: Drawing, axis: Axis, layout: Layout, times: Times) -> None:
    """Draw a line through the overview at each of ``times``."""
    if not len(times):
        return
    whole = whole_axis(axis.first, axis.last, axis.width)
    left = np.unique(np.rint(whole.to_pixels(times)))
    top, bottom = layout.overview
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(drawing.color("accent"))
    painter.drawRects(Bars(left, left + HIT).rectangles(np.full(len(left), float(top)), bottom))


def window_span(axis: Axis) -> tuple[int, int]:
    """Where in the overview is what is in sight: pixels of the axis, at least ``NARROWEST`` of them."""
    whole = whole_axis(axis.first, axis.last, axis.width)
    left = whole.to_pixel(axis.origin)
    right = left + axis.span / whole.ms_per_pixel
    missing = max(0, NARROWEST - (right - left)) / 2
    first = round(max(0, min(left - missing, axis.width - NARROWEST)))
    return first, round(min(max(right + missing, first + NARROWEST), axis.width))


def draw_window(painter: QPainter, drawing: Drawing, axis: Axis, layout: Layout) -> None:
    """Draw what is in sight as a frame in the overview, and what is not fainter."""
    left, right = window_span(axis)
    top, bottom = layout.overview
    for begins, ends in ((0, left), (right, axis.width)):
        painter.fillRect(QRectF(begins, top, ends - begins, bottom - top), drawing.color("window", OUTSIDE))
    painter.setPen(drawing.color("accent"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(left + 0.5, top + 0.5, right - left - 1, bottom - top - 1))
    grip = (bottom - top) / 3
    for x in (left, right - HANDLE):
        painter.fillRect(QRectF(x, round(top + grip), HANDLE, round(grip)), drawing.color("accent"))
