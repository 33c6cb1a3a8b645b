"""Names the slowest words in sight."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from callback_lens.transcript.columns import Places, Times
from callback_lens.transcript.detail import Columns, Detail, worst_word
from callback_lens.transcript.flags import WordFlag
from callback_lens.transcript.pace import Paces
from callback_lens.ui.timeline.axis import Axis
from callback_lens.ui.timeline.bars import Bars, Pixels
from callback_lens.ui.timeline.drawing import Drawing
from callback_lens.ui.timeline.layout import RowPlace

NAMED = 5  # words of a row
CANDIDATES = 24  # for these: some are too near to others
PADDING = 3  # pixels


class Peak(NamedTuple):
    """A slow word that is drawn from ``left`` to ``right`` and up to ``top``; ``place`` is that in the transcript."""

    left: float
    right: float
    top: float
    place: int


def column_peaks(detail: Detail, edges: Times, found: Columns, where: Bars, tops: Pixels) -> list[Peak]:
    """The slowest words of columns, slowest first, each once."""
    peaks: dict[int, Peak] = {}
    for column in slowest(found.worst, np.flatnonzero(found.flags & np.uint16(WordFlag.SLOW))).tolist():
        start = int(edges[column])
        place = worst_word(detail, start, max(int(edges[column + 1]), start + 1))
        if place is not None:
            peaks.setdefault(place, _peak(where, tops, column, place))
    return list(peaks.values())


def bar_peaks(where: Bars, tops: Pixels, paces: Paces, slow: Places, places: NDArray[np.int32]) -> list[Peak]:
    """The slowest of the bars at ``slow``, slowest first."""
    return [_peak(where, tops, bar, int(places[bar])) for bar in slowest(paces, slow).tolist()]


def _peak(where: Bars, tops: Pixels, index: int, place: int) -> Peak:
    return Peak(float(where.left[index]), float(where.right[index]), float(tops[index]), place)


def slowest(paces: Paces, slow: Places) -> Places:
    """The slowest of ``slow``, slowest first."""
    if len(slow) > CANDIDATES:
        slow = slow[np.argpartition(paces[slow], -CANDIDATES)[-CANDIDATES:]]
    return slow[np.argsort(-paces[slow], kind="stable")]


def draw_peaks(painter: QPainter, drawing: Drawing, axis: Axis, row: RowPlace, peaks: Sequence[Peak]) -> None:
    """Write at each peak which word it is and how slow, as far as they do not get in each other's way."""
    taken: list[QRectF] = []
    towers = [QRectF(peak.left, peak.top, peak.right - peak.left, row.words.bottom - peak.top) for peak in peaks]
    painter.setPen(drawing.color("text"))
    for peak in peaks:
        name = drawing.scene.transcript.words.text[peak.place]
        pace = drawing.look.say(drawing.scene.pace(peak.place))
        width = drawing.labels.advance(name) + drawing.labels.advance(pace, is_hidden=False) + 3 * PADDING
        box = _free(_boxes(peak, row, width, drawing.labels.height), axis.width, (taken + towers, taken))
        if box is not None:
            taken.append(box)
            _draw_name(painter, drawing, box, name, pace)
        if len(taken) == NAMED:
            return


def _boxes(peak: Peak, row: RowPlace, width: float, height: float) -> list[QRectF]:
    """To the right of ``peak`` and to its left, at its top or below that."""
    last = round(row.words.bottom - row.label - height)
    tops = range(round(min(peak.top, last)), last + 1, round(height))
    lefts = round(peak.right + PADDING), round(peak.left - PADDING - width)
    return [QRectF(left, top, round(width), round(height)) for top in tops for left in lefts]


def _free(boxes: Sequence[QRectF], width: int, obstacles: Sequence[Sequence[QRectF]]) -> QRectF | None:
    """The first of ``boxes`` that is in sight and none of the obstacles is in the way of, as few of them as need be."""
    inside = [box for box in boxes if box.left() >= 0 and box.right() <= width]
    for those in obstacles:
        for box in inside:
            if not any(box.intersects(other) for other in those):
                return box
    return None


def _draw_name(painter: QPainter, drawing: Drawing, box: QRectF, word: str, pace: str) -> None:
    labels, middle = drawing.labels, box.center().y()
    painter.fillRect(box, drawing.color("base", 0.8))
    labels.draw(painter, box.left() + PADDING, middle, word)
    labels.draw(painter, box.left() + 2 * PADDING + labels.advance(word), middle, pace, is_hidden=False)
