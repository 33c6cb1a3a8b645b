"""What a filter says, as data: ``str`` of it is a filter that says the same."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Key(StrEnum):
    """What a term looks at; a bare word has no key."""

    WORD = ""
    TAG = "tag"
    STATE = "state"
    JOB = "job"
    OBJECT = "object"
    PATH = "path"
    HEADER = "header"
    BODY = "body"
    LARGER = "larger"
    BEFORE = "before"
    AFTER = "after"
    IS = "is"


class Quality(StrEnum):
    """What a capture can be (``is:pinned``)."""

    PINNED = "pinned"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    FAILED = "failed"


FULL_TEXT = (Key.WORD, Key.BODY)  # their last word may be cut off: Transc*
OPERATORS = ("AND", "OR", "NOT")
BARE = re.compile(r'(?!-)(?![A-Za-z]+:)[^\s()"]*[^\s()"*]')
BARE_AFTER_KEY = re.compile(r'[^\s()"]*[^\s()"*]')


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: ``value`` as written, without quotes; ``is_prefix``: words may go on behind it."""

    key: Key
    value: str
    is_prefix: bool = False

    def __str__(self) -> str:
        bare = BARE_AFTER_KEY if self.key else BARE
        is_bare = bare.fullmatch(self.value) and (self.key or self.value not in OPERATORS)
        key = f"{self.key}:" if self.key else ""
        return key + (f"{self.value}*" if self.is_prefix else self.value if is_bare else _quoted(self.value))


@dataclass(frozen=True, slots=True)
class Not:
    """What does not fit ``part``."""

    part: "Filter"

    def __str__(self) -> str:
        return f"NOT {_bracketed(self.part, (And, Or))}"


@dataclass(frozen=True, slots=True)
class And:
    """What fits all ``parts``; two at least."""

    parts: "tuple[Filter, ...]"

    def __str__(self) -> str:
        return " ".join(_bracketed(part, (And, Or)) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """What fits any of ``parts``; two at least."""

    parts: "tuple[Filter, ...]"

    def __str__(self) -> str:
        return " OR ".join(_bracketed(part, (Or,)) for part in self.parts)


Filter = Term | Not | And | Or


def _bracketed(part: Filter, kinds: tuple[type, ...]) -> str:
    return f"({part})" if isinstance(part, kinds) else str(part)


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
