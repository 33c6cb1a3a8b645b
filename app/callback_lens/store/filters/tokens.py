"""The words of a filter's text."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import Enum, auto
from typing import NamedTuple

from callback_lens.errors import Message, UserError
from callback_lens.payload.faults import position_at
from callback_lens.store.filters.model import FULL_TEXT, Key, Quality, Term
from callback_lens.store.filters.values import parse_moment, parse_size

TOKEN = re.compile(
    r"""(?P<open>\() | (?P<close>\)) | (?P<minus>-(?=[^\s)]))
    | (?:(?P<key>[A-Za-z]+):)? (?: "(?P<quoted>(?:[^"\\]|\\.)*)(?P<end>"?) | (?P<bare>[^\s()"]*) )""",
    re.VERBOSE | re.DOTALL,
)
CUT_OFF = re.compile(r".*[^*]\*", re.DOTALL)
SPACE = re.compile(r"\s*")
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


class Kind(Enum):
    """What a token is."""

    TERM = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    OPEN = auto()
    CLOSE = auto()
    END = auto()


class Token(NamedTuple):
    """A word of a filter, from the character at ``start``; ``term`` where it is one."""

    kind: Kind
    start: int
    term: Term | None = None


OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}


def tokens(text: str) -> Iterator[Token]:
    """The tokens of ``text``, an END last. Raises UserError with its position for what is none."""
    at = _skip_space(text, 0)
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:  # the pattern fits anything
            raise ValueError(text)
        token = _token(text, match)
        at = _skip_space(text, match.end())
        if token.kind is Kind.TERM and at == match.end() < len(text) and text[at] not in "()":
            raise fault(text, at, Message("a space is missing here"))
        yield token
    yield Token(Kind.END, len(text))


def fault(text: str, at: int, message: Message, hint: Message | None = None) -> UserError:
    """What is wrong with the filter ``text`` at the character ``at``."""
    return UserError(message, hint, position_at(text, at))


def _skip_space(text: str, at: int) -> int:
    match = SPACE.match(text, at)
    return match.end() if match else at


def _token(text: str, match: re.Match[str]) -> Token:
    start = match.start()
    if match["open"]:
        return Token(Kind.OPEN, start)
    if match["close"]:
        return Token(Kind.CLOSE, start)
    if match["minus"]:
        return Token(Kind.NOT, start)
    if match[0] in OPERATORS:
        return Token(OPERATORS[match[0]], start)
    return Token(Kind.TERM, start, _term(text, match))


def _term(text: str, match: re.Match[str]) -> Term:
    key = _key(text, match)
    quoted, bare = match["quoted"], match["bare"]
    if quoted is not None:
        if not match["end"]:
            raise fault(text, match.start("quoted") - 1, Message("the closing quotation mark is missing"))
        return _checked(text, match, Term(key, ESCAPE.sub(r"\1", quoted)))
    if not bare:
        raise fault(text, match.end(), Message("something is missing after {key}:", {"key": str(key)}))
    is_prefix = key in FULL_TEXT and CUT_OFF.fullmatch(bare) is not None
    return _checked(text, match, Term(key, bare[:-1] if is_prefix else bare, is_prefix))


def _key(text: str, match: re.Match[str]) -> Key:
    written = match["key"] or ""
    try:
        return Key(written.lower())
    except ValueError:
        message = Message("there is no {key}: to look at (text with a colon stands in quotes)", {"key": written})
        raise fault(text, match.start(), message, _nearest(written, [f"{key}:" for key in Key if key])) from None


def _checked(text: str, match: re.Match[str], term: Term) -> Term:
    """The ``term``, if its value is one that its key can have."""
    at = match.end("key") + 1
    shown = {"value": term.value}
    if term.key is Key.IS and term.value.lower() not in list(Quality):
        raise fault(text, at, Message("a capture cannot be {value}", shown), _nearest(term.value, list(Quality)))
    if term.key is Key.LARGER and parse_size(term.value) is None:
        raise fault(text, at, Message("{value} is no size", shown), Message("such as 500, 10k or 1.5M"))
    if term.key in (Key.BEFORE, Key.AFTER) and parse_moment(term.value, ANY_TIME) is None:
        hint = Message("such as 2024-05-01, 2024-05-01T13:30, or 2h for two hours ago (s, m, h, d, w)")
        raise fault(text, at, Message("{value} is no time", shown), hint)
    return term


def _nearest(written: str, known: list[str]) -> Message:
    from difflib import get_close_matches

    close = get_close_matches(written.lower(), known, 1)
    if close:
        return Message("did you mean {name}?", {"name": close[0]})
    return Message("there are {names}", {"names": ", ".join(known)})
