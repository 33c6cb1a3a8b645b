"""Draws a transcript in time: each part alone, or all of it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from callback_lens.transcript.columns import Times
from callback_lens.transcript.span_index import SpanIndex
from callback_lens.ui.timeline.axis import Axis, Tick
from callback_lens.ui.timeline.colouring import lane_names
from callback_lens.ui.timeline.drawing import drawing_of
from callback_lens.ui.timeline.layout import Layout, Strip
from callback_lens.ui.timeline.look import Look
from callback_lens.ui.timeline.margins import draw_grid, draw_gutter, draw_ruler, gutter_width, shown_ticks
from callback_lens.ui.timeline.overview_painter import OverviewPainter, draw_hits, draw_window
from callback_lens.ui.timeline.scene import Scene
from callback_lens.ui.timeline.sentence_painter import SentencePainter
from callback_lens.ui.timeline.word_bars import draw_word_bars
from callback_lens.ui.timeline.word_columns import draw_word_columns

DENSE = 3  # pixels for each bar of a row: with less, columns are drawn

NO_TIMES = np.zeros(0, np.int64)


class TimelinePainter:
    """Draws ``scene`` in ``look`` with any painter whose 0 is the timeline's top left; keeps laid out texts.

    What is drawn alone needs an axis of at least one pixel.
    """

    def __init__(self, scene: Scene, look: Look) -> None:
        self._scene = scene
        self._drawing = drawing_of(scene, look)
        self._names = [look.say(name) for name in lane_names(scene)]
        self._overview = OverviewPainter(self._drawing)
        self._sentences = SentencePainter(self._drawing)
        self._ticks: tuple[Axis | None, list[Tick]] = (None, [])
        self.line_height = round(self._drawing.labels.height)

    def layout(self, width: int, height: int) -> Layout:
        """What is where in so many pixels."""
        rows = tuple(len(lane.rows) for lane in self._scene.lanes.lanes)
        return Layout(width, height, gutter_width(self._names, self._drawing), self.line_height, rows)

    def paint(self, painter: QPainter, axis: Axis, layout: Layout, hits: Times = NO_TIMES) -> None:
        """All of it, with nothing left of what was there before."""
        if layout.axis_width:
            self.paint_overview(painter, layout)
            self.paint_hits(painter, axis, layout, hits)
            self.paint_window(painter, axis, layout)
            self.paint_ruler(painter, axis, layout)
            self.paint_lanes(painter, axis, layout)
        self.paint_gutter(painter, layout)

    def paint_overview(self, painter: QPainter, layout: Layout) -> None:
        """The overview, which is the same whatever is in sight."""
        with self._axis_part(painter, layout, layout.overview):
            self._overview.draw(painter, layout)

    def paint_hits(self, painter: QPainter, axis: Axis, layout: Layout, times: Times) -> None:
        """What a search has found (ms), in the overview."""
        with self._axis_part(painter, layout, layout.overview):
            draw_hits(painter, self._drawing, axis, layout, times)

    def paint_window(self, painter: QPainter, axis: Axis, layout: Layout) -> None:
        """What is in sight, in the overview."""
        with self._axis_part(painter, layout, layout.overview):
            draw_window(painter, self._drawing, axis, layout)

    def paint_ruler(self, painter: QPainter, axis: Axis, layout: Layout) -> None:
        """The marks of time."""
        with self._axis_part(painter, layout, layout.ruler):
            draw_ruler(painter, self._drawing, axis, layout, self._ticks_of(axis))

    def paint_lanes(self, painter: QPainter, axis: Axis, layout: Layout) -> None:
        """The rows in sight, on a grid of times."""
        with self._axis_part(painter, layout, layout.lanes):
            painter.fillRect(QRectF(0, layout.lanes.top, axis.width, layout.lanes.height), self._drawing.color("base"))
            draw_grid(painter, self._drawing, layout, self._ticks_of(axis))
            self._draw_borders(painter, layout)
            self._draw_sentences(painter, axis, layout)
            self._draw_words(painter, axis, layout)

    def paint_gutter(self, painter: QPainter, layout: Layout) -> None:
        """The speakers' names."""
        painter.setFont(self._drawing.look.font)
        draw_gutter(painter, self._drawing, self._names, layout)

    def _ticks_of(self, axis: Axis) -> list[Tick]:
        """The marks of the ruler, which the grid has as well."""
        if self._ticks[0] != axis:
            self._ticks = axis, shown_ticks(axis, self._drawing)
        return self._ticks[1]

    def _draw_borders(self, painter: QPainter, layout: Layout) -> None:
        """Above each lane but the first, and below the last, where there is nothing any more."""
        border, width = self._drawing.color("border"), layout.axis_width
        for row in layout.rows_in_sight:
            if row.lane and not row.row:
                painter.fillRect(QRectF(0, row.whole.top, width, 1), border)
        end = layout.lanes.top - layout.scroll + layout.content_height
        painter.fillRect(QRectF(0, end, width, layout.height - end), self._drawing.color("window"))
        painter.fillRect(QRectF(0, end, width, 1), border)

    def _draw_sentences(self, painter: QPainter, axis: Axis, layout: Layout) -> None:
        is_dense = _are_dense((row.sentences for row in self._scene.lanes.rows()), axis)
        draw = self._sentences.draw_columns if is_dense else self._sentences.draw_bars
        for row in layout.rows_in_sight:
            draw(painter, axis, row)

    def _draw_words(self, painter: QPainter, axis: Axis, layout: Layout) -> None:
        draw = draw_word_columns if are_columns(self._scene, axis) else draw_word_bars
        for row in layout.rows_in_sight:
            draw(painter, self._drawing, axis, row)

    @contextmanager
    def _axis_part(self, painter: QPainter, layout: Layout, strip: Strip) -> Iterator[None]:
        """The painter's 0 is where the axis begins, and nothing outside of ``strip`` is drawn on."""
        painter.save()
        painter.setFont(self._drawing.look.font)
        painter.translate(layout.gutter, 0)
        painter.setClipRect(QRectF(0, strip.top, layout.axis_width, strip.height), Qt.ClipOperation.IntersectClip)
        try:
            yield
        finally:
            painter.restore()


def are_columns(scene: Scene, axis: Axis) -> bool:
    """Whether there are so many words in sight that only columns of pixels can be told apart."""
    return _are_dense((row.words for row in scene.lanes.rows()), axis)


def _are_dense(indexes: Iterable[SpanIndex], axis: Axis) -> bool:
    from_ms, to_ms = axis.origin, axis.to_time(axis.width) + 1
    return any(index.count(from_ms, to_ms) * DENSE > axis.width for index in indexes)
