"""The times of payloads: three syntaxes, and ``-`` for "not yet"."""

import re
from dataclasses import dataclass
from datetime import datetime

# 2022-06-30T19:27:39+0800 (jobs), 2022-08-09 14:54:17+0800 (workflows), 2021-08-10T21:01:10+08:00 (moderation):
# all three in Tencent's documentation.
TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,9})?)\s?(?:Z|([+-]\d\d):?(\d\d)?)", re.ASCII)
NOT_YET = "-"


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A time as written (``raw``) and as a moment; ``moment`` is None for ``-`` and for what is no time."""

    raw: str
    moment: datetime | None

    @property
    def is_bad(self) -> bool:
        """True for a text that should be a time and is none."""
        return self.moment is None and self.raw != NOT_YET

    @property
    def iso(self) -> str | None:
        """ISO 8601 with offset, e.g. ``2022-06-30T19:27:39+08:00``."""
        return self.moment.isoformat() if self.moment else None


def parse_time(raw: str | None) -> Timestamp | None:
    """The time written as ``raw``, or None where nothing is written."""
    return Timestamp(raw, _moment(raw)) if raw else None


def _moment(raw: str) -> datetime | None:
    match = TIME.fullmatch(raw.strip())
    if match is None:
        return None
    day, clock, hours, minutes = match.groups()
    offset = f"{hours or '+00'}:{minutes or '00'}"
    try:
        return datetime.fromisoformat(f"{day}T{clock}{offset}")
    except ValueError:
        return None


def milliseconds_between(start: Timestamp | None, end: Timestamp | None) -> int | None:
    """``end`` - ``start`` in ms, negative where they are the wrong way round; None where one is not known."""
    if start is None or end is None or start.moment is None or end.moment is None:
        return None
    return round((end.moment - start.moment).total_seconds() * 1000)
