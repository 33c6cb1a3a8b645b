"""All that is kept of a capture beside its body: for people, and as JSON for programs."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from callback_lens.capture.describing import (
    capture_json,
    clock_time,
    delivery_message,
    iso_time,
    remarks,
    shown_fields,
    shown_target,
    shown_url,
)
from callback_lens.errors import Message
from callback_lens.export.language import Language
from callback_lens.export.layout import columns, glance, one_line
from callback_lens.payload.units import byte_size, duration
from callback_lens.store.model import Capture, Details, Forward

UNKNOWN = "-"


def details_lines(
    capture: Capture, details: Details, deliveries: Sequence[Capture], language: Language
) -> Iterator[str]:
    """Request line, headers and trailers as they came; times and answer; deliveries of the same job; forwards."""
    words = language.words
    yield one_line(f"{capture.method} {shown_target(capture, language)} HTTP/{capture.http_version}")
    for name, value in (*shown_fields(details.headers, language), *shown_fields(details.trailers, language)):
        yield f"  {one_line(name)}: {one_line(value)}"
    yield ""
    yield from columns([(words(title), value) for title, value in _facts(capture, details, language)])
    if len(deliveries) > 1:
        yield from ("", words(Message("Deliveries of this job")), *_delivery_lines(deliveries, language))
    if details.forwards:
        yield from ("", words(Message("Sent on")))
        yield from columns([_forward_cells(forward, language) for forward in details.forwards])


def details_json(
    capture: Capture, details: Details, deliveries: Sequence[Capture], language: Language
) -> dict[str, object]:
    """What ``captures list --json`` says, and the rest; header fields as pairs, in order."""
    return {
        **capture_json(capture, language),
        "committed": iso_time(capture.committed),
        "answered": iso_time(capture.answered) if capture.answered else None,
        "headers": shown_fields(details.headers, language),
        "trailers": shown_fields(details.trailers, language),
        "answer": details.answer.decode("utf-8", "surrogateescape"),
        "deliveries": [
            {"id": other.id, "arrived": iso_time(other.arrived), "delivery": other.facts and other.facts.delivery}
            for other in deliveries
        ],
        "forwards": [
            {
                "url": shown_url(forward.url, language),
                "attempt": forward.attempt,
                "at": iso_time(forward.at),
                "status": forward.status,
                "error": forward.error,
            }
            for forward in details.forwards
        ],
    }


def _facts(capture: Capture, details: Details, language: Language) -> Iterator[tuple[Message, str]]:
    yield Message("From"), one_line(capture.peer)
    yield Message("Arrived"), clock_time(capture.arrived)
    yield Message("On disk"), _later(capture.committed, capture, language)
    yield Message("Answered"), _later(capture.answered, capture, language) if capture.answered else UNKNOWN
    answer = glance(details.answer.decode("utf-8", "surrogateescape").rstrip("\r\n"))
    status = str(capture.status) if capture.status else language.words(Message("none"))
    yield Message("Answer"), f"{status} {answer}".rstrip()
    yield Message("Body"), f"{byte_size(capture.size)}, SHA-256 {capture.sha256}"
    if said := remarks(capture, language):
        yield Message("Remarks"), glance(" · ".join(said))


def _later(moment: int, capture: Capture, language: Language) -> str:
    """A time after the arrival."""
    lag = Message("after {milliseconds} ms", {"milliseconds": f"{(moment - capture.arrived) / 1000:.1f}"})
    return f"{clock_time(moment)} ({language.words(lag)})"


def _delivery_lines(deliveries: Sequence[Capture], language: Language) -> list[str]:
    """A line for each: id, time, how long after the one before, which delivery of its content it is."""
    gaps = [(later.arrived - earlier.arrived) // 1000 for earlier, later in pairwise(deliveries)]
    spacing = ["", *(language.words(Message("{time} later", {"time": duration(gap)})) for gap in gaps)]
    return columns(
        [
            (
                str(capture.id),
                clock_time(capture.arrived),
                gap,
                language.words(delivery_message(capture.facts)) if capture.facts else "",
            )
            for capture, gap in zip(deliveries, spacing, strict=True)
        ]
    )


def _forward_cells(forward: Forward, language: Language) -> tuple[str, ...]:
    attempt = language.words(Message("attempt {number}", {"number": forward.attempt}))
    result = str(forward.status) if forward.error is None else glance(forward.error)
    return clock_time(forward.at), one_line(shown_url(forward.url, language)), attempt, result
