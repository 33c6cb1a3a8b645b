"""What is wrong with a payload, above its text."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from callback_lens.errors import Message, UserError
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT
from callback_lens.ui.widgets.button import Button
from callback_lens.ui.widgets.icon_label import IconLabel
from callback_lens.ui.widgets.label import Label

AT = Message("Line {line}, column {column}: {message}")


class FaultBar(QFrame):
    """Shows an error's message and hint; ``wanted`` when its place is asked for."""

    wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = Label(session, "", self, "error", wraps=True, selectable=True)
        self.hint = Label(session, "", self, "muted", wraps=True, selectable=True)
        self.button = Button(session, Message("Show the place"), None, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP, TIGHT, GAP, GAP)
        row.setSpacing(GAP)
        row.addWidget(IconLabel(session, "error", "error", parent=self), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.message)
        words.addWidget(self.hint)
        row.addLayout(words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.button.clicked.connect(self.wanted)
        self.hide()

    def show_error(self, error: UserError | None) -> None:
        """Show ``error``, or nothing."""
        self.setVisible(error is not None)
        if error is None:
            return
        position = error.position
        place = {"line": position.line, "column": position.column} if position else {}
        self.message.change(Message(AT.id, place | {"message": error.message}) if position else error.message)
        self.hint.change(error.hint or "")
        self.hint.setVisible(error.hint is not None)
        self.button.setVisible(position is not None)
