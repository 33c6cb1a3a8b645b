"""What can be done with the rows of the list."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Protocol

from callback_lens.errors import Message
from callback_lens.ui.entries import Entry
from callback_lens.ui.list.rows import row_of
from callback_lens.ui.widgets.object_menu import Choice, copy_text, object_choices

if TYPE_CHECKING:
    from callback_lens.store.model import Capture


class Rows(Protocol):
    """What acts upon the selected rows."""

    @property
    def unread(self) -> int: ...

    def close_selected(self) -> None: ...

    def show_deliveries(self, job_id: str) -> None: ...

    def pin_selected(self) -> None: ...

    def note_selected(self) -> None: ...

    def want_replay(self) -> None: ...

    def delete_selected(self) -> None: ...

    def read_all(self) -> None: ...


def entry_choices(entry: Entry, rows: Rows) -> Iterator[Choice]:
    """What a menu offers for an opened entry."""
    row = row_of(entry)
    jobs = entry.summary.envelope.jobs if entry.summary else ()
    if row.job_id:
        yield Message("Copy the ID"), lambda: copy_text(row.job_id)
    if jobs and jobs[0].input:
        yield from object_choices(jobs[0].input.object)
    yield Message("Copy file path"), lambda: copy_text(entry.name)
    yield Message("Close"), rows.close_selected


def capture_choices(capture: "Capture", rows: Rows) -> Iterator[Choice]:
    """What a menu offers for captures, of which ``capture`` is the one it was asked for."""
    facts = capture.facts
    if facts and facts.job_id:
        yield Message("Copy the ID"), partial(copy_text, facts.job_id)
    if facts and facts.object:
        yield Message("Copy key"), partial(copy_text, facts.object)
    if facts and facts.job_id:
        yield Message("Show all deliveries of this job"), partial(rows.show_deliveries, facts.job_id)
    yield Message("Unpin") if capture.is_pinned else Message("Pin"), rows.pin_selected
    yield Message("Note…"), rows.note_selected
    yield Message("Replay…"), rows.want_replay
    yield Message("Delete"), rows.delete_selected
    if rows.unread:
        yield Message("Mark all as read"), rows.read_all
