"""Milliseconds as texts, many at a time: in a fraction of the time of formatting each."""

import numpy as np
from numpy.typing import NDArray

from callback_lens.errors import Message
from callback_lens.transcript.columns import NO_TIME, Times

POWERS_OF_TEN = 10 ** np.arange(1, 19)
POINT = 4  # the place of the decimal point, from the end

CLOCK = "00:00:00.000"
SECOND, MINUTE, HOUR = 1000, 60_000, 3_600_000  # ms
# Where the digits of a clock stand, the ms that one is worth, and how many there are of it.
DIGITS = (
    *((0, 10 * HOUR, 10), (1, HOUR, 10), (3, 10 * MINUTE, 6), (4, MINUTE, 10), (6, 10 * SECOND, 6), (7, SECOND, 10)),
    *((9, 100, 10), (10, 10, 10), (11, 1, 10)),
)
LONGEST_CLOCK = 100 * HOUR
TOO_LONG = Message("later than 99:59:59.999, which many players do not read")


def decimal_seconds(milliseconds: Times) -> list[str]:
    """Seconds with exactly three decimals: 19712 ms are ``19.712``, with no binary fractions on the way."""
    sizes = np.abs(milliseconds)
    digits = np.maximum(np.searchsorted(POWERS_OF_TEN, sizes, side="right") + 1, POINT)
    texts = np.empty(len(sizes), object)
    for count in range(digits.min(initial=POINT), digits.max(initial=POINT) + 1):
        places = np.flatnonzero(digits == count)
        texts[places] = _of_digits(sizes[places], count).tolist()
    negative = np.flatnonzero(milliseconds < 0)
    texts[negative] = [f"-{text}" for text in texts[negative]]
    seconds: list[str] = texts.tolist()
    return seconds


def _of_digits(milliseconds: Times, count: int) -> NDArray[np.str_]:
    """Times of ``count`` digits each."""
    width = count + 1
    characters = np.empty((len(milliseconds), width), np.int32)  # as numpy keeps texts
    characters[:, -POINT] = ord(".")
    rest = milliseconds
    for place in reversed([place for place in range(width) if place != width - POINT]):
        rest, digit = np.divmod(rest, 10)
        characters[:, place] = digit + ord("0")
    return characters.view(f"U{width}")[:, 0]


def with_clocks(pattern: str, point: str, *columns: Times) -> list[str]:
    """``pattern`` for each row of ``columns``, each ``{}`` in it a time (ms, from 0) as ``HH:MM:SS.mmm``; "" where the
    first is ``NO_TIME``. ``point`` stands before the milliseconds.
    """
    if any((column >= LONGEST_CLOCK).any() for column in columns):
        rows = zip(*(column.tolist() for column in columns), strict=True)
        return ["" if row[0] == NO_TIME else pattern.format(*(_clock(time, point) for time in row)) for row in rows]
    clock = CLOCK.replace(".", point)
    template = pattern.format(*[clock] * len(columns))
    characters = np.empty((len(columns[0]), len(template)), np.int32)  # as numpy keeps texts
    characters[:] = list(map(ord, template))
    place = 0
    for column in columns:
        place = template.index(clock, place)
        _add_digits(characters[:, place:], column.astype(np.int32))
        place += len(clock)
    characters[columns[0] == NO_TIME] = 0
    texts: list[str] = characters.view(f"U{len(template)}")[:, 0].tolist()
    return texts


def _add_digits(clocks: NDArray[np.int32], times: NDArray[np.int32]) -> None:
    for place, worth, count in DIGITS:
        clocks[:, place] += times // worth % count


def _clock(time: int, point: str) -> str:
    seconds, milliseconds = divmod(time, SECOND)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{milliseconds:03}"
