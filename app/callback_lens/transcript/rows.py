"""Spans of time that may overlap, in rows in which none do.

Needs numpy, as ``transcript.reading`` does.
"""

from collections.abc import Iterator
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from callback_lens.transcript.columns import Places, Times


def lowest_free_rows(start: Times, end: Times) -> Places:
    """Each span in the lowest row that is free at its start; of those that start together the longest comes first."""
    rows = np.zeros(len(start), np.intp)
    order = np.lexsort((-end, start))
    if (start[order][1:] >= end[order][:-1]).all():
        return rows
    busy: list[tuple[int, int]] = []
    free: list[int] = []
    for place, begins, ends in zip(order.tolist(), start[order].tolist(), end[order].tolist(), strict=True):
        while busy and busy[0][0] <= begins:
            heappush(free, heappop(busy)[1])
        rows[place] = heappop(free) if free else len(busy)
        heappush(busy, (ends, int(rows[place])))
    return rows


def places_by(groups: NDArray[np.integer]) -> Iterator[Places]:
    """For each group, lowest first, the places where it stands."""
    order = np.argsort(groups, kind="stable")
    cuts = np.flatnonzero(np.diff(groups[order])) + 1
    return iter(np.split(order, cuts) if len(order) else [])
