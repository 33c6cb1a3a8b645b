"""The bar with the switch: what it does, what it says, and that it fits."""

from collections.abc import Callable
from dataclasses import replace
from time import time_ns

import pytest
from callback_lens.errors import Message
from callback_lens.export.language import language_named
from callback_lens.ui.live.capture_store import CaptureStore
from callback_lens.ui.live.closing_dialogs import StopDialog
from callback_lens.ui.live.listen_bar import ListenBar, ago
from callback_lens.ui.live.listening import Kind, Listening, ListenState
from callback_lens.ui.session import Session
from listeners import TIMEOUT, listening
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

PATIENCE = TIMEOUT * 1000
Post = Callable[..., int]
WaitFor = Callable[[Kind], None]


@pytest.fixture
def bar(qtbot: QtBot, session: Session, listener: Listening, captures: CaptureStore) -> ListenBar:
    bar = ListenBar(session, listener, captures)
    qtbot.addWidget(bar)
    bar.resize(335, 80)
    with qtbot.waitExposed(bar):
        bar.show()
    return bar


def press(qtbot: QtBot, bar: ListenBar, place: int) -> None:
    qtbot.mouseClick(bar.switch.button(place), Qt.MouseButton.LeftButton)


def test_switched_on_and_off(
    qtbot: QtBot, bar: ListenBar, listener: Listening, session: Session, wait_for: WaitFor, post: Post
) -> None:
    session.preferences.change(listen_options=(("port", "0"), ("token", "s3cret-0123456789")))
    assert bar.state.text() == "Not listening"
    assert not bar.address.isVisible()
    press(qtbot, bar, 1)
    assert bar.state.text() == "Starting…"
    wait_for(Kind.ON)
    url = listener.state.url
    assert (bar.state.text(), bar.address.text()) == ("Listening", f"{url}?token=***")
    assert bar.counts.text() == "No callback has arrived yet"
    qtbot.mouseClick(bar.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == f"{url}?token=s3cret-0123456789"
    assert [post(url, "?token=s3cret-0123456789"), post(url), post(url)] == [200, 404, 404]
    qtbot.waitUntil(lambda: bar.counts.text().startswith("captures: 3 · refused: 2 · last: "), timeout=PATIENCE)
    press(qtbot, bar, 0)
    wait_for(Kind.OFF)
    assert bar.state.text() == "Not listening"
    assert not bar.counts.isVisible()
    press(qtbot, bar, 1)
    wait_for(Kind.ON)
    assert bar.counts.text() == "No callback has arrived yet"  # of this listening


def test_one_of_another_program_is_stopped_only_when_that_is_confirmed(
    qtbot: QtBot, bar: ListenBar, listener: Listening, wait_for: WaitFor, post: Post
) -> None:
    with listening(listener.folder) as other:
        assert post(other.url) == 200
        wait_for(Kind.ON)
        assert bar.state.text() == "Listening elsewhere"
        assert str(other.process.pid) in bar.state.toolTip()
        qtbot.waitUntil(lambda: bar.counts.text().startswith("captures: 1 · last: "), timeout=PATIENCE)
        press(qtbot, bar, 0)
        bar.findChild(StopDialog).reject()
        assert bar.switch.button(1).isChecked()
        assert listener.state.kind is Kind.ON
        press(qtbot, bar, 0)
        [dialog] = [dialog for dialog in bar.findChildren(StopDialog) if dialog.isVisible()]
        dialog.accept()
        wait_for(Kind.OFF)


def test_a_failure_says_why_and_can_be_tried_again(
    qtbot: QtBot, bar: ListenBar, listener: Listening, session: Session, wait_for: WaitFor
) -> None:
    session.preferences.change(listen_options=(("host", "192.0.2.1"), ("port", "0")))
    press(qtbot, bar, 1)
    wait_for(Kind.FAILED)
    assert bar.state.text() == "Listening failed"
    assert bar.reason.text() == "192.0.2.1 is not an address of this computer"
    assert bar.switch.button(0).isChecked()
    session.preferences.change(listen_options=(("port", "0"),))
    qtbot.mouseClick(bar.again, Qt.MouseButton.LeftButton)
    wait_for(Kind.ON)
    assert not bar.reason.isVisible()


STATES = [
    ListenState(kind, "http://127.0.0.1:8787/", 4711, is_own, Message("a reason that has some words"), 1)
    for kind in Kind
    for is_own in (True, False)
]


@pytest.mark.parametrize("width", [335, 700])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: f"{state.kind.name}-{state.is_own}")
def test_it_fits(
    qtbot: QtBot,
    session: Session,
    listener: Listening,
    captures: CaptureStore,
    state: ListenState,
    language: str,
    width: int,
) -> None:
    session.change_language(language_named(language))
    listener.let_go()  # it looks no more
    listener.state = replace(state, since=time_ns() // 1000)
    bar = ListenBar(session, listener, captures)
    qtbot.addWidget(bar)
    bar.resize(width, bar.sizeHint().height())
    with qtbot.waitExposed(bar):
        bar.show()
    parts = [part for part in bar.findChildren(QWidget) if part.isVisible()]
    assert all(part.parentWidget().rect().contains(part.geometry()) for part in parts)
    assert bar.minimumSizeHint().width() <= 335
    assert all(part.accessibleName() for part in (bar.switch, bar.reach, bar.settings, bar.copy, bar.state))
    listener.state = ListenState()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3, "just now"),
        (4, "just now"),
        (5, "5 s ago"),
        (59, "59 s ago"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (3600, "1 h ago"),
        (2 * 86400, "2 days ago"),
    ],
)
def test_how_long_ago(seconds: int, words: str) -> None:
    assert str(ago(seconds)) == words
