"""Asks for a note on captures."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QWidget

from callback_lens.errors import Message
from callback_lens.ui.dialogs.plain_dialog import PlainDialog
from callback_lens.ui.session import Session


class NoteDialog(PlainDialog):
    """Hands the note over when it is accepted; an empty one is None."""

    def __init__(self, session: Session, note: str, keep: Callable[[str | None], object], parent: QWidget) -> None:
        super().__init__(session, Message("Note"), parent)
        self._keep = keep
        self.note = QLineEdit(note, self)
        self.note.setMinimumWidth(self.fontMetrics().averageCharWidth() * 64)
        self.note.selectAll()
        label = QLabel(session.say(Message("What to remember of it; it can be searched for:")), self)
        label.setBuddy(self.note)
        self.note.setAccessibleName(label.text())
        self.body.addWidget(label)
        self.body.addWidget(self.note)
        self.add_button(Message("Keep"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.add_button(Message("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)

    def accept(self) -> None:
        """Keep the note."""
        self._keep(self.note.text().strip() or None)
        super().accept()
