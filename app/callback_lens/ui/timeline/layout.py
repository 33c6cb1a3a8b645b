"""What is where in the timeline, from top to bottom: overview, ruler, and a lane for each speaker."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

GAP = 4  # pixels above and below each row of a lane
OVERVIEW, RULER = 2.75, 1.4  # in line heights, as are the following
LABEL, STRIP, SENTENCE = 1.35, 0.4, 1.35
LOWEST_TOWER, HIGHEST_TOWER = 1.5, 6.0  # what a slow word has above its label: as much as there is room for


class Band(IntEnum):
    """The parts of a row, from top to bottom."""

    WORDS = 0
    PUNCTUATION = 1
    SENTENCES = 2


class Strip(NamedTuple):
    """From ``top`` up to, not including, ``bottom``."""

    top: int
    bottom: int

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top


class RowPlace(NamedTuple):
    """A row of a lane: where it and its bands are. The lowest ``label`` pixels of the words are those of labels."""

    lane: int
    row: int
    whole: Strip
    words: Strip
    punctuation: Strip
    sentences: Strip
    label: int

    def strip(self, band: Band) -> Strip:
        """Where a band is."""
        return (self.words, self.punctuation, self.sentences)[band]

    def band_at(self, y: float) -> Band:
        """The band at ``y`` or, where there is none, the nearest."""
        return Band((y >= self.punctuation.top) + (y >= self.sentences.top))


@dataclass(frozen=True)
class Layout:
    """A timeline of ``width`` × ``height`` pixels, all of it in whole ones.

    The axis begins behind the ``gutter``, where names stand. ``line_height`` is that of the text, ``rows_of_lanes``
    the number of rows of each lane. What of the lanes does not fit is seen when they are scrolled up by ``scroll``.
    """

    width: int
    height: int
    gutter: int
    line_height: int
    rows_of_lanes: tuple[int, ...]
    scroll: int = 0

    @property
    def axis_width(self) -> int:
        """How many pixels the axis has."""
        return max(0, self.width - self.gutter)

    @cached_property
    def overview(self) -> Strip:
        """The whole of the audio at once."""
        return Strip(0, self._lines(OVERVIEW))

    @cached_property
    def ruler(self) -> Strip:
        """The marks of time."""
        return Strip(self.overview.bottom, self.overview.bottom + self._lines(RULER))

    @cached_property
    def lanes(self) -> Strip:
        """Where the lanes are, and scroll."""
        return Strip(self.ruler.bottom, max(self.ruler.bottom, self.height))

    @property
    def lowest(self) -> int:
        """The height in which all lanes are seen at once, with words as low as they get."""
        return self.ruler.bottom + sum(self.rows_of_lanes) * self._row_height(self._lines(LOWEST_TOWER))

    @property
    def content_height(self) -> int:
        """How high all lanes are."""
        return sum(self.rows_of_lanes) * self._row_height(self._tower)

    @property
    def scroll_range(self) -> int:
        """How far the lanes can be scrolled."""
        return max(0, self.content_height - self.lanes.height)

    @cached_property
    def rows(self) -> list[RowPlace]:
        """The rows of all lanes, also those that are scrolled out of sight."""
        height, places = self._row_height(self._tower), []
        top = self.lanes.top - self.scroll
        for lane, count in enumerate(self.rows_of_lanes):
            for row in range(count):
                places.append(self._row_place(lane, row, top))
                top += height
        return places

    @cached_property
    def rows_in_sight(self) -> list[RowPlace]:
        """Those of which at least a part is seen."""
        return [row for row in self.rows if row.whole.bottom > self.lanes.top and row.whole.top < self.lanes.bottom]

    def row_at(self, y: float) -> RowPlace | None:
        """The row at ``y``; None above the lanes and below the last."""
        if not self.rows or not self.lanes.top <= y < min(self.lanes.bottom, self.rows[-1].whole.bottom):
            return None
        return self.rows[bisect_right(self.rows, y, key=lambda row: row.whole.top) - 1]

    def scrolled(self, scroll: int) -> "Layout":
        """Scrolled up by ``scroll`` pixels, or as far as there is something to see."""
        return replace(self, scroll=min(max(0, scroll), self.scroll_range))

    @cached_property
    def _tower(self) -> int:
        rows = max(1, sum(self.rows_of_lanes))
        free = self.lanes.height // rows - self._row_height(0)
        return min(max(free, self._lines(LOWEST_TOWER)), self._lines(HIGHEST_TOWER))

    def _row_place(self, lane: int, row: int, top: int) -> RowPlace:
        words = Strip(top + GAP, top + GAP + self._tower + self._lines(LABEL))
        punctuation = Strip(words.bottom + 1, words.bottom + 1 + self._lines(STRIP))
        sentences = Strip(punctuation.bottom + 1, punctuation.bottom + 1 + self._lines(SENTENCE))
        whole = Strip(top, sentences.bottom + GAP)
        return RowPlace(lane, row, whole, words, punctuation, sentences, self._lines(LABEL))

    def _row_height(self, tower: int) -> int:
        return 2 * GAP + 2 + tower + self._lines(SENTENCE) + self._lines(LABEL) + self._lines(STRIP)

    def _lines(self, count: float) -> int:
        return max(1, round(count * self.line_height))
