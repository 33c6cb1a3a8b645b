"""``MediaInfo``: the container and the streams of a media file."""

import math
from collections.abc import Iterator
from dataclasses import replace

from callback_lens.blocks.fields import fields_below, named_below
from callback_lens.blocks.model import Field, Media, Stream
from callback_lens.errors import Message
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.nodes import Node
from callback_lens.payload.numbers import parse_int, parse_number

STREAM_TYPES = ("Video", "Audio", "Subtitle")
MEDIA_NODES = ("Operation.MediaInfo.Format", *(f"Operation.MediaInfo.Stream.{type_}" for type_ in STREAM_TYPES))
# How far Size x 8 / Duration and Bitrate may lie apart: containers have an overhead, durations are rounded.
NEAR = 1.5


def read_media(operation: Node) -> Media | None:
    """The ``MediaInfo`` of ``Operation``; None where it is absent or an empty shell."""
    node = operation.first("MediaInfo")
    if node is None:
        return None
    measured = _measured_bits_per_second(node.first("Format"))
    container = tuple(_fields(node.first("Format"), measured))
    streams = tuple(
        Stream(type_, stream.text_at("Index"), tuple(_fields(stream, measured)), stream.path)
        for type_ in STREAM_TYPES
        for stream in node.all(f"Stream.{type_}")
    )
    return Media("media", Message("Media information"), container, streams)


def _fields(node: Node | None, measured: float | None) -> Iterator[Field]:
    for field in named_below(node, fields_below(node)) if node else ():
        yield replace(field, unit=bitrate_unit(field.text, measured)) if field.name == "Bitrate" else field


def _measured_bits_per_second(container: Node | None) -> float | None:
    size = parse_number(container.text_at("Size")) if container else None
    duration = parse_number(container.text_at("Duration")) if container else None
    bits = float(size) * 8 / duration if size and duration and duration > 0 else math.inf
    return bits if math.isfinite(bits) else None


def bitrate_unit(text: str, measured: float | None) -> str | None:
    """``kbps`` or ``bps``: what ``text`` must be in to fit a file of ``measured`` bits per second; None if neither.

    The documentation says kbps, but some documented samples are in bps; no stream has more bits than its file.
    """
    rate = parse_number(text)
    if rate is None or measured is None:
        return None
    return "kbps" if rate * 1000 <= measured * NEAR else "bps" if rate <= measured * NEAR else None


def check_media(operation: Node) -> Iterator[Finding]:
    """Where the number of streams said and the streams listed differ (documented samples do that)."""
    said = operation.first("MediaInfo.Format.NumStream")
    listed = sum(len(operation.all(f"MediaInfo.Stream.{type_}")) for type_ in STREAM_TYPES)
    if said is None or said.text is None or not listed or parse_int(said.text) == listed:
        return
    message = Message("NumStream is {said}; streams listed: {listed}", {"said": said.text, "listed": listed})
    yield Finding(Severity.INFO, "stream-count-mismatch", message, said.path, str(listed), said.text)
