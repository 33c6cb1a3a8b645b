"""Items that stand behind each other, in groups."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from callback_lens.transcript.columns import Places


def places_ahead(places: Places, groups: NDArray[np.integer]) -> Places:
    """For each item the one before it in ``places`` if both are of one group, otherwise -1.

    ``groups`` has the group of every item; ``places`` has those that count, those of a group behind each other.
    """
    together = groups[places[:-1]] == groups[places[1:]]
    ahead = np.full(len(groups), -1)
    ahead[places[1:][together]] = places[:-1][together]
    return ahead


def run_firsts(groups: NDArray[np.integer]) -> Places:
    """Where the runs of equal ``groups`` begin."""
    is_first = np.ones(len(groups), np.bool_)
    is_first[1:] = groups[1:] != groups[:-1]
    return np.flatnonzero(is_first)


def numbered(names: Sequence[str | None]) -> tuple[list[str | None], Places]:
    """The names, each once in the order of their first use, and for each item the place of its name there."""
    numbers: dict[str | None, int] = {}
    places = [numbers.setdefault(name, len(numbers)) for name in names]
    return list(numbers), np.array(places, np.intp)
