"""Who does not look at the window is told of what arrives, as often and as much as is asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from callback_lens.errors import Message
from callback_lens.store.model import Capture, Facts
from callback_lens.ui.live import notices as module
from callback_lens.ui.live.capture_arrivals import Arrived
from callback_lens.ui.live.notices import Notices, counted
from callback_lens.ui.live.tray import Tray, system_tray
from callback_lens.ui.session import Session
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

Reason = QSystemTrayIcon.ActivationReason


@dataclass(frozen=True)
class Notified:
    """One notification."""

    title: str
    text: str
    is_warning: bool


class RecordingTray(Tray):
    """A tray whose icon nobody sees."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session, window)
        self.notified: list[Notified] = []
        self.is_shown = False
        self.explained = ""

    def show(self, is_shown: bool) -> None:
        self.is_shown = is_shown

    def explain(self, words: str) -> None:
        self.explained = words

    def notify(self, title: str, text: str, is_warning: bool) -> None:
        self.notified.append(Notified(title, text, is_warning))


@dataclass
class Scene:
    """A window, what tells of it, and the tray it tells in."""

    window: QWidget
    notices: Notices
    tray: RecordingTray

    def arrive(self, *captures: Capture, count: int | None = None) -> None:
        self.notices.take(Arrived(captures, count or len(captures)))


@pytest.fixture
def start(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Scene]]:
    """Notices of a window that is not on the screen; they wait ``gathered`` ms for more, then are quiet for long."""
    made: list[Notices] = []

    def start(notifies: str = "failed", gathered: int = 0, quiet: int = 0) -> Scene:
        monkeypatch.setattr(module, "GATHERED", gathered)
        monkeypatch.setattr(module, "QUIET", quiet)
        session.preferences.change(notifies=notifies)
        window, trays = QWidget(), []
        qtbot.addWidget(window)

        def make_tray(session: Session, window: QWidget) -> Tray:
            trays.append(RecordingTray(session, window))
            return trays[0]

        made.append(Notices(session, window, window, make_tray))
        return Scene(window, made[-1], trays[0])

    yield start
    for notices in made:
        notices.close()


def capture(number: int, state: str | None = "Success", **values: object) -> Capture:
    """A capture of a job with this state; of one that is not understood yet for None."""
    facts = Facts(tag="SmartCover", job_id=f"j{number}", state=state, is_understood=True) if state else None
    wire = {"method": "POST", "target": b"/cb?token=hush", "is_complete": True, "refused": None, "facts": facts}
    known = dict.fromkeys(("arrived", "committed", "answered", "size"), 0) | {"http_version": "1.1", "peer": "a:1"}
    more = {"sha256": "", "status": 200, "is_pinned": False, "note": None}
    return Capture(id=number, **{**known, **more, **wire, **values})  # type: ignore[arg-type]


def test_unread_captures_are_counted_in_the_title() -> None:
    assert counted("Callback Lens", 0) == "Callback Lens"
    assert counted("a – Callback Lens", 3) == "(3) a – Callback Lens"


def test_a_failed_job_is_named(qtbot: QtBot, start: Callable[..., Scene]) -> None:
    scene = start()
    scene.arrive(capture(7, "Failed"))
    qtbot.waitUntil(lambda: bool(scene.tray.notified))
    assert scene.tray.notified == [Notified("A job failed", "SmartCover · j7 · Failed", is_warning=True)]


def test_what_did_not_fail_is_told_only_where_all_is(qtbot: QtBot, start: Callable[..., Scene]) -> None:
    scene = start("failed")
    scene.arrive(capture(1), capture(2, None))
    scene.arrive(capture(3, "Failed"))
    qtbot.waitUntil(lambda: bool(scene.tray.notified))
    assert scene.tray.notified == [Notified("3 callbacks, 1 failed", "SmartCover · j3 · Failed", is_warning=True)]


def test_all_is_told_on_request(qtbot: QtBot, start: Callable[..., Scene]) -> None:
    scene = start("all")
    scene.arrive(capture(1))
    qtbot.waitUntil(lambda: bool(scene.tray.notified))
    told = scene.tray.notified.pop()
    assert told == Notified("A callback arrived", "SmartCover · j1 · Success", is_warning=False)
    scene.arrive(capture(3), capture(2, None))
    qtbot.waitUntil(lambda: bool(scene.tray.notified))
    told = scene.tray.notified.pop()
    assert told == Notified("2 callbacks", "SmartCover · j3 · Success\nPOST /cb?token=*** · 200", is_warning=False)


def test_many_arrivals_are_one_notification(qtbot: QtBot, start: Callable[..., Scene]) -> None:
    scene = start("all")
    for number in range(1, 13):
        scene.arrive(capture(number, "Failed" if number % 6 == 0 else "Success"))
    qtbot.waitUntil(lambda: bool(scene.tray.notified))
    text = "SmartCover · j12 · Failed\nSmartCover · j6 · Failed"
    assert scene.tray.notified == [Notified("12 callbacks, 2 failed", text, is_warning=True)]


def test_of_a_burst_the_newest_are_named(qtbot: QtBot, start: Callable[..., Scene]) -> None:
    scene = start("all")
    scene.arrive(*(capture(number, "Failed") for number in range(100, 0, -1)), count=900)
    qtbot.waitUntil(lambda: bool(scene.tray.notified))
    assert scene.tray.notified[0].title == "900 callbacks, 100 failed"
    assert [line.split(" · ")[1] for line in scene.tray.notified[0].text.splitlines()] == ["j100", "j99", "j98"]


def test_after_a_notification_there_is_quiet(qtbot: QtBot, start: Callable[..., Scene]) -> None:
    scene = start(quiet=100)
    scene.arrive(capture(1, "Failed"))
    qtbot.waitUntil(lambda: len(scene.tray.notified) == 1)
    for number in range(2, 6):
        scene.arrive(capture(number, "Failed"))
    assert len(scene.tray.notified) == 1
    qtbot.waitUntil(lambda: len(scene.tray.notified) == 2)
    assert scene.tray.notified[1].title == "4 callbacks, 4 failed"


def test_who_looks_is_not_told(qtbot: QtBot, start: Callable[..., Scene]) -> None:
    scene = start("all")
    with qtbot.waitActive(scene.window):
        scene.window.show()
    scene.arrive(capture(1))
    scene.window.hide()
    scene.arrive(capture(2))
    qtbot.waitUntil(lambda: bool(scene.tray.notified))
    assert [told.text for told in scene.tray.notified] == ["SmartCover · j2 · Success"]


def test_who_comes_back_in_time_is_not_told(
    qtbot: QtBot, start: Callable[..., Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = start("all")
    scene.arrive(capture(1))
    with monkeypatch.context() as looking:
        looking.setattr(module.QApplication, "activeWindow", lambda: scene.window)
        with qtbot.waitCallback() as later:
            QTimer.singleShot(1, later)  # after the one that tells
    scene.arrive(capture(2))
    qtbot.waitUntil(lambda: bool(scene.tray.notified))
    assert [told.text for told in scene.tray.notified] == ["SmartCover · j2 · Success"]


def test_nothing_is_told_or_shown_when_it_is_off(qtbot: QtBot, start: Callable[..., Scene], session: Session) -> None:
    scene = start("off")
    scene.arrive(capture(1, "Failed"))
    assert not scene.tray.is_shown
    session.preferences.change(notifies="failed")
    assert scene.tray.is_shown
    scene.arrive(capture(2, "Failed"))
    qtbot.waitUntil(lambda: bool(scene.tray.notified))
    assert [told.text for told in scene.tray.notified] == ["SmartCover · j2 · Failed"]
    scene.arrive(capture(3, "Failed"))
    session.preferences.change(notifies="off")
    assert not scene.tray.is_shown


def test_a_payload_is_plain_text_and_short(qtbot: QtBot, start: Callable[..., Scene]) -> None:
    scene = start("all")
    facts = Facts(tag='<b>"x"</b>&amp;\n\x1b', job_id="j" * 10_000, state="\ud800?", is_understood=True)
    refused = Message("the target has {what}", {"what": "<i>"})
    scene.arrive(capture(2, facts=facts), capture(1, None, refused=refused, target=b"/\xff<a>\r\n"))
    qtbot.waitUntil(lambda: bool(scene.tray.notified))
    text = scene.tray.notified[0].text
    assert len(text.splitlines()) == 2
    assert len(text) < 300
    assert not set("<>&\x1b\ud800") & set(text)


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_click_brings_the_window_and_the_capture(qtbot: QtBot, start: Callable[..., Scene]) -> None:
    scene = start("all")
    scene.arrive(capture(9), capture(8, "Failed"), capture(7))
    qtbot.waitUntil(lambda: bool(scene.tray.notified))
    scene.window.showMinimized()
    with qtbot.waitSignal(scene.notices.capture_wanted) as wanted:
        scene.tray.clicked.emit()
    assert wanted.args == [8]
    assert scene.window.isVisible()
    assert not scene.window.isMinimized()


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_the_menu_shows_the_window_and_quits(qtbot: QtBot, start: Callable[..., Scene], session: Session) -> None:
    scene = start()
    show, leave = scene.tray.menu.actions()
    assert (show.text(), leave.text()) == ("&Show the window", "&Quit")
    show.trigger()
    assert scene.window.isVisible()
    leave.trigger()
    assert not scene.window.isVisible()


def test_unread_captures_are_counted_on_the_icon_until_the_end(start: Callable[..., Scene]) -> None:
    scene = start()
    assert (scene.tray.is_shown, scene.tray.explained) == (True, "Callback Lens")
    scene.notices.show_unread(3)
    assert scene.tray.explained == "(3) Callback Lens"
    scene.arrive(capture(1, "Failed"))
    scene.notices.close()
    assert (scene.tray.is_shown, scene.tray.explained, scene.tray.notified) == (False, "Callback Lens", [])


def test_without_a_tray_nothing_is_missed(qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GATHERED", 0)
    window = QWidget()
    qtbot.addWidget(window)
    assert system_tray(session, window) is None
    notices = Notices(session, window)
    alerted: list[QWidget] = []
    monkeypatch.setattr(module.QApplication, "alert", alerted.append)
    notices.take(Arrived((capture(1, "Failed"),), 1))
    qtbot.waitUntil(lambda: alerted == [window])
    notices.show_unread(1)
    notices.close()


@pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface")
def test_the_icon_of_the_system(qtbot: QtBot, session: Session) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    tray = Tray(session, window)
    icon = tray.findChild(QSystemTrayIcon)
    assert isinstance(icon, QSystemTrayIcon)
    tray.show(True)
    tray.explain("(2) Callback Lens")
    tray.notify("A job failed", "SmartCover", is_warning=True)
    assert (icon.isVisible(), icon.toolTip(), icon.icon().isNull()) == (True, "(2) Callback Lens", False)
    with qtbot.assertNotEmitted(tray.show_wanted):
        icon.activated.emit(Reason.Context)
    with qtbot.waitSignal(tray.show_wanted):
        icon.activated.emit(Reason.Trigger)
    with qtbot.waitSignal(tray.clicked):
        icon.messageClicked.emit()
    tray.show(False)
    assert not icon.isVisible()
