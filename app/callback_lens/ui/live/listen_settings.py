"""How to listen: every option of the listener with its meaning."""

import secrets
from collections.abc import Sequence

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from callback_lens.errors import Message
from callback_lens.ui.dialogs.plain_dialog import PlainDialog
from callback_lens.ui.live.listening import Kind, Listening
from callback_lens.ui.live.option_field import OptionField, Shown
from callback_lens.ui.preferences import AT_CLOSE
from callback_lens.ui.session import Session
from callback_lens.ui.theme import ROOMY, mono_font
from callback_lens.ui.widgets.button import Button
from callback_lens.ui.widgets.label import Label

TOKEN_BYTES = 16
WIDTH, TITLES = 100, 24  # characters
LOCAL = ("127.0.0.1", "::1", "localhost", "")
ADDRESS = (
    Shown(
        "port",
        Message("Port"),
        Message("A port named here is never changed: if it is taken, listening fails"),
        Message("8787 or the next free one"),
    ),
    Shown(
        "host",
        Message("Address"),
        Message("127.0.0.1 or ::1: this computer alone; 0.0.0.0: its network as well"),
        "127.0.0.1",
        ("127.0.0.1", "::1", "0.0.0.0"),  # noqa: S104 - offered with a warning
    ),
    Shown(
        "token",
        Message("Token"),
        Message("Requests without ?token=… in their address are answered 404"),
        Message("none: every request is taken"),
    ),
)
ANSWERS = (
    Shown(
        "answer",
        Message("Statuses"),
        Message("Answers to a job's callbacks in turn, such as 500,500,200"),
        "200",
    ),
    Shown("answer-body", Message("Text"), Message("The body of the answers"), Message("empty")),
    Shown("delay", Message("Delay"), Message("Seconds from keeping a request to its answer, 3600 at most"), "0"),
    Shown(
        "forward",
        Message("Forward to"),
        Message("Each capture is also sent on there, and how that went is kept"),
        "http://127.0.0.1:8000/callback",
    ),
)
LIMITED = (
    Shown("max-body", Message("Largest body"), Message("Larger ones are refused, which is kept; such as 64M"), "64M"),
    Shown("max-connections", Message("Connections"), Message("At the same time"), "500"),
    Shown("idle", Message("Idle time"), Message("Seconds until a connection without a request is closed"), "120"),
    Shown("slow", Message("Slow requests"), Message("Seconds a request may pause before it is refused"), "20"),
    Shown(
        "max-store",
        Message("Store size"),
        Message("MiB; the oldest captures above that are removed, pinned ones never"),
        Message("without limit"),
    ),
    Shown(
        "max-age",
        Message("Age"),
        Message("Days; older captures are removed, pinned ones never"),
        Message("without limit"),
    ),
)
PAGES = ((Message("Address"), ADDRESS), (Message("Answers"), ANSWERS), (Message("Limits"), LIMITED))
CLOSING = (Message("Ask"), Message("Stop listening"), Message("Keep capturing"))
OPEN = Message("Every computer in the network can send requests: better with a token")
LATER = Message("What is changed here takes effect when listening is started the next time.")


class ListenSettings(PlainDialog):
    """Edits the preferences for the listener; saved only where every value is one that the listener takes."""

    def __init__(self, session: Session, listening: Listening, parent: QWidget | None = None) -> None:
        super().__init__(session, Message("Listening settings"), parent)
        self._listening = listening
        given = dict(session.preferences.settings.listen_options)
        self.pages = QTabWidget(self)
        self.fields = {
            shown.name: OptionField(session, shown, given.get(shown.name, ""), self)
            for _, page in PAGES
            for shown in page
        }
        self.generate = QPushButton(session.say(Message("Generate")), self)
        self.reveal = Button(session, Message("Show the token"), "eye", self, shows_words=False)
        self.at_close = QComboBox(self)
        for title, page in PAGES:
            self.pages.addTab(self._page(page), session.say(title))
        self._prepare_token()
        self._add_buttons()
        for field in self.fields.values():
            field.changed.connect(self._check)
        self._check()

    def save(self) -> None:
        """Keep what is typed."""
        options = tuple((name, field.text) for name, field in self.fields.items() if field.text)
        at_close = AT_CLOSE[self.at_close.currentIndex()]
        self.session.preferences.change(listen_options=options, listen_at_close=at_close)
        self.accept()

    def save_and_restart(self) -> None:
        """Keep what is typed, and listen so from now on."""
        self.save()
        self._listening.restart()

    def _page(self, page: Sequence[Shown]) -> QWidget:
        widget = QWidget(self)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, self.fontMetrics().averageCharWidth() * TITLES)
        grid.setHorizontalSpacing(ROOMY)
        for shown in page:
            buttons = (self.reveal, self.generate) if shown.name == "token" else ()
            self.fields[shown.name].add_to(grid, *buttons)
        if page is ADDRESS:
            self._add_closing(grid)
        column = QVBoxLayout(widget)
        column.setContentsMargins(ROOMY, ROOMY, ROOMY, 0)
        column.addLayout(grid)
        column.addStretch(1)
        return widget

    def _add_closing(self, grid: QGridLayout) -> None:
        row, title = grid.rowCount(), QLabel(self.session.say(Message("When the window closes")), self)
        self.at_close.addItems([self.session.say(words) for words in CLOSING])
        self.at_close.setCurrentIndex(AT_CLOSE.index(self.session.preferences.settings.listen_at_close))
        self.at_close.setAccessibleName(title.text())
        title.setBuddy(self.at_close)
        grid.addWidget(title, row, 0)
        grid.addWidget(self.at_close, row, 1)

    def _prepare_token(self) -> None:
        editor = self.fields["token"].editor
        editor.setFont(mono_font())
        self.reveal.setCheckable(True)
        self.reveal.toggled.connect(self._reveal)
        self._reveal(False)
        self.generate.clicked.connect(lambda: editor.setText(secrets.token_urlsafe(TOKEN_BYTES)))

    def _reveal(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        self.fields["token"].editor.setEchoMode(mode)

    def _add_buttons(self) -> None:
        self.body.addWidget(self.pages)
        later = Label(self.session, LATER, self, "muted", wraps=True)
        later.setMinimumWidth(self.fontMetrics().averageCharWidth() * WIDTH)
        self.body.addWidget(later)
        role = QDialogButtonBox.ButtonRole
        self.saves = [self.buttons.addButton(self.session.say(Message("Save")), role.ApplyRole)]
        self.saves[0].clicked.connect(self.save)
        if self._listening.state.kind is Kind.ON and self._listening.state.is_own:
            self.saves.append(self.buttons.addButton(self.session.say(Message("Save and restart")), role.ApplyRole))
            self.saves[-1].clicked.connect(self.save_and_restart)
        self.saves[-1].setDefault(True)
        self.add_button(Message("Cancel"), role.RejectRole)

    def _check(self, _text: str = "") -> None:
        fields = self.fields
        is_open = fields["host"].text not in LOCAL and not fields["token"].text
        fields["host"].warn(OPEN if is_open else None)
        for number, (_, page) in enumerate(PAGES):
            is_wrong = any(fields[shown.name].is_wrong for shown in page)
            self.pages.setTabIcon(number, self.session.theme.icon("error", "error") if is_wrong else QIcon())
        for button in self.saves:
            button.setEnabled(not any(field.is_wrong for field in fields.values()))
