"""Between the rows of captures.db and the dataclasses."""

import json
from dataclasses import fields

from callback_lens.errors import Message
from callback_lens.store.database import Row, Value
from callback_lens.store.model import Capture, Facts, Request, WireCapture

CAPTURE_FIELDS = tuple(field.name for field in fields(Capture) if field.name != "facts")
CAPTURE_COLUMNS = ", ".join(CAPTURE_FIELDS)
REQUEST_COLUMNS = ", ".join(Request._fields)
INSERT_CAPTURE = f"""
    INSERT INTO captures (id, {REQUEST_COLUMNS}, committed, size, sha256, upload_id, status, is_complete, refused,
        trailers, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""  # noqa: S608 - constants


def capture_values(
    capture_id: int, capture: WireCapture, committed: int, size: int, sha256: bytes, upload_id: int | None
) -> tuple[Value, ...]:
    """The values for INSERT_CAPTURE, the row of ``capture`` without its body."""
    return (
        capture_id,
        *capture.request,
        committed,
        size,
        sha256,
        upload_id,
        capture.status,
        capture.is_complete,
        packed_message(capture.refused) if capture.refused else None,
        capture.trailers,
        capture.answer,
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
