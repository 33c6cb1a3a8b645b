"""Draws a node: an icon for its kind, its name and value in their colours, the rest muted beside them."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from callback_lens.payload.nodes import Kind
from callback_lens.ui.models.node_model import NAME, VALUE, AnyIndex, NodeModel
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT
from callback_lens.ui.widgets.focus_delegate import FocusDelegate

BAR = 3  # pixels: the mark of a match at the left of its row
KIND_COLORS = {Kind.NUMBER: "number", Kind.BOOLEAN: "keyword", Kind.NULL: "keyword", Kind.STRING: "string"}


class NodeDelegate(FocusDelegate):
    """Draws the rows of a NodeModel; ``is_match`` says which were looked for."""

    def __init__(self, session: Session, model: NodeModel, is_match: Callable[[QModelIndex], bool], parent: QWidget):
        super().__init__(session, parent)
        self._model = model
        self._is_match = is_match

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # Qt's signature
        """The room that the row's texts need in full, with the icon."""
        cell, metrics = self._model.cell(index), option.fontMetrics
        width = 2 * TIGHT + (metrics.height() + TIGHT if index.column() == NAME else 0)
        width += sum(metrics.horizontalAdvance(text) + GAP for text in (cell.text, cell.aside) if text)
        return QSize(width, metrics.height() + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row = index.sibling(index.row(), index.column())
        painter.save()
        self._draw_ground(painter, option, row)
        cell = self._model.cell(row)
        rect: QRect = option.rect.adjusted(TIGHT, 0, -TIGHT, 0)
        if index.column() == NAME:
            rect = self._draw_icon(painter, rect, row)
        rect = self._draw_text(painter, rect, cell.text, cell.color)
        if index.column() != VALUE or cell.text or not option.state & QStyle.StateFlag.State_Open:
            self._draw_text(painter, rect, cell.aside, "muted")  # what is in an open row can be seen below it
        self.paint_focus(painter, option, index)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        rect: QRect = option.rect
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected:
            painter.fillRect(rect, option.palette.color(QPalette.ColorRole.Highlight))
        if self._is_match(index):
            if not is_selected:
                painter.fillRect(rect, self.session.theme.color("match"))
            if index.column() == NAME:
                bar = QRect(rect.left(), rect.top(), BAR, rect.height())
                painter.fillRect(bar, self.session.theme.color("accent"))

    def _draw_icon(self, painter: QPainter, rect: QRect, index: QModelIndex) -> QRect:
        node = self._model.node(index)
        size = QFontMetrics(painter.font()).height()
        place = QRect(rect.left(), rect.center().y() - size // 2 + 1, size, size)
        name, color = (f"kind-{node.kind}", KIND_COLORS.get(node.kind, "muted")) if node else ("list", "muted")
        self.session.theme.icon(name, color).paint(painter, place)
        return rect.adjusted(size + TIGHT, 0, 0, 0)

    def _draw_text(self, painter: QPainter, rect: QRect, text: str, meaning: str) -> QRect:
        if not text or rect.width() <= 0:
            return rect
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.setPen(QColor(self.session.theme.color(meaning)))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        return rect.adjusted(metrics.horizontalAdvance(shown) + GAP, 0, 0, 0)
