"""SVG pictures of ours, read again."""

import re
from xml.etree import ElementTree

from PySide6.QtCore import QPointF, QRectF

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?[0-9.]+")


def svg_texts(picture: bytes) -> str:
    """What is written in a picture, a line for each text. Fails where it is no SVG."""
    root = ElementTree.fromstring(picture)  # noqa: S314  # it is our own
    assert root.tag == f"{SVG}svg"
    return "\n".join(root.itertext())


def clipped_boxes(picture: bytes) -> list[tuple[QRectF, QRectF]]:
    """Each rectangle that is drawn inside of another, and that one."""
    root = ElementTree.fromstring(picture)  # noqa: S314  # it is our own
    clips = {f"url(#{clip.get('id')})": _bounds(clip[0].get("d", "")) for clip in root.iter(f"{SVG}clipPath")}
    return [
        (_box(rectangle).translated(*_numbers(group.get("transform", ""))[-2:]), clips[clipped.get("clip-path", "")])
        for clipped in root.iter(f"{SVG}g")
        if clipped.get("clip-path")
        for group in clipped.iter(f"{SVG}g")
        for rectangle in group.findall(f"{SVG}rect")
    ]


def _numbers(text: str) -> list[float]:
    return list(map(float, NUMBER.findall(text)))


def _box(rectangle: ElementTree.Element) -> QRectF:
    return QRectF(*(float(rectangle.get(name, "")) for name in ("x", "y", "width", "height")))


def _bounds(path: str) -> QRectF:
    """Of a rectangle drawn as a path: its first corner and that across."""
    left, top, _, _, right, bottom, *_ = _numbers(path)
    return QRectF(QPointF(left, top), QPointF(right, bottom))
