"""How cells are drawn and measured: long words may break, the whole value opens for selecting."""

import re

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QPlainTextEdit, QStyleOptionViewItem, QWidget

from callback_lens.errors import Message
from callback_lens.export.layout import one_line
from callback_lens.ui.models.row_model import ASIDE, RowModel
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT, WIDE
from callback_lens.ui.widgets.focus_delegate import FocusDelegate

Index = QModelIndex | QPersistentModelIndex
BREAK = "\u200b"
BREAKABLE = re.compile(r"(?<=[/\\_.,;:=&?%|-])(?=\w)|(?<=[^\W_]{24})(?=[^\W_])")
LONGEST_OPENED = 50_000
OPENED_HEIGHT = 120


class CellDelegate(FocusDelegate):
    """Cells of a NodeTable; those of the column ``wrapped`` break their lines, the others are cut."""

    def __init__(self, session: Session, wrapped: int | None, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._wrapped = wrapped

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.column() == self._wrapped:
            option.text = breakable(option.text)
        else:
            option.features &= ~QStyleOptionViewItem.ViewItemFeature.WrapText
            option.textElideMode = Qt.TextElideMode.ElideMiddle

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        aside = index.data(ASIDE)
        if aside:
            start = option.fontMetrics.horizontalAdvance(str(index.data())) + WIDE
            painter.save()
            painter.setPen(self.session.theme.color("muted"))
            place = option.rect.adjusted(start + TIGHT, 0, 0, 0)
            said = option.fontMetrics.elidedText(f"= {aside}", Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, said)
            painter.restore()

    def lines(self, text: str, width: int, metrics: QFontMetrics) -> int:
        """How many lines ``text`` takes in a cell of ``width`` pixels."""
        room = max(width - GAP, GAP)
        if metrics.horizontalAdvance(text) <= room:
            return 1
        box = metrics.boundingRect(QRect(0, 0, room, 1), Qt.TextFlag.TextWordWrap, breakable(text))
        return max(round(box.height() / metrics.lineSpacing()), 1)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QPlainTextEdit(parent)
        editor.setReadOnly(True)
        editor.setAccessibleName(self.session.say(Message("The whole value")))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        model = index.model()
        if isinstance(editor, QPlainTextEdit) and isinstance(model, RowModel):
            text = model.text(model.place(index.row()), index.column())[:LONGEST_OPENED]
            editor.setPlainText("\n".join(map(one_line, text.split("\n"))))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Nothing: the editor is there for selecting only."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        place = QRect(option.rect)
        view = editor.parentWidget()
        room = view.height() if view is not None else place.height()
        place.setHeight(max(place.height(), min(OPENED_HEIGHT, room)))
        place.moveBottom(min(place.bottom(), room))
        editor.setGeometry(place)


def breakable(text: str) -> str:
    """``text`` with invisible places where a line may break, after marks in keys and addresses."""
    return BREAKABLE.sub(BREAK, text)
