"""A text of several lines, shown a part at a time: laying out all of a long one would hold up the window."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from callback_lens.blocks.model import Text
from callback_lens.errors import Message
from callback_lens.export.layout import one_line
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP
from callback_lens.ui.widgets.button import Button
from callback_lens.ui.widgets.flow_layout import FlowLayout
from callback_lens.ui.widgets.object_menu import copy_text

PART = 10_000  # characters
MOST_LINES_SHOWN = 12


class TextPane(QWidget):
    """Shows a Text block."""

    def __init__(self, block: Text, session: Session, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._block = block
        self._session = session
        self._shown = 0
        self.editor = QPlainTextEdit(self)
        self.editor.setReadOnly(True)
        self.editor.setFrameShape(QFrame.Shape.NoFrame)
        self.editor.setTabChangesFocus(True)
        self.copy_all = Button(session, Message("Copy all"), "copy", self)
        self.copy_all.clicked.connect(lambda: copy_text(block.text))
        self.select = Button(session, Message("Select its node"), "go-to", self)
        self.select.clicked.connect(lambda: selection.select_path(block.path, self))
        self.more = Button(session, Message("Show more"), "expand", self)
        self.more.clicked.connect(self.show_more)
        self._lay_out()
        self.show_more()
        self._fit()
        self._speak()
        session.language_changed.connect(self._speak)

    def show_more(self) -> None:
        """Add the next part of the text."""
        part = self._block.text[self._shown : self._shown + PART]
        self._shown += len(part)
        cursor = self.editor.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText("\n".join(map(one_line, part.split("\n"))))
        self.more.setVisible(self._shown < len(self._block.text))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.editor)
        line = FlowLayout(GAP)
        for button in (self.copy_all, self.select, self.more):
            line.addWidget(button)
        column.addLayout(line)

    def _fit(self) -> None:
        lines = min(max(self._block.text.count("\n") + 1, len(self._block.text) // 60), MOST_LINES_SHOWN)
        margin = round(self.editor.document().documentMargin()) * 2
        self.editor.setFixedHeight(lines * self.editor.fontMetrics().lineSpacing() + margin + GAP)

    def _speak(self) -> None:
        self.editor.setAccessibleName(self._session.say(self._block.title))
