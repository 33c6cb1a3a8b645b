"""Blocks as JSON values: each has ``id``, ``kind`` and ``title``, the rest depends on the kind."""

from typing import Any

from callback_lens.blocks.model import (
    Block,
    Field,
    Fields,
    Gallery,
    Media,
    Notice,
    Row,
    Stream,
    Table,
    Text,
    TranscriptBlock,
)
from callback_lens.errors import Message
from callback_lens.i18n import Words


def block_json(block: Block, words: Words) -> dict[str, Any]:
    """One block. A transcript's words are not repeated: they stand in the job's ``transcript``."""
    return {"id": block.id, "kind": block.kind, "title": words(block.title)} | _content(block, words)


def _content(block: Block, words: Words) -> dict[str, Any]:
    match block:
        case Fields():
            return {"fields": [_field(field) for field in block.fields]}
        case Table():
            columns = [words(column) for column in block.columns]
            return {"columns": columns, "rows": [_row(row, words) for row in block.rows]}
        case Text():
            return {"text": block.text, "path": block.path}
        case Gallery():
            return _gallery(block)
        case Media():
            format_ = [_field(field) for field in block.format]
            return {"format": format_, "streams": [_stream(stream) for stream in block.streams]}
        case TranscriptBlock():
            return {"statistics": _statistics(block)}
        case Notice():
            return {"severity": block.severity.value, "message": words(block.message)}


def _statistics(block: TranscriptBlock) -> dict[str, Any]:
    # Needs numpy, which is loaded where there is a transcript.
    from callback_lens.export.statistics_json import statistics_json

    return statistics_json(block.transcript, block.run_ms)


def _field(field: Field) -> dict[str, Any]:
    return {"name": field.name, "value": field.text, "path": field.path}


def _row(row: Row, words: Words) -> dict[str, Any]:
    cells = [words(cell) if isinstance(cell, Message) else cell for cell in row.cells]
    return {"cells": cells, "path": row.path}


def _gallery(gallery: Gallery) -> dict[str, Any]:
    pictures = [
        {"index": picture.index, "key": picture.object.key, "url": picture.object.url, "path": picture.path}
        for picture in gallery.pictures
    ]
    return {"width": gallery.width, "height": gallery.height, "template": gallery.template, "pictures": pictures}


def _stream(stream: Stream) -> dict[str, Any]:
    fields = [_field(field) for field in stream.fields]
    return {"type": stream.type, "index": stream.index, "path": stream.path, "fields": fields}
