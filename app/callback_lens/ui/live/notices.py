"""What tells of captures while nobody looks at the window: badge, tray, notifications."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from callback_lens.errors import Message
from callback_lens.ui.live.tray import Tray, system_tray
from callback_lens.ui.models.plain import shown
from callback_lens.ui.preferences import Settings
from callback_lens.ui.session import Session
from callback_lens.ui.states import is_failed, state_words

if TYPE_CHECKING:  # an empty window starts faster without
    from callback_lens.store.model import Capture
    from callback_lens.ui.live.capture_arrivals import Arrived

TITLE = "Callback Lens"
GATHERED = 1000  # ms from the first arrival on: what comes close together is told together
QUIET = 5000  # ms between two notifications
NAMED = 3  # captures in one
LONGEST = 60  # characters of a word from a payload
NO_MARKUP = str.maketrans("<>&", "‹›+")  # notifications may understand some of HTML, and no escapes of it


def counted(title: str, unread: int) -> str:
    """The ``title`` of the window with how many captures nobody has looked at before it."""
    return f"({unread}) {title}" if unread else title


class Notices(QObject):
    """Notifies, as the settings say, of what arrives while no window of the program is active.

    ``capture_wanted`` carries the id of the capture whose notification was clicked.
    """

    capture_wanted = Signal(object)

    def __init__(
        self,
        session: Session,
        window: QWidget,
        parent: QObject | None = None,
        make_tray: Callable[[Session, QWidget], Tray | None] = system_tray,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._window = window
        self._captures: list[Capture] = []
        self._count = 0
        self._told = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._tell)
        self._tray = make_tray(session, window)
        if self._tray is not None:
            self._tray.clicked.connect(self._open_told)
            self._tray.show_wanted.connect(self.show_window)
            self._tray.quit_wanted.connect(self._quit)
        session.preferences.changed.connect(self._follow)
        self._follow(session.preferences.settings)
        self.show_unread(0)

    def take(self, arrived: "Arrived") -> None:
        """Captures arrived: tell of them soon, with those that come meanwhile, unless somebody looks.

        Failed jobs are found among those that ``arrived`` has: in a burst, the newest.
        """
        if self._is_wanted:
            self._captures = [*arrived.captures, *self._captures]
            self._count += arrived.count
            if not self._timer.isActive():
                self._timer.start(GATHERED)

    def show_unread(self, count: int) -> None:
        """Show on the program's icons how many captures nobody has looked at."""
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.setBadgeNumber(count)
        if self._tray is not None:
            self._tray.explain(counted(TITLE, count))

    def show_window(self) -> None:
        """Bring the window before all others."""
        if self._window.isMinimized():
            self._window.showNormal()
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def close(self) -> None:
        """Leave nothing behind: the window is closed."""
        self._timer.stop()
        self.show_unread(0)
        if self._tray is not None:
            self._tray.show(False)

    @property
    def _is_wanted(self) -> bool:
        return self._session.preferences.settings.notifies != "off" and QApplication.activeWindow() is None

    def _follow(self, settings: Settings) -> None:
        if self._tray is not None:
            self._tray.show(settings.notifies != "off")

    def _tell(self) -> None:
        """Tell of what came since the last time; in the quiet after that nothing more is told."""
        captures, count = self._captures, self._count
        self._captures, self._count = [], 0
        failed = [capture for capture in captures if capture.facts and is_failed(capture.facts.state)]
        tells_all = self._session.preferences.settings.notifies == "all"
        named = failed or captures if tells_all else failed
        if named and self._is_wanted:
            self._timer.start(QUIET)
            self._told = named[0].id
            QApplication.alert(self._window)
            self._notify(_title(count, len(failed)), named[:NAMED], is_warning=bool(failed))

    def _notify(self, title: Message, named: "list[Capture]", is_warning: bool) -> None:
        if self._tray is not None:
            self._tray.notify(self._session.say(title), "\n".join(map(self._line, named)), is_warning)

    def _line(self, capture: "Capture") -> str:
        """Tag, job id and state; of what is no job's callback the request and what it was answered."""
        from callback_lens.capture.describing import shown_target

        facts = capture.facts
        job = (facts.tag or facts.event, facts.job_id, self._state(facts.state)) if facts else ()
        request = (f"{capture.method} {shown_target(capture, self._session.language)}", str(capture.status or ""))
        words = [word for word in job if word] or [word for word in request if word]
        return " · ".join(shown(word, LONGEST) for word in words).translate(NO_MARKUP)

    def _state(self, state: str | None) -> str:
        words = state_words(state or "")
        return self._session.say(words) if isinstance(words, Message) else words

    def _open_told(self) -> None:
        self.show_window()
        self.capture_wanted.emit(self._told)

    def _quit(self) -> None:
        self.show_window()  # it may have something to ask
        self._window.close()


def _title(count: int, failed: int) -> Message:
    if count == 1:
        return Message("A job failed") if failed else Message("A callback arrived")
    if failed:
        return Message("{count} callbacks, {failed} failed", {"count": count, "failed": failed})
    return Message("{count} callbacks", {"count": count})
