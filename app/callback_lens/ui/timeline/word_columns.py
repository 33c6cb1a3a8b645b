"""Draws the words of a row where there are too many to tell apart: of each column of pixels the worst."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from callback_lens.transcript.columns import Places
from callback_lens.transcript.detail import Columns, columns
from callback_lens.transcript.flags import WordFlag
from callback_lens.ui.timeline.axis import Axis
from callback_lens.ui.timeline.bars import column_bars, draw_columns, draw_markers
from callback_lens.ui.timeline.colouring import Argb
from callback_lens.ui.timeline.drawing import LEVELS, Drawing
from callback_lens.ui.timeline.layout import RowPlace
from callback_lens.ui.timeline.peaks import column_peaks, draw_peaks

SLOW = np.uint16(WordFlag.SLOW)


def draw_word_columns(painter: QPainter, drawing: Drawing, axis: Axis, row: RowPlace) -> None:
    """Draw each column as high and in the colour of its worst word; the painter's 0 is that of the axis."""
    ratio, detail = drawing.look.ratio, drawing.scene.words[row.lane][row.row]
    edges = axis.edges(round(axis.width * ratio))
    found = columns(detail, edges)
    heights = np.rint(drawing.heights(row, found.worst) * ratio).astype(np.intp) * (found.count > 0)
    draw_worst(painter, drawing, row.lane, found, heights, row.words.bottom)
    where = column_bars(len(heights), ratio)
    draw_markers(painter, drawing, row.punctuation, found.flags, where)
    peaks = column_peaks(detail, edges, found, where, row.words.bottom - heights / ratio)
    draw_peaks(painter, drawing, axis, row, peaks)


def draw_worst(
    painter: QPainter, drawing: Drawing, lane: "int | Places", found: Columns, heights: Places, bottom: float
) -> None:
    """Draw columns of these heights (pixels of the screen); what is slow is drawn wide enough to be seen."""
    ratio = drawing.look.ratio
    shown = prominent(heights, found.flags & SLOW > 0, round(ratio))
    draw_columns(painter, bottom, shades(drawing, lane, found)[shown], heights[shown], ratio)


def shades(drawing: Drawing, lane: "int | Places", found: Columns) -> Argb:
    """The colour of each column: that of its worst word, fainter the less is covered unless the word is slow."""
    classes = drawing.palette.classes(lane, found.worst, found.flags)
    covered = np.where(found.flags & SLOW > 0, 1, found.coverage)
    colors: Argb = drawing.shades[classes, np.ceil(covered * LEVELS).astype(np.intp)]
    return colors


def prominent(heights: Places, slow: NDArray[np.bool_], reach: int) -> Places:
    """What each column shows: itself, or a higher slow one at most ``reach`` columns away."""
    each = np.arange(len(heights))
    shown = each
    for step in (*range(-reach, 0), *range(1, reach + 1)):
        other = np.clip(each + step, 0, max(0, len(heights) - 1))
        shown = np.where(slow[other] & (heights[other] > heights[shown]), other, shown)
    return shown
