"""What is asked before a listener is stopped, or left running when the window closes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QWidget

from callback_lens.errors import Message
from callback_lens.ui.dialogs.plain_dialog import PlainDialog
from callback_lens.ui.live.listening import ListenState
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.label import Label

WIDTH = 60  # characters
STOP = Message("Stop listening")
CANCEL = Message("Cancel")


class CloseDialog(PlainDialog):
    """Asks whether callbacks are captured when the window is gone; ``chosen`` carries ``stop`` or ``keep``."""

    chosen = Signal(object)

    def __init__(self, session: Session, state: ListenState, parent: QWidget | None = None) -> None:
        super().__init__(session, Message("Close the window"), parent)
        asked = Message(
            "Callbacks are being captured at {url}. Go on with that when the window is closed?", {"url": state.url}
        )
        hint = Message("The next window finds the listener again, and has what arrived meanwhile.")
        self.is_remembered = QCheckBox(session.say(Message("Do not ask again")), self)
        for part in (Label(session, asked, self, wraps=True), Label(session, hint, self, "muted", wraps=True)):
            part.setMinimumWidth(self.fontMetrics().averageCharWidth() * WIDTH)
            self.body.addWidget(part)
        self.body.addWidget(self.is_remembered)
        role = QDialogButtonBox.ButtonRole
        self.keep = self.buttons.addButton(session.say(Message("Keep capturing")), role.AcceptRole)
        self.stop = self.buttons.addButton(session.say(STOP), role.DestructiveRole)
        self.add_button(CANCEL, role.RejectRole)
        self.keep.setDefault(True)
        self.keep.clicked.connect(lambda: self._choose("keep"))
        self.stop.clicked.connect(lambda: self._choose("stop"))

    def _choose(self, choice: str) -> None:
        if self.is_remembered.isChecked():
            self.session.preferences.change(listen_at_close=choice)
        self.chosen.emit(choice)
        self.accept()


class StopDialog(PlainDialog):
    """Asks whether to stop a listener that this window did not start; accepted when so."""

    def __init__(self, session: Session, state: ListenState, parent: QWidget | None = None) -> None:
        super().__init__(session, STOP, parent)
        values = {"pid": state.pid}
        asked = Message("This listener was started by another window or program (process {pid}). Stop it?", values)
        words = Label(session, asked, self, wraps=True)
        words.setMinimumWidth(self.fontMetrics().averageCharWidth() * WIDTH)
        self.body.addWidget(words)
        self.add_button(STOP, QDialogButtonBox.ButtonRole.AcceptRole)
        self.add_button(CANCEL, QDialogButtonBox.ButtonRole.RejectRole)
