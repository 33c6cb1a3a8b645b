"""A capture in one line, for people."""

from callback_lens.capture.describing import clock_time, remarks, shown_target
from callback_lens.export.language import Language
from callback_lens.export.layout import glance
from callback_lens.payload.units import byte_size
from callback_lens.store.model import Capture, Facts

LONGEST_CELL = 60
NOTHING = "-"


def capture_cells(capture: Capture, language: Language) -> list[str]:
    """The cells of a capture's line: id, time, request, answer, size, what it is about, what is special about it."""
    facts = capture.facts or Facts()
    texts = (
        shown_target(capture, language),
        str(capture.status or NOTHING),
        byte_size(capture.size),
        facts.tag or facts.event or NOTHING,
        facts.state or NOTHING,
        facts.job_id or NOTHING,
        facts.object or NOTHING,
    )
    cells = (str(capture.id), clock_time(capture.arrived), capture.method, *texts)
    return [*(glance(cell, LONGEST_CELL) for cell in cells), glance(" · ".join(remarks(capture, language)))]
