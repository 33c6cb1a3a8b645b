"""Draws the sentences of a row: bars with their text; how much is covered where there are too many."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter

from callback_lens.transcript.detail import columns
from callback_lens.ui.timeline.axis import Axis
from callback_lens.ui.timeline.bars import Bars, Integers, bars, draw_columns
from callback_lens.ui.timeline.colouring import Argb, mixed
from callback_lens.ui.timeline.drawing import LEVELS, Drawing
from callback_lens.ui.timeline.layout import RowPlace
from callback_lens.ui.timeline.scene import SENTENCE_FLAGS

FILL, DENSE = 0.16, 0.35  # of the speaker's colour: in a bar, in a column that is covered
EDGE, UNDERLINE = 2, 2  # pixels
WITH_EDGE = 10  # pixels: what is narrower would be little else
PADDING = 6  # pixels from a bar's edge to its text
LEAST_TEXT = 2.5  # line heights: where there is less room, no text


class SentencePainter:
    """Draws rows of sentences; the painter's 0 is that of the axis."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        parts = [DENSE * level / LEVELS for level in range(LEVELS + 1)]
        self._shades = [self._pixels(speaker, parts) for speaker in drawing.speakers]

    def draw_columns(self, painter: QPainter, axis: Axis, row: RowPlace) -> None:
        """Draw how much of each column of the screen's pixels is covered."""
        ratio = self._drawing.look.ratio
        found = columns(self._drawing.scene.sentences[row.lane][row.row], axis.edges(round(axis.width * ratio)))
        colors = self._shades[row.lane % len(self._shades)][np.ceil(found.coverage * LEVELS).astype(np.intp)]
        heights = (found.count > 0) * round(row.sentences.height * ratio)
        draw_columns(painter, row.sentences.bottom, colors, heights, ratio)

    def draw_bars(self, painter: QPainter, axis: Axis, row: RowPlace) -> None:
        """Draw each sentence, with as much of its text as there is room for."""
        detail = self._drawing.scene.sentences[row.lane][row.row]
        positions = detail.words.visible(axis.origin, axis.to_time(axis.width) + 1)
        where = bars(axis, detail.words.start[positions], detail.words.end[positions], self._drawing.look.ratio)
        top, bottom = row.sentences
        self._fill(painter, where, top, bottom, self._background(row.lane))
        wide = where.chosen(where.right - where.left >= WITH_EDGE)
        self._fill(painter, wide.left_edges(EDGE), top, bottom, self._drawing.speaker(row.lane))
        self._draw_texts(painter, axis, row, where, detail.words.places[positions])
        flags = detail.by_start.flags[positions]
        for severity, flag in SENTENCE_FLAGS.items():
            found = where.chosen(flags & flag > 0)
            self._fill(painter, found, bottom - UNDERLINE, bottom, self._drawing.color(severity))

    def _fill(self, painter: QPainter, where: Bars, top: float, bottom: float, color: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRects(where.rectangles(np.full(len(where.left), float(top)), bottom))

    def _draw_texts(self, painter: QPainter, axis: Axis, row: RowPlace, where: Bars, places: Integers) -> None:
        """From where a bar comes into sight to its end."""
        labels, texts = self._drawing.labels, self._drawing.scene.transcript.sentences.text
        left, right = np.maximum(where.left, 0) + PADDING, np.minimum(where.right, axis.width)
        painter.setPen(self._drawing.color("text"))
        for bar in np.flatnonzero(right - left > LEAST_TEXT * labels.height).tolist():
            text = labels.cut(texts[places[bar]], right[bar] - left[bar])
            labels.draw(painter, left[bar], (row.sentences.top + row.sentences.bottom) / 2, text)

    def _background(self, lane: int) -> QColor:
        return mixed(self._drawing.speaker(lane), self._drawing.color("base"), FILL)

    def _pixels(self, color: QColor, parts: list[float]) -> Argb:
        return np.array([mixed(color, self._drawing.color("base"), part).rgba() for part in parts], np.uint32)
