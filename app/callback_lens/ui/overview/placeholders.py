"""What stands in the Overview where there is nothing to overview: no file, or one that cannot be read."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from callback_lens.errors import Message, UserError
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, ROOMY, TIGHT
from callback_lens.ui.widgets.card import Card
from callback_lens.ui.widgets.icon_label import IconLabel
from callback_lens.ui.widgets.label import Heading, Label

BIG_ICON = 48


class Nothing(QWidget):
    """Says how to open something."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(GAP)
        column.addStretch(2)
        column.addWidget(IconLabel(session, "open", "muted", BIG_ICON, self), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(GAP)
        title = Heading(session, Message("Nothing is open"), self)
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        for words in (
            Message("Open a saved callback with Ctrl+O,"),
            Message("drop files or folders here,"),
            Message("or paste a payload with Ctrl+V."),
        ):
            column.addWidget(Label(session, words, self, "muted"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)


class Unreadable(Card):
    """Says what is wrong with an input, where, and what can be done."""

    def __init__(self, session: Session, name: str, error: UserError, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.column.setContentsMargins(ROOMY, ROOMY, ROOMY, ROOMY)
        line = QHBoxLayout()
        line.setSpacing(GAP + TIGHT)
        line.addWidget(IconLabel(session, "error", "error", 24, self))
        line.addWidget(Heading(session, Message("This could not be read"), self), 1)
        self.column.addLayout(line)
        self.column.addWidget(Label(session, name, self, "muted", wraps=True, selectable=True))
        self.column.addSpacing(GAP)
        self.column.addWidget(Label(session, error.message, self, "error", wraps=True, selectable=True))
        if error.position is not None:
            place = {"line": error.position.line, "column": error.position.column}
            self.column.addWidget(Label(session, Message("Line {line}, column {column}", place), self, "muted"))
        if error.hint is not None:
            self.column.addWidget(Label(session, error.hint, self, wraps=True, selectable=True))
        self.column.addSpacing(GAP)
        raw = Message("The Raw tab shows what is in it, as text and byte for byte.")
        self.column.addWidget(Label(session, raw, self, "muted", wraps=True))
