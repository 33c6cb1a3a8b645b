"""Speakers as chips: each with a colour of its own, and always with a name."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from callback_lens.ui.models.plain import shown
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT
from callback_lens.ui.widgets.focus_delegate import FocusDelegate

Index = QModelIndex | QPersistentModelIndex
COLORS = ("accent", "success", "key", "number", "string", "warning")
FILL = 0.14  # of the speaker's colour


class SpeakerDelegate(FocusDelegate):
    """Draws the speaker's column."""

    def __init__(self, session: Session, speakers: Iterable[str | None], parent: QWidget) -> None:
        super().__init__(session, parent)
        names = dict.fromkeys(speaker for speaker in speakers if speaker is not None)
        self._colors = {name: COLORS[place % len(COLORS)] for place, name in enumerate(names)}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return super().sizeHint(option, index) + QSize(2 * GAP, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        blank = QStyleOptionViewItem(option)
        blank.widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, blank, painter)
        if text := str(index.data() or ""):
            self._draw_chip(painter, blank.rect, text)
        self.paint_focus(painter, option, index)

    def _draw_chip(self, painter: QPainter, place: QRect, text: str) -> None:
        color = self.session.theme.color(self._colors.get(text, "muted"))
        metrics = painter.fontMetrics()
        width = min(max(metrics.horizontalAdvance(text) + 2 * GAP, metrics.height() + TIGHT), place.width() - GAP)
        chip = QRectF(place.left() + TIGHT, 0, width, metrics.height() + 2)
        chip.moveTop(place.center().y() + 1 - chip.height() / 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_faint(color))
        painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
        painter.setPen(color)
        label = metrics.elidedText(shown(text), Qt.TextElideMode.ElideRight, round(width - GAP))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, label)
        painter.restore()


def _faint(color: QColor) -> QColor:
    faint = QColor(color)
    faint.setAlphaF(FILL)
    return faint
