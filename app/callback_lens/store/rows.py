"""Between the rows of captures.db and the dataclasses."""

import json
from dataclasses import fields

from callback_lens.errors import Message
from callback_lens.store.database import Row, Value
from callback_lens.store.model import Capture, Facts, Request, WireCapture

CAPTURE_FIELDS = tuple(field.name for field in fields(Capture) if field.name != "facts")
ANSWERED = "coalesce((SELECT at FROM answers WHERE capture_id = id), answered) AS answered"
CAPTURE_COLUMNS = ", ".join({"answered": ANSWERED}.get(name, name) for name in CAPTURE_FIELDS)
REQUEST_COLUMNS = ", ".join(Request._fields)
INTO_CAPTURES = f"""INSERT INTO captures (id, {REQUEST_COLUMNS}, committed, size, sha256, upload_id, status,
    is_complete, refused, trailers, answer)"""
CAPTURE_PLACES = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, nullif(?, ''), ?, ?"


def capture_values(
    capture_id: int, capture: WireCapture, committed: int, size: int, sha256: bytes, upload_id: int = 0
) -> tuple[Value, ...]:
    """The values for CAPTURE_PLACES, the row of ``capture`` without its body; no ``upload_id`` is 0."""
    (arrived, method, target, http_version, peer, headers), _, trailers, status, answer, is_complete, refused = capture
    return (
        capture_id,
        arrived,
        method,
        bytearray(target),
        http_version,
        peer,
        bytearray(headers),
        committed,
        size,
        bytearray(sha256),
        upload_id,
        status,
        int(is_complete),
        packed_message(refused) if refused else "",
        bytearray(trailers),
        bytearray(answer),
    )


def inserted(row_id: int | None) -> int:
    """The id of a row just inserted."""
    if row_id is None:
        raise TypeError("no row was inserted")
    return row_id


def capture_of(row: Row, facts: Facts | None = None) -> Capture:
    """The capture in a row of CAPTURE_COLUMNS."""
    values = dict(zip(CAPTURE_FIELDS, row, strict=True))
    refused = unpacked_message(values["refused"]) if values["refused"] else None
    booleans = {name: bool(values[name]) for name in ("is_complete", "is_pinned")}
    return Capture(**{**values, **booleans, "sha256": values["sha256"].hex(), "refused": refused, "facts": facts})


def packed_message(message: Message) -> str:
    """``message`` as JSON: its id and its values; what is neither text nor a number becomes text."""
    values = {name: _plain(value) for name, value in message.values.items()}
    return json.dumps({"id": message.id, "values": values})


def unpacked_message(packed: str) -> Message:
    """The message that ``packed_message`` made."""
    json_message = json.loads(packed)
    return Message(json_message["id"], json_message["values"])


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float) else str(value)
