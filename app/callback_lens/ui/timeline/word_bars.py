"""Draws the words of a row as bars that are the higher the slower, with labels where there is room for them."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QPainter

from callback_lens.transcript.columns import Places, Times, WordKind
from callback_lens.transcript.flags import Flags, WordFlag
from callback_lens.transcript.pace import Paces
from callback_lens.ui.timeline.axis import Axis
from callback_lens.ui.timeline.bars import Bars, Pixels, bars, draw_markers
from callback_lens.ui.timeline.drawing import Drawing
from callback_lens.ui.timeline.layout import RowPlace
from callback_lens.ui.timeline.pace_scale import Classes
from callback_lens.ui.timeline.peaks import bar_peaks, draw_peaks
from callback_lens.ui.timeline.scene import KIND_FLAGS

PADDING = 2  # pixels on either side of a label
TICK = 2  # pixels
HATCHED = 0.35  # of the background
PUNCTUATION = KIND_FLAGS[WordKind.PUNCTUATION]


class VisibleWords(NamedTuple):
    """The words of a row that are in sight, by their start: where each is drawn, from which height on, and as what."""

    where: Bars
    tops: Pixels
    paces: Paces
    flags: Flags
    classes: Classes
    places: NDArray[np.int32]

    @property
    def slow(self) -> Places:
        """Which of them are slow."""
        return np.flatnonzero(self.flags & np.uint16(WordFlag.SLOW))


def draw_word_bars(painter: QPainter, drawing: Drawing, axis: Axis, row: RowPlace) -> None:
    """Draw each word, and punctuation as ticks below; the painter's 0 is that of the axis."""
    detail = drawing.scene.words[row.lane][row.row]
    positions = detail.words.visible(axis.origin, axis.to_time(axis.width) + 1)
    is_spoken = detail.by_start.flags[positions] & PUNCTUATION == 0
    words = _visible_words(drawing, axis, row, positions[is_spoken])
    _draw_ticks(painter, drawing, axis, row, detail.words.end[positions[~is_spoken]])
    _draw_bars(painter, drawing, row, words)
    _hatch(painter, drawing, row, words)
    for ink, left, middle, text in _labels(drawing, axis, row, words):
        painter.setPen(drawing.inks[ink])
        drawing.labels.draw(painter, left, middle, text)
    draw_markers(painter, drawing, row.punctuation, words.flags, words.where)
    draw_peaks(painter, drawing, axis, row, bar_peaks(words.where, words.tops, words.paces, words.slow, words.places))


def _visible_words(drawing: Drawing, axis: Axis, row: RowPlace, positions: Places) -> VisibleWords:
    detail = drawing.scene.words[row.lane][row.row]
    paces, flags = detail.by_start.paces[positions], detail.by_start.flags[positions]
    return VisibleWords(
        bars(axis, detail.words.start[positions], detail.words.end[positions], drawing.look.ratio),
        row.words.bottom - np.rint(drawing.heights(row, paces)),
        paces,
        flags,
        drawing.palette.classes(row.lane, paces, flags),
        detail.words.places[positions],
    )


def _draw_bars(painter: QPainter, drawing: Drawing, row: RowPlace, words: VisibleWords) -> None:
    """The slowest first: it is higher than what is said meanwhile, and hides none of that so."""
    painter.setPen(Qt.PenStyle.NoPen)
    for number in np.unique(words.classes)[::-1].tolist():
        chosen = words.classes == number
        painter.setBrush(drawing.fills[number])
        painter.drawRects(words.where.chosen(chosen).rectangles(words.tops[chosen], row.words.bottom))


def _hatch(painter: QPainter, drawing: Drawing, row: RowPlace, words: VisibleWords) -> None:
    """What is slow is seen without a sense of colour, above the label."""
    if len(words.slow):
        painter.setBrush(QBrush(drawing.color("base", HATCHED), Qt.BrushStyle.BDiagPattern))
        towers = words.where.chosen(words.slow).rectangles(words.tops[words.slow], row.words.bottom - row.label)
        painter.drawRects(towers)


def _draw_ticks(painter: QPainter, drawing: Drawing, axis: Axis, row: RowPlace, ends: Times) -> None:
    """At the end of punctuation, which has the times of the word that it follows."""
    top, bottom = row.punctuation
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(drawing.color("muted"))
    end = bars(axis, ends, ends, drawing.look.ratio).left
    painter.drawRects(Bars(end - TICK, end).rectangles(np.full(len(ends), float(top)), bottom))


def _labels(
    drawing: Drawing, axis: Axis, row: RowPlace, words: VisibleWords
) -> Iterator[tuple[int, float, float, str]]:
    """Colour, left edge, middle and text of the labels that fit into what is in sight of their bars.

    What other words are said meanwhile lies above a bar, and so where its label would be.
    """
    left, right = np.maximum(words.where.left, 0), np.minimum(words.where.right, axis.width)
    wide = np.flatnonzero(right - left > drawing.labels.narrowest + 2 * PADDING)
    texts, middle = drawing.scene.transcript.words.text, row.words.bottom - row.label / 2
    following = np.append(words.where.left[1:], np.inf)
    columns = (left, right, following, words.classes, words.places)
    for begins, ends, next_begins, number, place in zip(*(column[wide].tolist() for column in columns), strict=True):
        advance = drawing.labels.advance(texts[place])
        from_left = round((begins + ends - advance) / 2)
        if advance + 2 * PADDING <= ends - begins and from_left + advance <= next_begins:
            yield number, from_left, middle, texts[place]
