"""Milliseconds and other numbers as texts, many at a time: in a fraction of the time of formatting each."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from callback_lens.errors import Message
from callback_lens.transcript.columns import NO_TIME, Times

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
    return in_decimal([milliseconds], "\n", decimals=3)


def in_decimal(columns: Sequence[Times], separator: str, decimals: int = 0) -> list[str]:
    """The numbers of each row of ``columns``, with ``separator`` between them and nothing for ``NO_TIME``.

    The last ``decimals`` digits stand behind a point.
    """
    numbers = np.stack(columns, axis=-1)
    known = numbers != NO_TIME
    rest = np.abs(np.where(known, numbers, 0))
    largest = int(rest.max(initial=0))
    if largest <= np.iinfo(np.uint32).max:
        rest = rest.astype(np.uint32)  # is divided in half the time
    width = max(len(str(largest)), decimals + 1)
    # For each number its sign, its digits with the point among or behind them, and what divides it from the next.
    point = width + 1 - decimals
    characters = np.empty((*rest.shape, width + 3), np.uint8)
    is_written = np.empty(characters.shape, bool)
    characters[..., 0], is_written[..., 0] = ord("-"), known & (numbers < 0)
    characters[..., point], is_written[..., point] = ord("."), known & (decimals > 0)
    characters[..., -1], is_written[..., -1] = ord(separator), True
    characters[:, -1, -1], is_written[:, -1, -1] = ord("\n"), True
    for place in reversed([place for place in range(1, width + 2) if place != point]):
        higher = rest // 10
        characters[..., place] = rest - higher * 10 + ord("0")
        is_written[..., place] = rest > 0 if place < point - 1 else known
        rest = higher
    return characters[is_written].tobytes().decode("ascii").split("\n")[:-1]


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
