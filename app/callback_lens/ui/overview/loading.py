"""What the Overview loads before it can show a payload, in steps: all at once would hold the window for long."""

import sys
from collections.abc import Iterator

CARDS = ("overview.heading", "panes.fields", "panes.gallery", "panes.transcript", "overview.cards")
READING = "callback_lens.transcript.reading"  # numpy comes with it: reading a transcript brings both
TIMELINE = ("timeline.timeline_painter", "timeline.timeline_view", "timeline.timeline_pane")


def modules_ahead() -> Iterator[str | None]:
    """The modules below ``ui`` to load while a payload is being read, None as long as there is none to load."""
    yield from CARDS
    while not hasattr(sys.modules.get(READING), "read_transcript"):  # half loaded by a reader it would be waited for
        yield None
    yield from TIMELINE
