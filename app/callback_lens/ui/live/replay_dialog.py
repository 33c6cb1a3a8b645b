"""Asks where captures are to be sent again."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QLabel, QLineEdit, QWidget

from callback_lens.errors import Message, UserError
from callback_lens.payload.masking import masked_target
from callback_lens.ui.dialogs.plain_dialog import PlainDialog
from callback_lens.ui.models.plain import shown
from callback_lens.ui.session import Session
from callback_lens.ui.theme import mono_font
from callback_lens.ui.widgets.label import Label

EXAMPLE = "http://127.0.0.1:8000/callback"


class ReplayDialog(PlainDialog):
    """``chosen`` carries the address, which is checked first: it stays open where nothing can be sent there.

    The last addresses are offered, the very last at once; their tokens are masked until one is chosen from the list.
    """

    chosen = Signal(object)

    def __init__(self, session: Session, folder: Path, count: int, parent: QWidget | None = None) -> None:
        super().__init__(session, Message("Send again"), parent)
        self._folder = folder
        self.url = self._url_box()
        words = Message(
            "Method, headers and body go out as they came, the oldest capture first. How many: {count}",
            {"count": count},
        )
        label = QLabel(session.say(Message("Send to this address:")), self)
        label.setBuddy(self.url)
        self.url.setAccessibleName(label.text())
        self.problem = Label(session, "", self, "error", wraps=True)
        self.hint = Label(session, "", self, "muted", wraps=True)
        for widget in (Label(session, words, self, "muted", wraps=True), label, self.url, self.problem, self.hint):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.add_button(Message("Send"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.add_button(Message("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.url.editTextChanged.connect(self._forget_problem)

    def accept(self) -> None:
        """Have the address checked; off the GUI thread, because that loads an HTTP client and may ask a name server."""
        url, folder = self._address(), self._folder
        self.buttons.setEnabled(False)
        self.session.background.run(lambda _: _check(url, folder), lambda _: self._choose(url), self, self._object)

    def reject(self) -> None:
        """Close; an address that is still being checked is not chosen."""
        self.session.background.cancel(self)
        super().reject()

    def _address(self) -> str:
        """What was written, or what the masked address that was offered stands for."""
        box = self.url
        is_offered = box.currentText() == box.itemText(box.currentIndex())
        return box.currentData() if is_offered and box.currentText() else box.currentText().strip()

    def _choose(self, url: str) -> None:
        self.session.preferences.remember_replay_url(url)
        self.chosen.emit(url)
        super().accept()

    def _object(self, error: BaseException) -> None:
        self.buttons.setEnabled(True)
        if isinstance(error, UserError):
            self.problem.change(error.message)
            self.hint.change(error.hint or "")
        else:
            self.session.messages.report(error)

    def _forget_problem(self) -> None:
        self.problem.change("")
        self.hint.change("")

    def _url_box(self) -> QComboBox:
        box = QComboBox(self)
        line = QLineEdit(box)
        line.setPlaceholderText(EXAMPLE)
        box.setEditable(True)
        box.setLineEdit(line)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setCompleter(None)  # type: ignore[arg-type]  # it would complete masked addresses
        line.setFont(mono_font())
        box.setMinimumWidth(self.fontMetrics().averageCharWidth() * 64)
        for url in self.session.preferences.settings.replay_urls:
            box.addItem(shown(masked_target(url)), url)
        box.activated.connect(lambda index: box.setEditText(box.itemData(index)))
        return box


def _check(url: str, folder: Path) -> None:
    from callback_lens.capture.sending_again import check_target

    check_target(url, folder)
