"""The scalars of a payload to numbers and texts, a column at a time."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np

from callback_lens.payload.numbers import parse_int, parse_number
from callback_lens.transcript.columns import NO_TIME, Times

DIGITS = 15  # a time of more is none anybody measured; sums of such times are exact, as int64 and as double


def whole_numbers(values: Sequence[Any]) -> Times:
    """The whole numbers written as ``values``, ``NO_TIME`` for everything else and for more than 15 digits."""
    if _are_digits(values):
        numbers = np.fromstring(" ".join(values), np.int64, sep=" ")  # half the time of int for each
        if numbers.max() < 10**DIGITS:  # what is too large became the largest int64
            return numbers
    return np.array([_whole_number(value) for value in values], np.int64)


def _are_digits(values: Sequence[Any]) -> bool:
    """Whether all of ``values`` are texts of digits alone; False for none at all."""
    try:
        digits = "".join(values)
    except TypeError:
        return False
    return digits.isascii() and digits.isdigit() and all(values)


def _whole_number(value: object) -> int:
    if not isinstance(value, str):
        return NO_TIME
    if len(value) <= DIGITS and value.isascii() and value.isdigit():
        return int(value)  # a tenth of the time of what follows
    number = parse_int(value)
    return number if number is not None and abs(number) < 10**DIGITS else NO_TIME


def texts_of(values: Sequence[Any]) -> list[str]:
    """The texts without the whitespace around them, "" for what is no text."""
    try:
        return list(map(str.strip, values))
    except TypeError:
        return [text_of(value) for value in values]


def text_of(value: object) -> str:
    """The text without the whitespace around it, "" for what is no text."""
    return value.strip() if isinstance(value, str) else ""


def exact_milliseconds(seconds: str | None) -> int | float | None:
    """Decimal seconds as ms, a whole number where it is one: through binary fractions 19.7124 s would be
    19712.399999999998 ms. None for what is no number, or none of a time.
    """
    number = parse_number(seconds)
    if seconds is None or number is None or abs(number) >= 10**DIGITS:
        return None
    milliseconds = Decimal(seconds.strip()) * 1000
    return int(milliseconds) if milliseconds == int(milliseconds) else float(milliseconds)
