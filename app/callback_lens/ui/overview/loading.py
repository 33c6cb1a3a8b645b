"""What the Overview loads before it can show a payload, in steps: all at once would hold the window for long."""

import sys
from collections.abc import Iterator

CARDS = ("overview.heading", "panes.fields", "panes.gallery", "panes.transcript", "overview.cards")
TIMELINE = ("timeline.timeline_painter", "timeline.timeline_view", "timeline.timeline_pane")


def modules_ahead() -> Iterator[str | None]:
    """The modules below ``ui`` to load while a payload is being read, None as long as there is none to load."""
    yield from CARDS
    while "numpy" not in sys.modules:  # it loads for long, and only transcripts need it: reading one brings it
        yield None
    yield from TIMELINE
