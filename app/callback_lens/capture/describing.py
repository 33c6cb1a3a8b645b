"""What is said of a capture: to people a word at a time, to programs as JSON."""

from dataclasses import replace

from callback_lens.errors import Message
from callback_lens.export.language import Language
from callback_lens.payload.masking import masked_header, masked_target
from callback_lens.store.model import Capture, Facts, header_fields, moment


def capture_json(capture: Capture, language: Language) -> dict[str, object]:
    """What ``captures list --json`` and ``listen --json`` say of a capture; null is what is not known."""
    facts = capture.facts or Facts()
    return {
        "id": capture.id,
        "arrived": iso_time(capture.arrived),
        "method": capture.method,
        "target": shown_target(capture, language),
        "peer": capture.peer,
        "http_version": capture.http_version,
        "status": capture.status,
        "size": capture.size,
        "sha256": capture.sha256,
        "complete": capture.is_complete,
        "refused": language.words(capture.refused) if capture.refused else None,
        "pinned": capture.is_pinned,
        "note": capture.note,
        "family": facts.family,
        "event": facts.event,
        "tag": facts.tag,
        "state": facts.state,
        "job_id": facts.job_id,
        "object": facts.object,
        "delivery": facts.delivery or None,
    }


def remarks(capture: Capture, language: Language) -> list[str]:
    """What is special about a capture: refused, not whole, pinned, delivered again, its note."""
    facts = capture.facts or Facts()
    said = []
    if capture.refused:
        said.append(Message("refused: {reason}", {"reason": capture.refused}))
    elif not capture.is_complete:
        said.append(Message("incomplete"))
    if facts.deliveries > 1:
        said.append(delivery_message(facts))
    if facts.has_variants:
        said.append(Message("this job came with other content too"))
    if capture.is_pinned:
        said.append(Message("pinned"))
    return [*map(language.words, said), *([capture.note] if capture.note else [])]


def delivery_message(facts: Facts) -> Message:
    """Which of the deliveries of the same content for the same job it is."""
    return Message("delivery {number} of {count}", {"number": facts.delivery, "count": facts.deliveries})


def shown_target(capture: Capture, language: Language) -> str:
    """The request's target, its token masked if the language hides secrets; bytes that are not UTF-8 as surrogates."""
    target = capture.target.decode("utf-8", "surrogateescape")
    return masked_target(target) if language.hides_secrets else target


def shown_url(url: str, language: Language) -> str:
    """An address that captures were sent on to, its token masked if the language hides secrets."""
    return masked_target(url) if language.hides_secrets else url


def shown_fields(headers: bytes, language: Language) -> list[tuple[str, str]]:
    """Header fields' names and values as they came, secrets masked if the language hides them."""
    fields = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in header_fields(headers)]
    return [(name, masked_header(name, value)) for name, value in fields] if language.hides_secrets else fields


def without_secrets(capture: Capture, headers: bytes) -> tuple[Capture, bytes]:
    """The capture and its header lines with their secrets masked; the body is not looked at."""
    target = masked_target(capture.target.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    fields = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in header_fields(headers)]
    lines = [f"{name}: {masked_header(name, value)}\r\n".encode("latin-1") for name, value in fields]
    return replace(capture, target=target), b"".join(lines)


def clock_time(microseconds: int) -> str:
    """A time of the store for people: local, to the millisecond."""
    return moment(microseconds).astimezone().strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


def iso_time(microseconds: int) -> str:
    """A time of the store for programs: ISO 8601, UTC, to the microsecond."""
    return moment(microseconds).isoformat(timespec="microseconds")
