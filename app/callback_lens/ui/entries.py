"""What the window shows: what was opened, one for each payload or fault, or a capture."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from callback_lens.errors import UserError
from callback_lens.ui.memo import Memo

if TYPE_CHECKING:  # an empty window starts faster without
    from callback_lens.payload.inputs import Input
    from callback_lens.store.model import Capture, Details
    from callback_lens.tags import Summary
    from callback_lens.transcript.columns import Transcript


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A payload that was read, or an input that could not be.

    ``given`` is None where there are not even bytes; ``name`` is what the user calls it (a path, "-", a clipboard).
    ``scenes`` has what the timeline makes of its transcripts. ``capture`` and ``details`` are there where it is one.
    """

    name: str
    given: "Input | None"
    summary: "Summary | None"
    error: UserError | None
    scenes: "Memo[Transcript, Any]" = field(default_factory=Memo)
    capture: "Capture | None" = None
    details: "Details | None" = None
