"""Captures looked up by what the user has of them."""

from typing import TYPE_CHECKING

from callback_lens.errors import Message, UserError

if TYPE_CHECKING:
    from callback_lens.store.index import Index
    from callback_lens.store.model import Capture, Details
    from callback_lens.store.store import Store

MOST_DELIVERIES = 1000  # that are looked at


def kept(store: "Store", capture_id: int) -> "tuple[Capture, Details]":
    """The capture with this id and its details. Raises UserError where there is none."""
    capture, details = store.get(capture_id), store.details(capture_id)
    if capture is None or details is None:
        hint = Message("callback-lens captures list lists them")
        raise UserError(Message("there is no capture with the id {id}", {"id": capture_id}), hint)
    return capture, details


def deliveries_of(capture: "Capture", index: "Index") -> "list[Capture]":
    """The captures of the same job in the order they came; none for what is about no job."""
    from callback_lens.store.filters.model import Key, Term

    job_id = capture.facts.job_id if capture.facts else None
    found = index.page(Term(Key.JOB, job_id), limit=MOST_DELIVERIES) if job_id else []
    return [other for other in reversed(found) if other.facts and other.facts.job_id == job_id]
