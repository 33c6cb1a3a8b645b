"""What to look for in names and values: text or a pattern that cannot run away."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from callback_lens.errors import Message, UserError

REMEMBERED = 1 << 16  # values repeat: most of a transcript's are small numbers
LONGEST_MATCHING = 0.5  # seconds for one value: what takes longer takes for ever


class Scope(StrEnum):
    """Where to look."""

    BOTH = "both"
    NAMES = "names"
    VALUES = "values"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; an empty ``text`` means nothing at all."""

    text: str
    is_pattern: bool = False
    is_case_sensitive: bool = False
    scope: Scope = Scope.BOTH


def wanted(query: Query) -> Callable[[str, str | None], bool]:
    """Whether a node is looked for, by its name and its value.

    Raises UserError for a pattern that is none; what is given raises UserError where a pattern takes too long.
    """
    contains = _pattern(query) if query.is_pattern else _text(query)
    named = cache(contains)  # a payload has few names
    if query.scope is Scope.NAMES:
        return lambda name, _: named(name)
    if query.scope is Scope.VALUES:
        return lambda _, value: value is not None and contains(value)
    return lambda name, value: named(name) or (value is not None and contains(value))


def _text(query: Query) -> Callable[[str], bool]:
    if query.is_case_sensitive:
        return lambda text: query.text in text
    folded = query.text.casefold()
    return lambda text: folded in text.casefold()


def _pattern(query: Query) -> Callable[[str], bool]:
    import regex

    try:
        search = regex.compile(query.text, 0 if query.is_case_sensitive else regex.IGNORECASE).search
    except regex.error as error:
        values = {"position": (getattr(error, "pos", None) or 0) + 1, "reason": getattr(error, "msg", error)}
        raise UserError(Message("no valid pattern: {reason} at character {position}", values)) from error

    @lru_cache(REMEMBERED)
    def contains(text: str) -> bool:
        try:
            return search(text, timeout=LONGEST_MATCHING) is not None
        except TimeoutError as error:
            raise UserError(
                Message("this pattern takes too long"), Message("nested repeats such as (a+)+ do; write it more simply")
            ) from error

    return contains
