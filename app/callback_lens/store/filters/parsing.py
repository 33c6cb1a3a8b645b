"""From the text of a filter to what it says: what stands side by side must all fit, OR binds less."""

from callback_lens.errors import Message, UserError
from callback_lens.store.filters.model import And, Filter, Not, Or
from callback_lens.store.filters.tokens import Kind, Token, fault, tokens

DEEPEST = 50
MOST_TERMS = 200
STARTS = (Kind.TERM, Kind.NOT, Kind.OPEN)


def parse(text: str) -> Filter:
    """What the filter ``text`` says.

    Words, ``key:value``, quotes, ``NOT`` or ``-`` in front, ``AND``, ``OR``, brackets, ``*`` behind the beginning of a
    word. Raises UserError, with the position, for what is no filter.
    """
    found = list(tokens(text))
    if found[0].kind is Kind.END:
        raise fault(text, 0, Message("the filter is empty"))
    terms = [token for token in found if token.kind is Kind.TERM]
    if len(terms) > MOST_TERMS:
        raise _too_many(text, terms[MOST_TERMS], MOST_TERMS)
    parser = _Parser(text, found)
    wanted = parser.any_of(0)
    if parser.next.kind is not Kind.END:
        raise fault(text, parser.next.start, Message("the opening bracket is missing"))
    return wanted


class _Parser:
    """Takes tokens from the front: ``next`` is the one to be taken. ``depth`` counts what is around a part."""

    def __init__(self, text: str, found: list[Token]) -> None:
        self._text = text
        self._tokens = iter(found)
        self.next = next(self._tokens)

    def any_of(self, depth: int) -> Filter:
        parts = [self._all_of(depth)]
        while self._took(Kind.OR):
            parts.append(self._all_of(depth))
        return Or(tuple(parts)) if len(parts) > 1 else parts[0]

    def _all_of(self, depth: int) -> Filter:
        parts = [self._part(depth)]
        while self._took(Kind.AND) or self.next.kind in STARTS:
            parts.append(self._part(depth))
        return And(tuple(parts)) if len(parts) > 1 else parts[0]

    def _part(self, depth: int) -> Filter:
        token = self.next
        if depth > DEEPEST:
            raise _too_many(self._text, token, DEEPEST)
        if self._took(Kind.NOT):
            return Not(self._part(depth + 1))
        if self._took(Kind.OPEN):
            return self._bracket(token, depth + 1)
        if token.term is None:
            raise fault(self._text, token.start, Message("something to look for is missing here"))
        self._took(Kind.TERM)
        return token.term

    def _bracket(self, opening: Token, depth: int) -> Filter:
        inside = self.any_of(depth)
        if not self._took(Kind.CLOSE):
            raise fault(self._text, opening.start, Message("the closing bracket is missing"))
        return inside

    def _took(self, kind: Kind) -> bool:
        """Whether the next token is of that ``kind``, which is then taken."""
        if self.next.kind is not kind:
            return False
        self.next = next(self._tokens)
        return True


def _too_many(text: str, token: Token, limit: int) -> UserError:
    return fault(text, token.start, Message("more than {limit} conditions", {"limit": limit}))
