"""Numbers of payloads, which CI writes as texts."""

import math
import re

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
DIGITS = 400  # more make no number anybody measured


def parse_number(text: str | None) -> int | float | None:
    """The number written as ``text`` (whole ones as int), or None where it is none, or too large for a double."""
    if text is None or len(text) > DIGITS or not NUMBER.fullmatch(text.strip()):
        return None
    number = float(text)
    if not math.isfinite(number):
        return None
    return int(text) if text.strip().lstrip("+-").isdigit() else number


def parse_int(text: str | None) -> int | None:
    """The whole number written as ``text``, or None."""
    number = parse_number(text)
    return int(number) if number is not None and number == int(number) else None


def parse_ratio(text: str | None) -> float | None:
    """A number or a fraction such as ``50/1`` (frame rates are written both ways), or None."""
    above, slash, below = (text or "").partition("/")
    numerator, denominator = parse_number(above), parse_number(below if slash else "1")
    if numerator is None or not denominator:
        return None
    ratio = numerator / denominator
    return ratio if math.isfinite(ratio) else None
