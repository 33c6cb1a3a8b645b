"""Spans of time in order of their start, searched by time.

Needs numpy, as ``transcript.reading`` does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from callback_lens.transcript.columns import NO_TIME, Places, Times
from callback_lens.transcript.spans import spans

BLOCK = 512  # spans that share an entry of ``block_ends``


@dataclass(frozen=True, slots=True, eq=False)
class SpanIndex:
    """Spans from ``start`` up to, not including, ``end`` (ms), sorted by start; what starts together by place.

    ``places`` says what each is the span of. What has no length, or only one of its times, lasts 1 ms here, so that
    it is seen and hit. A position is an index into these columns. ``block_ends`` has the latest end in each ``BLOCK``
    of them: one word that ends far too late would have a running maximum of all ends say nothing any more.
    """

    places: NDArray[np.int32]
    start: Times
    end: Times
    block_ends: Times

    def __len__(self) -> int:
        return len(self.places)

    def visible(self, from_ms: int, to_ms: int) -> Places:
        """The positions, ascending, of all spans that are partly or wholly in ``from_ms`` <= time < ``to_ms``."""
        first, last = np.searchsorted(self.start, (from_ms, to_ms))
        return np.concatenate((self._running(from_ms, int(first)), np.arange(first, last)))

    def count(self, from_ms: int, to_ms: int) -> int:
        """How many spans are visible, without listing them."""
        first, last = np.searchsorted(self.start, (from_ms, to_ms))
        return len(self._running(from_ms, int(first))) + int(last - first)

    def nearest(self, time: int, within: int) -> int | None:
        """The place of the span at ``time`` or, where there is none, of the nearest, at most ``within`` ms away.

        The innermost is taken: the shortest of several, except that what lasts less than 2 × ``within`` is all
        equally hard to hit, is hit from ``within`` around it, and the nearest of it wins. None where nothing is near.
        """
        near = self.visible(time - within, time + within + 1)
        if not len(near):
            return None
        start, end = self.start[near], self.end[near]
        distance = np.maximum(0, np.maximum(start - time, time - (end - 1)))
        length = end - start
        is_hit = (distance == 0) | (length < 2 * within)
        size = np.where(is_hit, np.maximum(length, 2 * within), 0)
        return int(self.places[near[np.lexsort((length, distance, size, ~is_hit))[0]]])

    def following(self, time: int, place: int) -> tuple[int, int] | None:
        """Start and place of the first span after that of ``place``, which starts at ``time``."""
        return self._at(self._position(time, place, "right"))

    def preceding(self, time: int, place: int) -> tuple[int, int] | None:
        """Start and place of the last span before that of ``place``, which starts at ``time``."""
        return self._at(self._position(time, place, "left") - 1)

    def in_blocks(self, blocks: NDArray[np.bool_], last: int) -> Places:
        """The positions below ``last``, ascending, in the blocks for which ``blocks`` is true."""
        chosen = np.flatnonzero(blocks[: -(-last // BLOCK)])
        positions = (chosen[:, None] * BLOCK + np.arange(BLOCK)).ravel()
        return positions[positions < last]

    def _running(self, time: int, last: int) -> Places:
        """The positions below ``last`` of what ends after ``time``."""
        positions = self.in_blocks(self.block_ends > time, last)
        return positions[self.end[positions] > time]

    def _position(self, time: int, place: int, side: Literal["left", "right"]) -> int:
        """Where a span of ``place`` that starts at ``time`` stands, or would."""
        first, last = np.searchsorted(self.start, time), np.searchsorted(self.start, time, "right")
        return int(first + np.searchsorted(self.places[first:last], place, side))

    def _at(self, position: int) -> tuple[int, int] | None:
        if not 0 <= position < len(self):
            return None
        return int(self.start[position]), int(self.places[position])


def span_index(places: Places, start: Times, end: Times) -> SpanIndex:
    """The index of the spans at ``places`` (ascending) of these columns, without those of which no time is known."""
    first, last, _, _ = spans(start[places], end[places])
    timed = first != NO_TIME
    places, first, last = places[timed], first[timed], last[timed]
    if not (first[1:] >= first[:-1]).all():
        order = np.argsort(first, kind="stable")
        places, first, last = places[order], first[order], last[order]
    last = np.maximum(last, first + 1)
    return SpanIndex(places.astype(np.int32), first, last, block_maxima(last))


def block_maxima(values: Times) -> Times:
    """The largest value of each ``BLOCK``."""
    return np.maximum.reduceat(values, np.arange(0, len(values), BLOCK)) if len(values) else values


def following(indexes: Iterable[SpanIndex], time: int, place: int) -> int | None:
    """The place of the first span in any of ``indexes`` after that of ``place``, which starts at ``time``."""
    return min(filter(None, (index.following(time, place) for index in indexes)), default=(0, None))[1]


def preceding(indexes: Iterable[SpanIndex], time: int, place: int) -> int | None:
    """The place of the last span in any of ``indexes`` before that of ``place``, which starts at ``time``."""
    return max(filter(None, (index.preceding(time, place) for index in indexes)), default=(0, None))[1]
