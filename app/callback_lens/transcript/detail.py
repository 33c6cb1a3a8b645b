"""What a picture of words shows where there is no room for each: how many are in a column, and the worst of them.

Needs numpy, as ``transcript.reading`` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from callback_lens.transcript.columns import Places, Times
from callback_lens.transcript.flags import Flags
from callback_lens.transcript.pace import Paces
from callback_lens.transcript.span_index import SpanIndex, block_maxima

Column = NDArray[Any]


class OrderedMeasures(NamedTuple):
    """What is known of words in one order, and then 0, for none: ``reduceat`` takes no index behind the last."""

    paces: Paces
    flags: Flags


class Runs(NamedTuple):
    """The times in which there is at least one word; ``before`` is how many ms of them precede each, and the end."""

    start: Times
    end: Times
    before: Times


@dataclass(frozen=True, slots=True, eq=False)
class Detail:
    """Words of a row, and their measures in order of start and, as in ``ends``, of end.

    ``block_lengths`` has the longest of each of the index's blocks.
    """

    words: SpanIndex
    by_start: OrderedMeasures
    by_end: OrderedMeasures
    ends: Times
    runs: Runs
    block_lengths: Times


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """What is in each column of a picture: every word that is partly or wholly in it counts.

    ``count`` is the number of words, ``coverage`` the part of the column (0 to 1) in which there is one, ``worst``
    the most ms per character (0 where no word has a pace), ``flags`` all that are set of any word.
    """

    count: NDArray[np.int64]
    coverage: NDArray[np.float64]
    worst: Paces
    flags: Flags


def read_detail(words: SpanIndex, paces: Paces, flags: Flags) -> Detail:
    """The detail of the words of a row; ``paces`` (NaN: none) and ``flags`` are those of all words of the transcript.

    Where no word ends before an earlier one does, the order of the ends is that of the starts and takes no memory.
    """
    by_start = OrderedMeasures(_with_none(np.nan_to_num(paces[words.places])), _with_none(flags[words.places]))
    by_end, ends = by_start, words.end
    if not _ascends(ends):
        order = np.append(np.argsort(ends, kind="stable"), len(ends))
        by_end, ends = OrderedMeasures(by_start.paces[order], by_start.flags[order]), ends[order[:-1]]
    return Detail(words, by_start, by_end, ends, _runs(words), block_maxima(words.end - words.start))


def columns(detail: Detail, edges: Times) -> Columns:
    """What is in each column: from its edge (ms, ascending) to the next that is not the same; the last only ends one.

    So columns narrower than 1 ms, of which several begin at one edge, all show the millisecond that they are in.
    """
    begins, which = np.unique(edges[:-1], return_inverse=True)
    bounds = np.append(begins, max(edges[-1], begins[-1] + 1))
    started = np.searchsorted(detail.words.start, bounds)
    ended = np.searchsorted(detail.ends, bounds, side="right")
    long = _long_words(detail, bounds, int(started[-1]))
    first = np.maximum(np.searchsorted(bounds, detail.words.start[long], side="right") - 1, 0)
    last = np.minimum(np.searchsorted(bounds, detail.words.end[long]), len(begins))

    def most(ufunc: np.ufunc, by_start: Column, by_end: Column) -> Column:  # of what starts, ends or goes on there
        found = ufunc(_reduced(ufunc, by_start, started), _reduced(ufunc, by_end, ended))
        return _spread(ufunc, found, by_start[long], first, last)

    count = started[1:] - ended[:-1]  # all that start before a column ends, without those that end before it
    coverage = np.diff(_covered(detail.runs, bounds)) / np.diff(bounds)
    worst = most(np.maximum, detail.by_start.paces, detail.by_end.paces)
    flags = most(np.bitwise_or, detail.by_start.flags, detail.by_end.flags)
    return Columns(count[which], coverage[which], worst[which], flags[which])


def merged(rows: Sequence[Columns]) -> Columns:
    """The columns of at least one row in one picture: all words, their worst, and the coverage of the fullest row."""
    return Columns(
        np.add.reduce([row.count for row in rows]),
        np.maximum.reduce([row.coverage for row in rows]),
        np.maximum.reduce([row.worst for row in rows]),
        np.bitwise_or.reduce([row.flags for row in rows]),
    )


def worst_word(detail: Detail, from_ms: int, to_ms: int) -> int | None:
    """The place of the first word with the most ms per character in a column; None where no word there has a pace."""
    positions = detail.words.visible(from_ms, to_ms)
    paces = detail.by_start.paces[positions]
    return int(detail.words.places[positions[paces.argmax()]]) if paces.any() else None


def _long_words(detail: Detail, bounds: Times, last: int) -> Places:
    """The positions below ``last`` of all words that are in columns between those in which they start and end."""
    width = int(np.diff(bounds).min())
    positions = detail.words.in_blocks((detail.words.block_ends > bounds[0]) & (detail.block_lengths > width), last)
    end = detail.words.end[positions]
    long: Places = positions[(end > bounds[0]) & (end - detail.words.start[positions] > width)]
    return long


def _reduced(ufunc: np.ufunc, values: Column, at: Places) -> Column:
    """``ufunc`` over ``values`` from each of ``at`` up to the next; 0 over none: reduceat takes the next value then."""
    found = ufunc.reduceat(values[: at[-1] + 1], at)[:-1]
    return np.where(at[:-1] < at[1:], found, found.dtype.type(0))


def _spread(ufunc: np.ufunc, found: Column, values: Column, first: Places, last: Places) -> Column:
    """``found`` with each of ``values`` in all columns from ``first`` up to ``last``.

    Two stretches of 2^level columns, which may overlap, make up those of a value; a stretch is then two of half the
    length each, and so on down to single columns. So each value costs the same however many columns it is in.
    """
    if not len(values):
        return found
    level = np.frexp(last - first)[1] - 1
    stretches: Column = np.zeros((level.max() + 1, len(found)), found.dtype)
    stretches[0] = found
    ufunc.at(stretches, (level, first), values)
    ufunc.at(stretches, (level, last - (1 << level)), values)
    for above in range(level.max(), 0, -1):
        half = 1 << (above - 1)
        stretches[above - 1] = ufunc(stretches[above - 1], stretches[above])
        stretches[above - 1, half:] = ufunc(stretches[above - 1, half:], stretches[above, :-half])
    single: Column = stretches[0]
    return single


def _runs(words: SpanIndex) -> Runs:
    latest = np.maximum.accumulate(words.end)
    begins = np.flatnonzero(np.append(True, words.start[1:] > latest[:-1])[: len(words)])
    start, end = words.start[begins], latest[np.append(begins[1:], len(words))[: len(begins)] - 1]
    return Runs(start, end, np.append(0, np.cumsum(end - start)))


def _covered(runs: Runs, times: Times) -> Times:
    """How many ms before each of ``times`` there is a word."""
    begun = np.searchsorted(runs.start, times)
    if not len(runs.start):
        return begun
    return runs.before[begun] - np.where(begun > 0, np.maximum(0, runs.end[begun - 1] - times), 0)


def _with_none(values: Column) -> Column:
    return np.append(values, values.dtype.type(0))


def _ascends(values: Times) -> bool:
    return bool((values[1:] >= values[:-1]).all())
