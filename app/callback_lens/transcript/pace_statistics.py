"""Medians and worst paces of groups of words, from how often each pace occurs: words are many, paces few.

Needs numpy, as ``transcript.reading`` does.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from callback_lens.transcript.columns import Places

SMALL = 1000  # counters that cost nothing


class PaceStatistics(NamedTuple):
    """Of each group the median pace (ms per character), the median absolute deviation from it, and the worst pace,
    NaN without any; ``slowest`` is the place of the first word of the worst pace, -1 without any.
    """

    median: NDArray[np.float64]
    deviation: NDArray[np.float64]
    worst: NDArray[np.float64]
    slowest: Places


class _Tally(NamedTuple):
    """How often values occur in groups: the groups behind each other, ascending in each."""

    groups: Places
    values: NDArray[np.float64]
    counts: Places


def pace_statistics(
    ranks: NDArray[np.int32], distinct_paces: NDArray[np.float64], groups: Places, group_count: int
) -> PaceStatistics:
    """``ranks`` has the place of each word's pace in ``distinct_paces`` (ascending behind a NaN, place 0), ``groups``
    the group of each word, or the one of all. ``slowest`` counts the words given.
    """
    keys = ranks + groups * len(distinct_paces)
    found, counts = _occurring(keys, group_count * len(distinct_paces))
    found, counts = (column[found % len(distinct_paces) > 0] for column in (found, counts))
    tally = _Tally(found // len(distinct_paces), distinct_paces[found % len(distinct_paces)], counts)
    median = _medians(tally, group_count)
    has_any = ~np.isnan(median)
    last = np.searchsorted(tally.groups, np.flatnonzero(has_any), side="right") - 1
    worst, worst_keys = np.full(group_count, np.nan), np.full(group_count, -1)
    worst[has_any], worst_keys[has_any] = tally.values[last], found[last]
    slowest = _first_places(keys == worst_keys[groups], groups, group_count)
    return PaceStatistics(median, _medians(_distances(tally, median), group_count), worst, slowest)


def _occurring(keys: Places, limit: int) -> tuple[Places, Places]:
    """The different ``keys`` (from 0, below ``limit``), ascending, and how often each occurs."""
    if limit > max(len(keys), SMALL):
        return np.unique(keys, return_counts=True)
    counts = np.bincount(keys, minlength=limit)
    found = np.flatnonzero(counts)
    return found, counts[found]


def _medians(tally: _Tally, group_count: int) -> NDArray[np.float64]:
    totals = np.bincount(tally.groups, tally.counts, group_count).astype(np.intp)
    before = np.cumsum(totals) - totals
    up_to = np.cumsum(tally.counts)
    values = np.append(tally.values, np.nan)  # what a group finds that is empty and the last
    middles = (before + (totals - 1) // 2, before + totals // 2)
    low, high = (values[np.searchsorted(up_to, middle, side="right")] for middle in middles)
    return np.where(totals > 0, (low + high) / 2, np.nan)


def _distances(tally: _Tally, centers: NDArray[np.float64]) -> _Tally:
    distances = np.abs(tally.values - centers[tally.groups])
    order = np.lexsort((distances, tally.groups))
    return _Tally(tally.groups, distances[order], tally.counts[order])


def _first_places(marked: NDArray[np.bool_], groups: Places, group_count: int) -> Places:
    """Of each group the place of the first that is marked, -1 without any."""
    places = np.flatnonzero(marked)[::-1]
    first = np.full(group_count, -1)
    first[np.broadcast_to(groups, marked.shape)[places]] = places  # the last one written stays
    return first
