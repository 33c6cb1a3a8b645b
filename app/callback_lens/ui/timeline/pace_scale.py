"""How slow is slow: ms per character as a class to colour and as a height to draw."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from callback_lens.transcript.pace import Paces

Classes = NDArray[np.uint8]

NO_PACE, FAST, USUAL, UNHURRIED, DRAWN_OUT, SLOW, VERY_SLOW, EXTREME = range(8)
FASTER = 1.5  # times as fast as usual is fast
LEAST_RANGE, MOST_RANGE = 2, 16  # times the slowest that is not slow: what the full height stands for


@dataclass(frozen=True, slots=True)
class PaceScale:
    """``usual`` is the median, ``slow_above`` the pace above which a word is slow, ``slowest`` that of the slowest.

    All in ms per character, and NaN where no word has a pace. A pace of 0 stands for none.
    """

    usual: float
    slow_above: float
    slowest: float

    @property
    def bounds(self) -> tuple[float, ...]:
        """The paces at which the classes after ``FAST`` begin."""
        step = (self.slow_above / self.usual) ** (1 / 3)
        unhurried, drawn_out = self.usual * step, self.usual * step**2
        slow = self.slow_above
        return self.usual / FASTER, unhurried, drawn_out, slow, 2 * slow, 4 * slow

    def classes(self, paces: Paces) -> Classes:
        """The class of each pace, slower ones being higher."""
        if np.isnan(self.usual):
            return np.zeros(len(paces), np.uint8)
        above = np.searchsorted(np.array(self.bounds, np.float32), paces).astype(np.uint8)
        return np.where(paces > 0, above + np.uint8(FAST), np.uint8(NO_PACE))

    def heights(self, paces: Paces) -> NDArray[np.float64]:
        """How high each pace is drawn: 0 up to the usual one, 1 for the slowest, by its logarithm between them."""
        if np.isnan(self.usual):
            return np.zeros(len(paces))
        highest = np.clip(self.slowest, LEAST_RANGE * self.slow_above, MOST_RANGE * self.slow_above)
        times_usual = np.maximum(paces / np.float32(self.usual), 1)
        heights: NDArray[np.float64] = np.minimum(np.log(times_usual) / np.log(highest / self.usual), 1)
        return heights
