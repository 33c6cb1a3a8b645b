"""The public address: commands for tunnels, and a callback sent there that has to arrive."""

import socket
from collections.abc import Callable

import pytest
from callback_lens.store.opening import open_store
from callback_lens.ui.live.listening import Kind, Listening
from callback_lens.ui.live.reach_dialog import ReachDialog
from callback_lens.ui.session import Session
from listeners import TIMEOUT, listening
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

PATIENCE = TIMEOUT * 1000
WaitFor = Callable[[Kind], None]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What the dialog belongs to, which deletes itself when it is closed."""
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def dialog(qtbot: QtBot, session: Session, listener: Listening, wait_for: WaitFor, window: QWidget) -> ReachDialog:
    session.preferences.change(listen_options=(("port", "0"), ("token", "abc"), ("answer", "500,200")))
    listener.start()
    wait_for(Kind.ON)
    dialog = ReachDialog(session, listener, window)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def check(qtbot: QtBot, dialog: ReachDialog, url: str) -> str:
    """What is said of the address ``url``."""
    dialog.url.setText(url)
    qtbot.mouseClick(dialog.check, Qt.MouseButton.LeftButton)
    assert not dialog.check.isEnabled()
    qtbot.waitUntil(dialog.check.isEnabled, timeout=PATIENCE)
    return dialog.verdict.text()


def test_a_callback_that_arrives(qtbot: QtBot, session: Session, dialog: ReachDialog, listener: Listening) -> None:
    said = check(qtbot, dialog, f"{listener.state.url}callback")
    assert said.startswith(
        "It arrived, and was answered 200 after "
    )  # as CI's console is, whatever is answered to jobs
    with open_store(listener.folder) as store:
        capture = store.get(1)
    assert capture is not None
    assert capture.target.startswith(b"/callback?token=abc&callback-lens-check=")
    assert capture.note == "check of the public address"
    assert session.preferences.settings.listen_public_address == f"{listener.state.url}callback"
    assert dialog.address.text() == f"{listener.state.url}callback?token=***"
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == f"{listener.state.url}callback?token=abc"


def test_a_wrong_token(qtbot: QtBot, dialog: ReachDialog, listener: Listening) -> None:
    said = check(qtbot, dialog, f"{listener.state.url}?token=wrong")
    assert said.startswith("It arrived, but was refused: ")
    assert "does the address have the token" in said


def test_somebody_else_answers(qtbot: QtBot, dialog: ReachDialog, tmp_path_factory: pytest.TempPathFactory) -> None:
    with listening(tmp_path_factory.mktemp("other")) as other:
        assert check(qtbot, dialog, other.url).startswith("Somebody else answered 200: nothing arrived here")


def test_nobody_answers(qtbot: QtBot, dialog: ReachDialog) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        said = check(qtbot, dialog, f"http://127.0.0.1:{closed.getsockname()[1]}/")
    assert "cannot be reached" in said


def test_no_address(qtbot: QtBot, dialog: ReachDialog) -> None:
    assert "is no address to send to" in check(qtbot, dialog, "somewhere")


def test_nothing_is_said_of_another_address(qtbot: QtBot, dialog: ReachDialog, listener: Listening) -> None:
    check(qtbot, dialog, listener.state.url or "")
    dialog.url.setText("http://127.0.0.1:1/")
    assert dialog.verdict.text() == "Paste the address that the tunnel says"


def test_closing_waits_for_no_answer(qtbot: QtBot, dialog: ReachDialog, session: Session) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        dialog.url.setText(f"http://127.0.0.1:{silent.getsockname()[1]}/")
        dialog.check.click()
        dialog.close()
        qtbot.waitUntil(lambda: session.background.is_idle, timeout=PATIENCE)


def test_commands_lead_to_the_listener(qtbot: QtBot, dialog: ReachDialog, listener: Listening) -> None:
    endpoint = (listener.state.url or "").removeprefix("http://").rstrip("/")
    dialog.copies[0].click()
    assert QGuiApplication.clipboard().text() == f"cloudflared tunnel --url http://{endpoint}"
    dialog.copies[3].click()
    port = endpoint.rpartition(":")[2]
    assert QGuiApplication.clipboard().text() == f"ssh -N -R 0.0.0.0:{port}:{endpoint} user@server.example.com"


def test_without_a_listener_there_is_nothing_to_check(qtbot: QtBot, session: Session, listener: Listening) -> None:
    dialog = ReachDialog(session, listener)
    qtbot.addWidget(dialog)
    dialog.url.setText("https://example.com/")
    assert not dialog.check.isEnabled()
    assert "Nobody is listening" in dialog.verdict.text()
