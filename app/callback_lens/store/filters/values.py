"""The values of terms that are no texts: sizes and times."""

import re
from datetime import datetime, timedelta

SIZE = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)([kmg]?)i?b?", re.IGNORECASE)
LARGEST = (1 << 63) - 1  # that SQLite can compare with
FACTORS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
AGO = re.compile("([0-9]{1,6})([smhdw])")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def parse_size(text: str) -> int | None:
    """The bytes in ``10k``, ``1.5MB``, ``200``; None for what is no size. k, M and G count by 1,024."""
    match = SIZE.fullmatch(text)
    return min(int(float(match[1]) * FACTORS[match[2].lower()]), LARGEST) if match else None


def parse_moment(text: str, now: datetime) -> datetime | None:
    """The moment in ``2h`` (before the aware ``now``; s, m, h, d, w), ``2024-05-01`` or ``2024-05-01T13:30+08:00``.

    Without an offset it is in the time zone of ``now``; None for what is no time.
    """
    try:
        if ago := AGO.fullmatch(text):
            return now - timedelta(**{UNITS[ago[2]]: int(ago[1])})
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    except (ValueError, OverflowError):
        return None
