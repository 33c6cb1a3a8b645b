"""How many captures arrived since the listener began, counted on as they come."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callback_lens.store.index import Index


@dataclass(frozen=True, slots=True)
class Tally:
    """What arrived since ``since``; times are in microseconds since 1970. ``last_id`` is how far it was counted."""

    since: int
    last_id: int
    captures: int = 0
    refused: int = 0
    last_arrived: int | None = None


def counted_on(index: "Index", since: int, before: Tally | None) -> Tally:
    """The tally of now; only what came after ``before`` is looked at, where that counts from the same time."""
    if before is None or before.since != since:
        before = Tally(since, index.last_before(since))
    new = index.arrivals(before.last_id)
    if new.last_id is None:
        return before
    captures, refused = before.captures + new.captures, before.refused + new.refused
    return Tally(since, new.last_id, captures, refused, new.last_arrived)
