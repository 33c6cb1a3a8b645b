"""What does not add up in a payload, as data."""

from dataclasses import dataclass
from enum import StrEnum

from callback_lens.errors import Message

LONGEST_QUOTE = 80


class Severity(StrEnum):
    """How much a finding matters; sorted from worst to least."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a reader of the payload should know.

    ``code`` is stable (scripts depend on it); ``path`` is the neutral path of the node it is about, "" for the
    whole payload; ``expected`` and ``found`` are texts as they would stand in the payload, where there are such.
    """

    severity: Severity
    code: str
    message: Message
    path: str = ""
    expected: str | None = None
    found: str | None = None


def shortened(text: str) -> str:
    """``text``, or the beginning of one that is too long to be quoted in a sentence."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
