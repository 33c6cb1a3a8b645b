"""What lies above the picture of a timeline: what is selected and what the pointer is on."""

from math import ceil, floor

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPen

from callback_lens.transcript.columns import WordKind
from callback_lens.ui.theme import Theme
from callback_lens.ui.timeline.axis import Axis, whole_axis
from callback_lens.ui.timeline.items import Item, TimeRange, span_of
from callback_lens.ui.timeline.layout import Layout, RowPlace, Strip
from callback_lens.ui.timeline.scene import Scene

NARROWEST = 3  # pixels
EDGE = 3  # pixels that an outline reaches beyond what it is around, at most
FAINT = 0.16


def lanes_box(place: Layout) -> QRect:
    """Where items are seen."""
    return QRect(place.gutter, place.lanes.top, place.axis_width, place.lanes.height)


def box_of(axis: Axis, place: Layout, span: TimeRange, strip: Strip) -> QRect:
    """Where ``span`` is in ``strip``, at least ``NARROWEST`` wide; at the edge of what is in sight if it is beyond."""
    left, right = (min(max(axis.to_pixel(time), -EDGE), axis.width + EDGE) for time in span)
    first, last = floor(left), max(ceil(right), floor(left) + NARROWEST)
    return QRect(place.gutter + first, strip.top, last - first, strip.height)


def row_of(scene: Scene, place: Layout, item: Item) -> RowPlace | None:
    """The row that ``item`` is in; None where no time of its sentence is known."""
    lane, row = int(scene.lanes.lane[item.sentence]), int(scene.lanes.row[item.sentence])
    return next((found for found in place.rows if (found.lane, found.row) == (lane, row)), None)


def item_box(scene: Scene, axis: Axis, place: Layout, item: Item) -> QRect | None:
    """Where ``item`` is drawn, also beside what is in sight; None where it has no time."""
    row, span = row_of(scene, place, item), span_of(scene, item)
    if row is None or span is None:
        return None
    if item.word is None:
        return box_of(axis, place, span, row.sentences)
    if scene.transcript.words.kind[item.word] == WordKind.PUNCTUATION:
        return box_of(axis, place, span._replace(start=span.end - 1), row.punctuation)
    slowness = scene.scale.heights(np.nan_to_num(scene.measures.paces[[item.word]]))[0]
    height = round(row.label + slowness * (row.words.height - row.label))
    return box_of(axis, place, span, Strip(row.words.bottom - height, row.words.bottom))


def draw_range(painter: QPainter, theme: Theme, axis: Axis, place: Layout, span: TimeRange) -> None:
    """The selected range: in the overview, and over ruler and lanes, with an edge on either side."""
    whole = whole_axis(axis.first, axis.last, axis.width)
    for shown, strip in ((whole, place.overview), (axis, Strip(place.ruler.top, place.height))):
        box = box_of(shown, place, span, strip)
        painter.fillRect(box, _faint(theme.color("accent")))
        for x in (box.left(), box.right()):
            painter.fillRect(x, box.top(), 1, box.height(), theme.color("accent"))


def draw_item(painter: QPainter, theme: Theme, box: QRect) -> None:
    """An outline around the selected word, seen on every colour."""
    painter.setPen(QPen(theme.color("base"), 1))
    painter.drawRect(box.adjusted(0, 0, -1, -1))
    painter.setPen(QPen(theme.color("accent"), 2))
    painter.drawRect(box.adjusted(-1, -1, 1, 1))


def draw_pointed(painter: QPainter, theme: Theme, box: QRect) -> None:
    """What the pointer is on."""
    painter.fillRect(box, _faint(theme.color("text")))
    painter.setPen(theme.color("text"))
    painter.drawRect(box.adjusted(0, 0, -1, -1))


def draw_focus(painter: QPainter, theme: Theme, room: QRect) -> None:
    """A frame around what the keys act upon."""
    painter.setPen(theme.color("accent"))
    painter.drawRect(room.adjusted(0, 0, -1, -1))


def _faint(color: QColor) -> QColor:
    faint = QColor(color)
    faint.setAlphaF(FAINT)
    return faint
