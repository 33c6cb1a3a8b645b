"""What the pointer is on: a word, a sentence, or a column of many."""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from callback_lens.transcript.columns import WordKind
from callback_lens.transcript.detail import worst_word
from callback_lens.transcript.span_index import SpanIndex
from callback_lens.ui.timeline.axis import Axis
from callback_lens.ui.timeline.items import Item, TimeRange, word_item
from callback_lens.ui.timeline.layout import Band, RowPlace, Strip
from callback_lens.ui.timeline.scene import Scene

REACH = 3  # pixels: what is narrower is hit from so far


@dataclass(frozen=True, slots=True)
class Pointed:
    """What is at a place in a row: ``item`` or, where pixels hold several, ``count`` in the ``column``.

    ``item`` is then the worst word of the column, None where none of them has a pace.
    """

    row: RowPlace
    band: Band
    item: Item | None
    column: TimeRange | None = None
    count: int = 1

    @property
    def strip(self) -> Strip:
        """Where the band is."""
        return self.row.strip(self.band)


def pointed_at(scene: Scene, axis: Axis, row: RowPlace, band: Band, pixel: float) -> Pointed | None:
    """What is at ``pixel`` of the axis in a band of a row, or at most ``REACH`` pixels away; None for nothing."""
    column = column_at(axis, pixel)
    index = (scene.sentences if band is Band.SENTENCES else scene.words)[row.lane][row.row].words
    count = index.count(*column)
    if count > 1 and _is_crowd(index, column, axis):
        return Pointed(row, band, _worst(scene, row, band, column), column, count)
    item = _nearest(scene, axis, row, band, pixel)
    return None if item is None else Pointed(row, band, item)


def column_at(axis: Axis, pixel: float) -> TimeRange:
    """The time that ``REACH`` pixels around ``pixel`` show: one alone is hard to point at. At least 1 ms."""
    first = floor(pixel) - REACH // 2
    start = max(axis.to_time(first), axis.first)
    return TimeRange(start, max(min(axis.to_time(first + REACH), axis.last), start + 1))


def _is_crowd(index: SpanIndex, column: TimeRange, axis: Axis) -> bool:
    """Whether there is more in a column than one can point at: something that both starts and ends around it."""
    reach = ceil(REACH * axis.ms_per_pixel)
    near = index.visible(column.start, column.end)
    return int(np.count_nonzero(index.end[near] - index.start[near] < reach)) > 1


def _worst(scene: Scene, row: RowPlace, band: Band, column: TimeRange) -> Item | None:
    if band is Band.SENTENCES:
        return None
    place = worst_word(scene.words[row.lane][row.row], *column)
    return None if place is None else word_item(scene.transcript, place)


def _nearest(scene: Scene, axis: Axis, row: RowPlace, band: Band, pixel: float) -> Item | None:
    of_row = scene.lanes.lanes[row.lane].rows[row.row]
    time, reach = axis.to_time(pixel), ceil(REACH * axis.ms_per_pixel)
    if band is Band.SENTENCES:
        sentence = of_row.sentences.nearest(time, reach)
        return None if sentence is None else Item(sentence, None)
    if band is Band.PUNCTUATION:
        return _nearest_mark(scene, of_row.words, time, reach)
    word = of_row.words.nearest(time, reach)
    return None if word is None else word_item(scene.transcript, word)


def _nearest_mark(scene: Scene, words: SpanIndex, time: int, reach: int) -> Item | None:
    """The punctuation whose end, where it is drawn, is nearest."""
    near = words.visible(time - reach, time + reach + 1)
    marks = near[scene.transcript.words.kind[words.places[near]] == WordKind.PUNCTUATION]
    distances = np.abs(words.end[marks] - time)
    if not len(marks) or distances.min() > reach:
        return None
    return word_item(scene.transcript, int(words.places[marks[distances.argmin()]]))
