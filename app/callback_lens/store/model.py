"""What the store is given and gives back. Times are whole microseconds since 1970, UTC.

What each request is made into is a tuple: those are made three times as fast as frozen dataclasses.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from callback_lens.errors import Message

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Request(NamedTuple):
    r"""The head of a request as it came over the wire.

    ``target`` is the request target's bytes; ``headers`` are the field lines in order, case and repeats kept, each
    ended by CR LF (``b"Host: a\r\nX: 1\r\n"``). ``peer`` is the sender's address and port.
    """

    arrived: int
    method: str
    target: bytes
    http_version: str
    peer: str
    headers: bytes


class WireCapture(NamedTuple):
    """A request to keep, and the answer that it gets once it is kept.

    ``body`` is what arrived of it and is to be kept; of one that came as an ``Upload`` it is empty. ``is_complete``
    says whether it arrived whole; ``refused`` why the request was refused. ``status`` and ``answer`` (its body) are
    what will be answered, None where the connection is closed without an answer.
    """

    request: Request
    body: bytes = b""
    trailers: bytes = b""
    status: int | None = None
    answer: bytes = b""
    is_complete: bool = True
    refused: Message | None = None


@dataclass(frozen=True, slots=True)
class Forward:
    """One attempt to send a capture on: ``attempt`` counts from 1; either ``status`` or ``error`` is set."""

    capture_id: int
    url: str
    attempt: int
    at: int
    status: int | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What was understood of a body: its first payload, and of that the first job. None where it says nothing.

    ``job_id`` is a workflow callback's run id. ``state`` is as written; ``started`` and ``ended`` are ISO 8601.
    ``delivery`` is this one's number among the ``deliveries`` of the same content for the same job, from 1 (0: no
    job); ``has_variants``: the same job also came with other content. Not ``is_understood``: no payload that could
    be read.
    """

    family: str | None = None
    event: str | None = None
    tag: str | None = None
    state: str | None = None
    job_id: str | None = None
    object: str | None = None
    started: str | None = None
    ended: str | None = None
    is_understood: bool = False
    delivery: int = 0
    deliveries: int = 0
    has_variants: bool = False


@dataclass(frozen=True, slots=True)
class Capture:
    """A kept request, as in the list.

    ``size`` and ``sha256`` (hexadecimal) are those of the body as received. ``answered`` is None as long as it is not
    known that the answer went out. ``facts`` is None as long as the capture is not indexed, and when a Store gives it.
    """

    id: int
    arrived: int
    committed: int
    answered: int | None
    method: str
    target: bytes
    http_version: str
    peer: str
    size: int
    sha256: str
    status: int | None
    is_complete: bool
    refused: Message | None
    is_pinned: bool
    note: str | None
    facts: Facts | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What the list does not show of a capture: field lines as in ``Request``, the answer's body, forwards."""

    headers: bytes
    trailers: bytes
    answer: bytes
    forwards: tuple[Forward, ...]


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed to keep the store within its bounds: how many captures, their bodies' bytes, their last id."""

    captures: int = 0
    body_bytes: int = 0
    last_id: int | None = None


def microseconds(moment: datetime) -> int:
    """An aware ``moment`` as the store keeps it."""
    return (moment - EPOCH) // MICROSECOND


def moment(microseconds: int) -> datetime:
    """The aware UTC moment that the store keeps as ``microseconds``."""
    return EPOCH + microseconds * MICROSECOND


def header_fields(headers: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The names and values in field lines as ``Request.headers`` holds them, folded values on one line."""
    for line in headers.replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ").split(b"\r\n"):
        name, colon, value = line.partition(b":")
        if colon:
            yield name, value.strip()
