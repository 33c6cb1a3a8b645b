"""What the filter box offers to complete a word."""

import re
from collections.abc import Callable, Iterable

from callback_lens.store.filters.model import Key, Quality, Term
from callback_lens.tags import DOCUMENTED_TAGS
from callback_lens.ui.states import WORDS

WORD = re.compile(r'[A-Za-z]*(?::(?:"[^"]*|[^\s()"]*))?\Z')
KNOWN: dict[Key, Iterable[str]] = {
    Key.TAG: DOCUMENTED_TAGS,
    Key.STATE: [state.capitalize() for state in WORDS],
    Key.IS: frozenset(Quality),
    Key.LARGER: ("10k", "100k", "1M", "10M"),
    Key.BEFORE: ("1h", "1d", "7d"),
    Key.AFTER: ("5m", "1h", "1d", "7d"),
}


def word_before(text: str, at: int) -> str:
    """The word, or key with the beginning of a value, that ends at the character ``at``."""
    match = WORD.search(text, 0, at)
    return match[0] if match else ""


def completions(word: str, seen: Callable[[str], Iterable[str]]) -> list[str]:
    """What ``word`` may go on as: names of keys, from two letters on; behind those values, known ones or ``seen``."""
    key, colon, value = word.partition(":")
    if not colon:
        return [f"{name}:" for name in Key if name and name.startswith(key.lower())] if len(key) != 1 else []
    if key.lower() not in list(Key):
        return []
    known = {*KNOWN.get(Key(key.lower()), ()), *seen(key.lower())}
    begun = value.lstrip('"').casefold()
    fitting = sorted((one for one in known if one.casefold().startswith(begun)), key=str.casefold)
    return [str(Term(Key(key.lower()), one)) for one in fitting]
