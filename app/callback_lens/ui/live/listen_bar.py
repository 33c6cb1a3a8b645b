"""The listener at a glance: switched on and off, its address, what has arrived."""

from time import time_ns

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.payload.masking import masked_target
from callback_lens.ui.background import Job
from callback_lens.ui.live.capture_store import CaptureStore, Opened
from callback_lens.ui.live.listening import Kind, Listening, ListenState
from callback_lens.ui.live.tally import Tally, counted_on
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT, mono_font
from callback_lens.ui.widgets.button import Button
from callback_lens.ui.widgets.elided_label import ElidedLabel
from callback_lens.ui.widgets.icon_label import IconLabel
from callback_lens.ui.widgets.label import Label
from callback_lens.ui.widgets.object_menu import copy_text
from callback_lens.ui.widgets.switch import Switch

OFF, ON = range(2)
TICK = 5000  # ms: seconds that count up would catch the eye
LOOKS = {
    Kind.OFF: (Message("Not listening"), "stop", "muted"),
    Kind.STARTING: (Message("Starting…"), "waiting", "muted"),
    Kind.ON: (Message("Listening"), "listen", "success"),
    Kind.STOPPING: (Message("Stopping…"), "waiting", "muted"),
    Kind.FAILED: (Message("Listening failed"), "error", "error"),
}
ELSEWHERE = Message("Listening elsewhere")
BY_OTHERS = Message("started by another window or program (process {pid})")
NOTHING_YET = Message("No callback has arrived yet")


class ListenBar(QWidget):
    """Switch, state, address, counters; what has no place in it at the moment is not shown."""

    def __init__(
        self, session: Session, listening: Listening, captures: CaptureStore, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._listening = listening
        self._captures = captures
        self._tally: Tally | None = None
        self.switch = Switch(session, Message("Listen for callbacks"), (Message("Off"), Message("Listen")), self)
        self._icon = IconLabel(session, "stop", "muted", parent=self)
        self.state = ElidedLabel(session, "", self)
        self.address = ElidedLabel(session, "", self)
        self.counts = ElidedLabel(session, "", self, "muted")
        self.reason = Label(session, "", self, "error", wraps=True, selectable=True)
        self.reach = Button(session, Message("Public address…"), "globe", self, shows_words=False)
        self.settings = Button(session, Message("Listening settings…"), "settings", self, shows_words=False)
        self.copy = Button(session, Message("Copy the address, with its token"), "copy", self, shows_words=False)
        self.again = Button(session, Message("Start again"), "reload", self)
        self._ticks = QTimer(self, interval=TICK)
        self._arrange()
        self._connect()
        self._draw()
        self._show(listening.state)

    def toggle(self) -> None:
        """Switch it on or off."""
        self._choose(OFF if self._listening.state.kind in (Kind.ON, Kind.STARTING) else ON)

    def copy_address(self) -> None:
        """Put the address, with its token, on the clipboard."""
        if address := self._listening.state.address:
            copy_text(address)

    def show_settings(self) -> None:
        """Ask how to listen."""
        from callback_lens.ui.live.listen_settings import ListenSettings

        ListenSettings(self._session, self._listening, self).open()

    def show_reach(self) -> None:
        """Help to an address that the internet can reach."""
        from callback_lens.ui.live.reach_dialog import ReachDialog

        ReachDialog(self._session, self._listening, self).open()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP, GAP, TIGHT)
        column.setSpacing(TIGHT)
        for parts in (
            (self.switch, self._icon, self.state, self.reach, self.settings),
            (self.address, self.copy),
            (self.counts,),
            (self.reason, self.again),
        ):
            line = QHBoxLayout()
            line.setSpacing(TIGHT if len(parts) > 2 else GAP)
            for part in parts:
                line.addWidget(part, 1 if part in (self.state, self.address, self.counts, self.reason) else 0)
            column.addLayout(line)

    def _connect(self) -> None:
        self.switch.chosen.connect(self._choose)
        self.again.clicked.connect(lambda: self._choose(ON))
        self.copy.clicked.connect(self.copy_address)
        self.settings.clicked.connect(self.show_settings)
        self.reach.clicked.connect(self.show_reach)
        self._listening.changed.connect(self._show)
        self._captures.changed.connect(self._count)
        self._ticks.timeout.connect(self._say_counts)
        self._session.theme_changed.connect(self._draw)

    def _choose(self, place: int) -> None:
        state = self._listening.state
        if place == ON:
            self._listening.start()
        elif state.is_own:
            self._listening.stop()
        else:
            from callback_lens.ui.live.closing_dialogs import StopDialog

            dialog = StopDialog(self._session, state, self)
            dialog.accepted.connect(self._listening.stop)
            dialog.open()
        self._press(self._listening.state)

    def _show(self, state: ListenState) -> None:
        words, icon, meaning = LOOKS[state.kind]
        is_elsewhere = state.kind is Kind.ON and not state.is_own
        self.state.change(ELSEWHERE if is_elsewhere else words)
        self.state.recolor(meaning)
        self.state.explain(Message(BY_OTHERS.id, {"pid": state.pid}) if is_elsewhere else words)
        self._icon.change(icon, meaning)
        self._press(state)
        is_on, has_failed = state.kind is Kind.ON, state.kind is Kind.FAILED
        self.address.change(masked_target(state.address or ""))
        self.reason.change(state.message or "")
        for shown_on in (self.address, self.copy, self.counts):
            shown_on.setVisible(is_on)
        for shown_failed in (self.reason, self.again):
            shown_failed.setVisible(has_failed)
        if is_on:
            self._ticks.start()
            self._say_counts()
            self._count()
        else:
            self._ticks.stop()

    def _press(self, state: ListenState) -> None:
        is_on = state.kind in (Kind.ON, Kind.STARTING)
        self.switch.button(ON if is_on else OFF).setChecked(True)
        self.switch.setEnabled(state.kind is not Kind.STOPPING)

    def _count(self) -> None:
        since, before = self._listening.state.since, self._tally

        def count(opened: Opened, _: Job) -> Tally:
            return counted_on(opened.index, since or 0, before)

        if self._listening.state.kind is Kind.ON and since is not None:
            self._captures.run(count, self._take, self, failed=lambda _: None)  # the list says what is wrong

    def _take(self, tally: Tally) -> None:
        self._tally = tally
        self._say_counts()

    def _say_counts(self) -> None:
        tally = self._tally
        if tally is None or tally.since != self._listening.state.since or tally.last_arrived is None:
            self.counts.change(NOTHING_YET)
            return
        values = {
            "count": f"{tally.captures:,}",
            "refused": f"{tally.refused:,}",
            "ago": ago((time_ns() // 1000 - tally.last_arrived) // 1_000_000),
        }
        if tally.refused:
            self.counts.change(Message("captures: {count} · refused: {refused} · last: {ago}", values))
        else:
            del values["refused"]
            self.counts.change(Message("captures: {count} · last: {ago}", values))

    def _draw(self) -> None:
        self.address.setFont(mono_font())


def ago(seconds: int) -> Message:
    """How long something is past, in as few words as that takes."""
    if seconds < TICK // 1000:
        return Message("just now")
    if seconds < 60:
        return Message("{number} s ago", {"number": seconds})
    if seconds < 3600:
        return Message("{number} min ago", {"number": seconds // 60})
    if seconds < 48 * 3600:
        return Message("{number} h ago", {"number": seconds // 3600})
    return Message("{number} days ago", {"number": seconds // 86400})
