"""The listener of the profile as the window knows it: started, found running, stopped, left running."""

import os
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING
from urllib.parse import quote

from PySide6.QtCore import QObject, QTimer, Signal

from callback_lens.capture.lock import FILE, running_listener
from callback_lens.errors import Message, UserError
from callback_lens.payload.findings import Severity
from callback_lens.ui.background import Background
from callback_lens.ui.session import Session

if TYPE_CHECKING:  # an empty window starts faster without
    from callback_lens.ui.live.listener_process import ListenerProcess

LOOK_EVERY = 1000  # ms
SAID = Message("The listener: {words}")
ENDED = Message("The listener ended unexpectedly; what it has answered is kept")


class Kind(Enum):
    """What a listener does."""

    OFF = auto()
    STARTING = auto()
    ON = auto()
    STOPPING = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class ListenState:
    """Whether there is a listener, and where; ``message`` is why it failed.

    One that is not ``is_own`` was started by another program, or by a window that is gone. ``since`` is when it began
    to take requests, in microseconds since 1970. ``token`` is what it asks its senders for, if that is known.
    """

    kind: Kind = Kind.OFF
    url: str | None = None
    pid: int | None = None
    is_own: bool = True
    message: Message | None = None
    since: int | None = None
    token: str = field(default="", repr=False)

    @property
    def address(self) -> str | None:
        """Where callbacks are to be sent, with the token; None as long as nobody listens."""
        return with_token(self.url, self.token) if self.url else None


class Listening(QObject):
    """Runs ``[*command, "listen", …]``, a listener for the captures in ``folder``; ``changed`` carries each new state.

    Its end has to be told: ``let_go``.
    """

    changed = Signal(object)

    def __init__(self, session: Session, command: Sequence[str], folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = ListenState()
        self._session = session
        self._command = tuple(command)
        self.folder = folder
        self._process: ListenerProcess | None = None
        self._starts_again = False
        # A lane of its own: reading a large file is no reason to start later.
        self._lane = Background(session.messages.report, self, workers=1)
        self._looks = QTimer(self, interval=LOOK_EVERY)
        self._looks.timeout.connect(self._look)
        self._looks.start()
        self._look()

    def start(self, port: int | None = None) -> None:
        """Start a listener as the preferences have it, on ``port`` if one is given, unless one runs.

        While one is stopping, it starts with the preferences once that has ended.
        """
        if self.state.kind is Kind.STOPPING:
            self._starts_again = True
        if self.state.kind not in (Kind.OFF, Kind.FAILED):
            return
        self._lane.cancel(self)
        from callback_lens.ui.live.listener_process import ListenerProcess

        given = dict(self._session.preferences.settings.listen_options)
        if port is not None:
            given["port"] = str(port)
        self._process = process = ListenerProcess([*self._command, *self._arguments(given)], self)
        process.listens.connect(self._begin)
        process.warned.connect(self._warn)
        process.ended.connect(self._end)
        self._change(ListenState(Kind.STARTING, token=given.get("token", "")))
        process.start()

    def stop(self) -> None:
        """Ask the listener to finish what is in flight and to end; one that is not our own by a signal.

        On Windows, which has no such signal, that ends it at once: what it has answered is kept all the same.
        """
        self._starts_again = False
        if self.state.kind not in (Kind.ON, Kind.STARTING):
            return
        if self._process is not None:
            self._process.ask_to_stop()
        elif self.state.pid:
            try:
                os.kill(self.state.pid, signal.SIGTERM)
            except OSError as error:
                values = {"pid": self.state.pid, "reason": error.strerror}
                message = Message("process {pid} cannot be stopped: {reason}", values)
                self._session.messages.tell(message, Severity.ERROR)
                return
        self._change(replace(self.state, kind=Kind.STOPPING))

    def restart(self) -> None:
        """Stop, then start with the preferences of that time."""
        self.stop()
        self._starts_again = self.state.kind is Kind.STOPPING

    def let_go(self) -> None:
        """Leave the listener running, and look no more: the window closes."""
        self._looks.stop()
        self._lane.close()
        if self._process is not None:
            self._process.let_go()
            self._process = None
            self._change(replace(self.state, is_own=False))

    def _arguments(self, given: Mapping[str, str]) -> list[str]:
        from callback_lens.capture.options import command_line

        return ["--lang", self._session.language.name, "listen", "--json", "--quiet", *command_line(given)]

    def _begin(self, url: str) -> None:
        if self.state.kind is Kind.STOPPING:  # it was asked to stop before it could listen
            return
        pid = self._process.processId() if self._process else None
        self._change(replace(self.state, kind=Kind.ON, url=url, pid=pid, since=time_ns() // 1000))

    def _warn(self, words: str) -> None:
        self._session.messages.tell(Message(SAID.id, {"words": words}), Severity.WARNING)

    def _end(self, last_words: str) -> None:
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
        if self.state.kind is Kind.STOPPING:
            self._stopped()
        else:
            self._fail(Message("{problem}", {"problem": last_words}) if last_words else ENDED)

    def _look(self) -> None:
        """See who runs; our own says so itself."""
        if self._process is None:
            self._lane.run(lambda _: found_running(self.folder), self._see, self)

    def _see(self, found: ListenState | None) -> None:
        if self._process is not None:
            return
        is_stopping = self.state.kind is Kind.STOPPING
        if found is not None and not is_stopping:
            self._change(found)
        elif found is None and is_stopping:
            self._stopped()
        elif found is None and self.state.kind in (Kind.ON, Kind.STARTING):
            self._fail(ENDED)

    def _stopped(self) -> None:
        if self._starts_again:
            self._starts_again = False
            self.state = ListenState()  # nobody has to hear of the moment between
            self.start()
        else:
            self._change(ListenState())

    def _fail(self, why: Message) -> None:
        self._change(ListenState(Kind.FAILED, message=why))
        self._session.messages.tell(why, Severity.ERROR)

    def _change(self, state: ListenState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)


def found_running(folder: Path) -> ListenState | None:
    """The listener that runs for the captures in ``folder``, whoever started it; it may take a while to find out."""
    try:
        running = running_listener(folder)
        since = (folder / FILE).stat().st_mtime_ns // 1000 if running else None
    except (UserError, OSError):
        return None
    if running is None:
        return None
    return ListenState(Kind.ON if running.url else Kind.STARTING, running.url, running.pid, is_own=False, since=since)


def with_token(url: str, token: str) -> str:
    """``url`` with ``token``, if there is one, as the listener looks for it."""
    if not token:
        return url
    return f"{url}{'&' if '?' in url else '?'}token={quote(token, safe='')}"
