"""What the small dialogs have in common."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.theme import ROOMY, WIDE


class PlainDialog(QDialog):
    """A dialog in the language of the window, with a row of buttons at the bottom; gone for good when closed."""

    def __init__(self, session: Session, title: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(session.say(title))
        self.body = QVBoxLayout()
        self.body.setSpacing(WIDE)
        self.buttons = QDialogButtonBox(self)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(ROOMY, ROOMY, ROOMY, ROOMY)
        layout.setSpacing(ROOMY)
        layout.addLayout(self.body)
        layout.addWidget(self.buttons)

    def add_button(self, text: Message, role: QDialogButtonBox.ButtonRole) -> None:
        """A button that accepts or rejects, by its role."""
        self.buttons.addButton(self.session.say(text), role)
