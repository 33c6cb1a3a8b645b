"""What the Request tab shows of a capture: its times and answer, its deliveries, where it was sent on to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from callback_lens.errors import Message
from callback_lens.export.language import Language
from callback_lens.export.layout import glance
from callback_lens.payload.masking import masked_target
from callback_lens.payload.units import duration

if TYPE_CHECKING:  # an empty window starts faster without
    from callback_lens.store.model import Capture, Details
    from callback_lens.ui.live.capture_store import Opened

LONGEST_ANSWER = 200
DIGEST = Message("SHA-256")
CAPTIONS = (
    Message("From"),
    Message("Arrived"),
    Message("On disk"),
    Message("Answered"),
    Message("Answer"),
    DIGEST,
)


@dataclass(frozen=True, slots=True)
class Record:
    """A capture, and the captures of the same job in the order they came, itself among them; () for no job."""

    capture: "Capture"
    details: "Details"
    deliveries: "tuple[Capture, ...]" = ()


def read_record(opened: "Opened", capture_id: int) -> Record | None:
    """The capture as it is now; None where it was deleted. In the lane of the CaptureStore."""
    from callback_lens.capture.looking_up import deliveries_of

    capture, details = opened.index.get(capture_id), opened.store.details(capture_id)
    if capture is None or details is None:
        return None
    return Record(capture, details, tuple(deliveries_of(capture, opened.index)))


def start_line(capture: "Capture", language: Language) -> Message | str:
    """The request line; of a request whose head could not be read there is none."""
    from callback_lens.capture.describing import shown_target

    if not capture.method:
        return Message("No request line could be read: what arrived is in the Raw tab")
    return f"{capture.method} {shown_target(capture, language)} HTTP/{capture.http_version}"


def trouble(capture: "Capture") -> Message | None:
    """Why the capture is not a callback as it should be."""
    if capture.refused:
        return Message("Refused: {reason}", {"reason": capture.refused})
    return None if capture.is_complete else Message("Incomplete: the sender ended before all of it had arrived")


def facts(record: Record) -> Iterator[Message | str]:
    """What stands beside ``CAPTIONS``."""
    from callback_lens.capture.describing import clock_time

    capture = record.capture
    yield capture.peer
    yield clock_time(capture.arrived)
    yield _later(capture, capture.committed)
    yield Message("not known") if capture.answered is None else _later(capture, capture.answered)
    answer = glance(record.details.answer.decode("utf-8", "surrogateescape").rstrip("\r\n"), LONGEST_ANSWER)
    yield f"{capture.status} {answer}".rstrip() if capture.status else Message("none: the connection was closed")
    yield capture.sha256


def _later(capture: "Capture", moment: int) -> Message:
    from callback_lens.capture.describing import clock_time

    values = {"time": clock_time(moment), "milliseconds": f"{(moment - capture.arrived) / 1000:.1f}"}
    return Message("{time}, after {milliseconds} ms", values)


def delivery_summary(record: Record) -> Message | str:
    """Which delivery of its content it is, and how long after the one before; "" as long as that is not known."""
    capture, same = record.capture, [one for one in record.deliveries if one.sha256 == record.capture.sha256]
    if capture.facts is None:
        return ""
    before = next((earlier for earlier, later in pairwise(same) if later.id == capture.id), None)
    number, count = capture.facts.delivery, capture.facts.deliveries
    if before is None:
        return Message("Delivery {number} of {count}", {"number": number, "count": count})
    values = {"number": number, "count": count, "time": _gap(before, capture)}
    return Message("Delivery {number} of {count}, {time} after the one before", values)


def delivery_rows(record: Record, language: Language) -> list[tuple[str, ...]]:
    """For each delivery of the job its time, how long after the one before, what was answered, what it is."""
    from callback_lens.capture.describing import clock_time

    befores = (None, *record.deliveries)
    return [
        (
            clock_time(one.arrived),
            f"+{_gap(before, one)}" if before else "",
            str(one.status or ""),
            " · ".join(map(language.words, _remarks(one, record.capture))),
        )
        for before, one in zip(befores, record.deliveries, strict=False)
    ]


def _remarks(one: "Capture", shown: "Capture") -> Iterator[Message]:
    from callback_lens.capture.describing import delivery_message

    if one.facts and one.facts.deliveries > 1:
        yield delivery_message(one.facts)
    if one.id == shown.id:
        yield Message("this one")
    elif one.sha256 != shown.sha256:
        yield Message("other content")


def _gap(earlier: "Capture", later: "Capture") -> str:
    return duration((later.arrived - earlier.arrived) // 1000)


def forward_rows(record: Record, language: Language) -> Sequence[tuple[str, ...]]:
    """For each attempt to send it on its time, number, result and address, the newest last."""
    from callback_lens.capture.describing import clock_time, shown_url

    return [
        (
            clock_time(forward.at),
            str(forward.attempt),
            str(forward.status) if forward.error is None else _without_address(forward.error, forward.url),
            shown_url(forward.url, language),
        )
        for forward in record.details.forwards
    ]


def _without_address(error: str, url: str) -> str:
    """It has a column of its own."""
    return error.removeprefix(f"{masked_target(url)} ")
