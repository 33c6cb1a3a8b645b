"""Cells of a view whose current row is framed while the view has the focus: its colour alone would not show it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
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
        self.paint_focus(painter, option, index)

    def paint_focus(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the lines, if the cell is in the current row of a view with the focus."""
        view = self.parent()
        if not isinstance(view, QAbstractItemView) or not view.hasFocus():
            return
        if view.currentIndex().siblingAtColumn(index.column()) == index:
            accent = self.session.theme.color("accent")
            for y in (option.rect.top(), option.rect.bottom()):
                painter.fillRect(option.rect.left(), y, option.rect.width(), 1, accent)
