"""From an address of this computer to one that CI can send to: tunnels, and whether callbacks come through."""

from urllib.parse import urlsplit

from PySide6.QtWidgets import QDialogButtonBox, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from callback_lens.errors import Message, UserError
from callback_lens.listener.addresses import HOST, PORT
from callback_lens.payload.findings import Severity
from callback_lens.payload.masking import masked_target
from callback_lens.ui.dialogs.plain_dialog import PlainDialog
from callback_lens.ui.live.listening import Kind, Listening, with_token
from callback_lens.ui.live.reach import PATIENCE, TUNNELS, Verdict, check_reach
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, WIDE, mono_font
from callback_lens.ui.widgets.button import Button
from callback_lens.ui.widgets.elided_label import ElidedLabel
from callback_lens.ui.widgets.icon_label import IconLabel
from callback_lens.ui.widgets.label import Label
from callback_lens.ui.widgets.object_menu import copy_text

USUAL = f"http://{HOST}:{PORT}/"
WIDTH = 104  # characters
EXAMPLE = "https://words-of-your-tunnel.trycloudflare.com/"
ABOUT = Message(
    "CI sends its callbacks over the internet and takes no address of an intranet. A tunnel gives this computer a"
    " public address: one of these programs, started in a terminal, leads it to the listener."
)
OWN = Message("{program}, own server")
NOTE = Message("check of the public address")
SENT = Message("Sent; waiting for the answer, {seconds} s at most…")
OFF = Message("Nobody is listening: switch that on first")
READY = Message("Paste the address that the tunnel says")
LOOK = {
    Severity.INFO: ("success", "success"),
    Severity.WARNING: ("warning", "warning"),
    Severity.ERROR: ("error", "error"),
}


class ReachDialog(PlainDialog):
    """Commands to copy, the public address typed in, and what came of a callback that was sent there."""

    def __init__(self, session: Session, listening: Listening, parent: QWidget | None = None) -> None:
        super().__init__(session, Message("Public address"), parent)
        self._listening = listening
        self.url = QLineEdit(session.preferences.settings.listen_public_address, self)
        self.check = QPushButton(session.say(Message("Check")), self)
        self._icon = IconLabel(session, "info", "muted", parent=self)
        self.verdict = Label(session, READY, self, wraps=True, selectable=True)
        self.address = ElidedLabel(session, "", self)
        self.copy = Button(session, Message("Copy the address, with its token"), "copy", self, shows_words=False)
        self._for_ci = Label(session, Message("Address for CI:"), self, "muted")
        self.copies: list[Button] = []
        self._add(Label(session, ABOUT, self, wraps=True))
        self.body.addLayout(self._tunnels())
        self._arrange()
        self.add_button(Message("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.url.textChanged.connect(self._refresh)
        self.url.returnPressed.connect(self.check.click)
        self.check.clicked.connect(self._send)
        self.copy.clicked.connect(lambda: copy_text(self._target()))
        listening.changed.connect(self._refresh)
        self._refresh()
        self.url.setFocus()

    def _add(self, part: QWidget) -> None:
        part.setMinimumWidth(self.fontMetrics().averageCharWidth() * WIDTH)
        self.body.addWidget(part)

    def _tunnels(self) -> QGridLayout:
        """A command in each row."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(WIDE)
        grid.setColumnStretch(1, 1)
        for row, (program, command) in enumerate(commands(self._listening.state.url or USUAL)):
            said = ElidedLabel(self.session, command, self)
            said.setFont(mono_font())
            copy = Button(self.session, Message("Copy the command"), "copy", self, shows_words=False)
            copy.clicked.connect(lambda _, command=command: copy_text(command))
            self.copies.append(copy)
            grid.addWidget(Label(self.session, program, self, "muted"), row, 0)
            grid.addWidget(said, row, 1)
            grid.addWidget(copy, row, 2)
        return grid

    def _arrange(self) -> None:
        self.url.setPlaceholderText(EXAMPLE)
        self.url.setFont(mono_font())
        self.address.setFont(mono_font())
        asked = Label(self.session, Message("Public address of the tunnel:"), self)
        asked.setBuddy(self.url)
        self.url.setAccessibleName(asked.text())
        self.body.addWidget(asked)
        for parts in ((self.url, self.check), (self._icon, self.verdict), (self._for_ci, self.address, self.copy)):
            line = QHBoxLayout()
            line.setSpacing(GAP)
            for part in parts:
                line.addWidget(part, 1 if part in (self.url, self.verdict, self.address) else 0)
            self.body.addLayout(line)

    def _typed(self) -> str:
        return self.url.text().strip().partition("#")[0]

    def _target(self) -> str:
        """What CI is to be given."""
        token, typed = self._listening.state.token, self._typed()
        return typed if "token=" in typed else with_token(typed, token)

    def _refresh(self, _changed: object = None) -> None:
        """After another address or another state of the listener nothing is known any more."""
        self.session.background.cancel(self)
        is_on, typed = self._listening.state.kind is Kind.ON, self._typed()
        self._say(READY if is_on else OFF, "info" if is_on else "warning", "muted" if is_on else "warning")
        self.check.setEnabled(is_on and bool(typed))
        self.address.change(masked_target(self._target()) if typed else "")
        for part in (self._for_ci, self.address, self.copy):
            part.setVisible(bool(typed))

    def _send(self) -> None:
        url, note, folder = self._target(), self.session.say(NOTE), self._listening.folder
        self.session.preferences.change(listen_public_address=self._typed())
        self.check.setEnabled(False)
        self._say(Message(SENT.id, {"seconds": f"{PATIENCE:g}"}), "waiting", "muted")
        self.session.background.run(
            lambda job: check_reach(url, note, folder, job.check), self._tell, self, self._object
        )

    def _tell(self, verdict: Verdict) -> None:
        self.check.setEnabled(True)
        words = map(self.session.say, filter(None, (verdict.message, verdict.hint)))
        self._say(" – ".join(words), *LOOK[verdict.severity])

    def _object(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._tell(Verdict(error.message, Severity.ERROR, error.hint))
        else:
            self.check.setEnabled(True)
            self.session.messages.report(error)

    def _say(self, words: Message | str, icon: str, meaning: str) -> None:
        self._icon.change(icon, meaning)
        self.verdict.change(words)
        self.verdict.recolor("text" if meaning == "success" else meaning)


def commands(url: str) -> list[tuple[Message | str, str]]:
    """Programs, and what is typed to have them lead to ``url``."""
    parts = urlsplit(url)
    filled = [(name, command.format(endpoint=parts.netloc, port=parts.port)) for name, command in TUNNELS]
    return [(Message(OWN.id, {"program": name}) if "example.com" in line else name, line) for name, line in filled]
