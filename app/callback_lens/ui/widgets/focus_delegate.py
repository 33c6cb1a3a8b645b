"""Cells of a view whose current row is framed while the view has the focus: its colour alone would not show it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from callback_lens.ui.session import Session

Index = QModelIndex | QPersistentModelIndex


class FocusDelegate(QStyledItemDelegate):
    """Draws cells as Qt does, and lines above and below those of the current row."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        view = self.parent()
        if isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex().row() == index.row():
            draw_focus(painter, option.rect, self.session)


def draw_focus(painter: QPainter, rect: QRect, session: Session) -> None:
    """Lines above and below a cell of the current row."""
    accent = session.theme.color("accent")
    painter.fillRect(rect.left(), rect.top(), rect.width(), 1, accent)
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, accent)
