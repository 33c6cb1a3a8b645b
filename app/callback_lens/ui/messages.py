"""The one door for messages to the user: kept until there is a bar to show them in."""

import logging
from dataclasses import dataclass
from pathlib import PurePath

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from callback_lens.errors import Message, UserError
from callback_lens.payload.findings import Severity
from callback_lens.payload.unpack import visible
from callback_lens.ui.models.plain import tooltip
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT
from callback_lens.ui.widgets.button import RingedButton
from callback_lens.ui.widgets.label import Label

SHOW_INFO = 8000  # ms: long enough to be read, and nobody has to close what is no trouble
MOST = 50  # messages waiting behind the one in the bar
WORDS = {
    Severity.ERROR: Message("Error"),
    Severity.WARNING: Message("Warning"),
    Severity.INFO: Message("Note"),
}
FAULT = Message("Callback Lens has a fault; it goes on, but what you just did may not have worked")


@dataclass(frozen=True, slots=True)
class Told:
    """A message to the user; ``fault`` is the error to be reported where the program is at fault."""

    message: Message
    severity: Severity
    hint: Message | None = None
    fault: BaseException | None = None
    place: str = ""


class Messages(QObject):
    """Takes messages on any thread; ``told`` carries each as a Told, on the GUI thread."""

    told = Signal(object)
    _taken = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._has_listener = False
        self._kept: list[Told] = []
        # Queued, so that an error inside a paint event is not shown in the middle of painting.
        self._taken.connect(self._hand_on, Qt.ConnectionType.QueuedConnection)

    def tell(self, message: Message, severity: Severity = Severity.INFO, hint: Message | None = None) -> None:
        """Show ``message`` in the bar."""
        self._taken.emit(Told(message, severity, hint))

    def report(self, error: BaseException) -> None:
        """Show an error: a UserError as its message, anything else as a fault with a report to copy."""
        if isinstance(error, UserError):
            self._taken.emit(Told(error.message, Severity.ERROR, error.hint, place=_place(error)))
        else:
            logging.getLogger(__name__).error("Fault", exc_info=error)
            self._taken.emit(Told(FAULT, Severity.ERROR, fault=error))

    def listen(self) -> None:
        """Hand on what was kept, and from now on everything: there is a window."""
        self._has_listener = True
        kept, self._kept = self._kept, []
        for told in kept:
            self.told.emit(told)

    def _hand_on(self, told: Told) -> None:
        if self._has_listener:
            self.told.emit(told)
        else:
            self._kept.append(told)


def _place(error: UserError) -> str:
    position = f":{error.position.line}:{error.position.column}" if error.position else ""
    return f"{error.source or ''}{position}"


class MessageBar(QFrame):
    """The newest message, those before it behind; ``details_wanted`` carries the fault to report."""

    details_wanted = Signal(object)

    def __init__(self, session: Session, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._told: list[Told] = []
        self._icon, self._severity = QLabel(self), QLabel(self)
        self._text = Label(session, "", self, wraps=True, selectable=True)
        self._hint = Label(session, "", self, "muted", wraps=True, selectable=True)
        self._details = QPushButton(self)
        self._close = RingedButton(session, self)
        self._timer = QTimer(self, singleShot=True, interval=SHOW_INFO)
        self._arrange()
        self._timer.timeout.connect(self.dismiss)
        self._details.clicked.connect(lambda: self.details_wanted.emit(self._told[-1].fault))
        self._close.clicked.connect(self.dismiss)
        messages.told.connect(self.show_message)
        session.language_changed.connect(self._refresh)
        session.theme_changed.connect(self._refresh)
        self._refresh()
        messages.listen()

    def _arrange(self) -> None:
        self.setObjectName("message-bar")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP, TIGHT, TIGHT, TIGHT)
        layout.setSpacing(GAP)
        self._severity.setTextFormat(Qt.TextFormat.PlainText)
        self._close.setAutoRaise(True)
        layout.addWidget(self._icon)
        layout.addWidget(self._severity)
        layout.addWidget(self._text, 3)
        layout.addWidget(self._hint, 2)
        layout.addWidget(self._details)
        layout.addWidget(self._close)

    def show_message(self, told: Told) -> None:
        """Show ``told``; a note makes room for whatever comes next, the same message comes only once."""
        self._told = [one for one in self._told if one.severity is not Severity.INFO and not _same(one, told)]
        self._told = [*self._told[-MOST:], told]
        self._refresh()

    def dismiss(self) -> None:
        """Close the message in the bar; the one before it is shown again."""
        self._told = self._told[:-1]
        self._refresh()

    def _refresh(self) -> None:
        self._close.setText("")
        self._close.setIcon(self._session.theme.icon("close", "muted"))
        close = self._session.say(Message("Dismiss"))
        self._close.setToolTip(close)
        self._close.setAccessibleName(close)
        self._details.setText(self._session.say(Message("Details…")))
        self._timer.stop()
        self.setVisible(bool(self._told))
        if self._told:
            self._show(self._told[-1])

    def _show(self, told: Told) -> None:
        say, name = self._session.say, told.severity.value
        size = self.fontMetrics().height()
        self._icon.setPixmap(self._session.theme.icon(name, name).pixmap(size, size))
        more = f" (+{len(self._told) - 1})" if len(self._told) > 1 else ""
        self._severity.setText(say(WORDS[told.severity]) + more)
        place, words = visible(told.place), visible(say(told.message))
        hint = visible(say(told.hint)) if told.hint else ""
        text = _with_place(place, words)
        self._text.change(_with_place(PurePath(place).name, words))
        self._text.setToolTip(tooltip(text))
        self._hint.change(hint)
        self._hint.setVisible(bool(hint))
        self._details.setVisible(told.fault is not None)
        self.setAccessibleName(f"{say(WORDS[told.severity])}: {text} {hint}".strip())
        self._color(name)
        if told.severity is Severity.INFO:
            self._timer.start()

    def _color(self, meaning: str) -> None:
        colors = self._session.theme.colors
        color = getattr(colors, meaning)
        self.setStyleSheet(
            f"#message-bar {{ background: {colors.raised}; border: none; border-left: 3px solid {color};"
            f" border-top: 1px solid {colors.border}; }}"
        )
        self._severity.setStyleSheet(f"color: {color}; font-weight: bold;")


def _with_place(place: str, words: str) -> str:
    return f"{place}: {words}" if place else words


def _same(one: Told, other: Told) -> bool:
    return (one.message.id, one.place, type(one.fault)) == (other.message.id, other.place, type(other.fault)) and (
        str(one.message) == str(other.message)
    )
