"""What becomes of the listener when the window closes."""

from collections.abc import Callable

import pytest
from callback_lens.capture.lock import running_listener
from callback_lens.ui.live.closing import may_close
from callback_lens.ui.live.closing_dialogs import CloseDialog
from callback_lens.ui.live.listening import Kind, Listening
from callback_lens.ui.session import Session
from listeners import TIMEOUT
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

PATIENCE = TIMEOUT * 1000
WaitFor = Callable[[Kind], None]


class Window(QWidget):
    """Closes as the window does."""

    def __init__(self, session: Session, listener: Listening) -> None:
        super().__init__()
        self._parts = session, listener

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        event.setAccepted(may_close(*self._parts, self.close, self))


@pytest.fixture
def window(qtbot: QtBot, session: Session, listener: Listening) -> Window:
    window = Window(session, listener)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def asked(window: Window, listener: Listening, wait_for: WaitFor) -> CloseDialog:
    """The question, as it comes while callbacks are captured."""
    listener.start()
    wait_for(Kind.ON)
    assert not window.close()
    dialog = window.findChild(CloseDialog)
    assert isinstance(dialog, CloseDialog)
    return dialog


def test_a_window_that_captures_nothing_closes(window: Window) -> None:
    assert window.close()


def test_stop(qtbot: QtBot, window: Window, asked: CloseDialog, listener: Listening, session: Session) -> None:
    asked.stop.click()
    assert not window.isVisible()
    qtbot.waitUntil(lambda: running_listener(listener.folder) is None, timeout=PATIENCE)
    assert session.preferences.settings.listen_at_close == "ask"


def test_keep(
    qtbot: QtBot, window: Window, asked: CloseDialog, listener: Listening, session: Session, post: Callable[..., int]
) -> None:
    asked.is_remembered.click()
    asked.keep.click()
    assert not window.isVisible()
    assert post(listener.state.url) == 200
    assert session.preferences.settings.listen_at_close == "keep"
    listener.stop()  # by a signal: it is not its window's any more


def test_cancel(window: Window, asked: CloseDialog, listener: Listening) -> None:
    asked.reject()
    assert window.isVisible()
    assert listener.state.kind is Kind.ON


@pytest.mark.parametrize("choice", ["stop", "keep"])
def test_what_is_remembered_is_not_asked(
    window: Window, listener: Listening, session: Session, wait_for: WaitFor, choice: str
) -> None:
    session.preferences.change(listen_at_close=choice)
    listener.start()
    wait_for(Kind.ON)
    assert window.close()
    assert window.findChild(CloseDialog) is None
    assert (listener.state.kind is Kind.ON) == (choice == "keep")
    listener.stop()
