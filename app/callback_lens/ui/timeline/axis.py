"""The axis of time: which millisecond is at which pixel."""

from dataclasses import dataclass, replace
from math import ceil, floor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from callback_lens.payload.units import clock
from callback_lens.transcript.columns import Times

SHORTEST = 10  # ms across the whole width
ROUNDING = 1e-6  # ms: what a time may lose on its way to a pixel and back

SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000
STEPS = (
    *(1, 2, 5, 10, 20, 50, 100, 200, 500),
    *(number * SECOND for number in (1, 2, 5, 10, 15, 30)),
    *(number * MINUTE for number in (1, 2, 5, 10, 15, 30)),
    *(number * HOUR for number in (1, 2, 6, 12)),
    *(number * 10**power * DAY for power in range(9) for number in (1, 2, 5)),
)


@dataclass(frozen=True, slots=True)
class Axis:
    """``width`` pixels of ``ms_per_pixel``, the first of which begins at ``origin`` + ``offset`` (ms).

    ``first`` and ``last`` bound what can be in sight: all of it at most, ``SHORTEST`` ms at least, and every change
    keeps to that. The origin is whole and the offset 0 to 1, so far from 0 pixels are as exact as near it.
    """

    first: int
    last: int
    width: int
    origin: int
    offset: float
    ms_per_pixel: float

    @property
    def span(self) -> float:
        """How many ms are in sight; a width of 0 counts as 1."""
        return self.ms_per_pixel * max(1, self.width)

    @property
    def shows_all(self) -> bool:
        """Whether all there is is in sight."""
        return self.ms_per_pixel >= self._limits()[1]

    def to_pixel(self, time: int) -> float:
        """Where the millisecond ``time`` begins, counted from the left edge; it need not be in sight."""
        return (time - self.origin - self.offset) / self.ms_per_pixel

    def to_pixels(self, times: Times) -> NDArray[np.floating]:
        """The same of many times."""
        return (times - self.origin - self.offset) / self.ms_per_pixel

    def to_time(self, pixel: float) -> int:
        """The millisecond at ``pixel``; of a whole time's pixel that time."""
        return self.origin + floor(self.offset + pixel * self.ms_per_pixel + ROUNDING)

    def edges(self, count: int) -> Times:
        """The milliseconds at which ``count`` columns of equal width begin, and the one at which the last ends."""
        steps = np.arange(count + 1) * (self.span / max(1, count))
        edges: Times = self.origin + np.floor(self.offset + steps + ROUNDING).astype(np.int64)
        return edges

    def zoomed(self, factor: float, pixel: float) -> "Axis":
        """``factor`` (above 0) times as large, the time at ``pixel`` staying there where the bounds allow it."""
        ms_per_pixel = self._limited(self.ms_per_pixel / factor)
        return self._moved(self.offset + pixel * (self.ms_per_pixel - ms_per_pixel), ms_per_pixel)

    def panned(self, pixels: float) -> "Axis":
        """What is ``pixels`` further to the right, or to the left of 0."""
        return self._moved(self.offset + pixels * self.ms_per_pixel, self.ms_per_pixel)

    def fitted(self, from_ms: int, to_ms: int, padding: float = 0) -> "Axis":
        """From one time to another as large as fits, in the middle, with ``padding`` pixels on either side."""
        ms_per_pixel = self._limited((to_ms - from_ms) / max(1, self.width - 2 * padding))
        middle = ((from_ms - self.origin) + (to_ms - self.origin)) / 2
        return self._moved(middle - ms_per_pixel * max(1, self.width) / 2, ms_per_pixel)

    def resized(self, width: int) -> "Axis":
        """More or fewer pixels of the same scale; where all is in sight it stays so."""
        if self.shows_all:
            return whole_axis(self.first, self.last, width)
        return replace(self, width=width).zoomed(1, 0)  # which keeps to the bounds of the new width

    def _limits(self) -> tuple[float, float]:
        """The least and the most ms per pixel."""
        return SHORTEST / max(1, self.width), (self.last - self.first) / max(1, self.width)

    def _limited(self, ms_per_pixel: float) -> float:
        least, most = self._limits()
        return min(max(ms_per_pixel, least), most)

    def _moved(self, start: float, ms_per_pixel: float) -> "Axis":
        """Beginning ``start`` ms after the origin, or as near to that as the bounds allow."""
        latest = self.last - self.origin - ms_per_pixel * max(1, self.width)
        start = max(min(start, latest), self.first - self.origin)
        whole = floor(start)
        return replace(self, origin=self.origin + whole, offset=start - whole, ms_per_pixel=ms_per_pixel)


class Tick(NamedTuple):
    """A mark of the ruler; ``label`` is ``m:ss.mmm`` as far as that is needed, None for a mark between labels."""

    time: int
    pixel: float
    label: str | None


def whole_axis(first: int, last: int, width: int) -> Axis:
    """All from ``first`` to ``last`` (ms), or ``SHORTEST`` ms where that is less."""
    last = max(last, first + SHORTEST)
    return Axis(first, last, width, first, 0.0, (last - first) / max(1, width))


def ticks(axis: Axis, label_pixels: float, tick_pixels: float) -> list[Tick]:
    """The marks of a ruler: labels at least ``label_pixels`` from each other, marks at least ``tick_pixels``."""
    labelled = next((step for step in STEPS if step >= label_pixels * axis.ms_per_pixel), STEPS[-1])
    enough = tick_pixels * axis.ms_per_pixel
    step = next(step for step in STEPS if labelled % step == 0 and (step >= enough or step == labelled))
    first, last = axis.origin + ceil(axis.offset), axis.origin + floor(axis.offset + axis.span)
    times = range(-(-first // step) * step, last + 1, step)
    return [Tick(time, axis.to_pixel(time), None if time % labelled else _label(time, labelled)) for time in times]


def _label(time: int, step: int) -> str:
    return clock(time) if step < SECOND else clock(time).removesuffix(".000")
