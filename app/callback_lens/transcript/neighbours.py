"""Which item stands ahead of which."""

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
