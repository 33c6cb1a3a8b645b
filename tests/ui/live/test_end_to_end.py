"""The whole window with the real listener on a fresh profile: callbacks arrive, are found, judged, sent again."""

import os
import signal
import socket
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from callback_lens.capture.lock import running_listener
from callback_lens.resources import sample_names, sample_path
from callback_lens.ui.live.capturing import Capturing
from callback_lens.ui.live.listening import Kind
from callback_lens.ui.main_window import MainWindow
from callback_lens.ui.preferences import Preferences
from callback_lens.ui.session import Session
from listeners import TIMEOUT, listed, listening
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

PATIENCE = TIMEOUT * 1000
SPEECH, FAILED = "SpeechRecognition/api-success.xml", "SpeechRecognition/api-failed.json"
Wait = Callable[[Callable[[], Any]], None]


@pytest.fixture
def wait(qtbot: QtBot) -> Wait:
    return lambda condition: qtbot.waitUntil(condition, timeout=PATIENCE)


@pytest.fixture
def live(window: MainWindow, session: Session, wait: Wait) -> Iterator[MainWindow]:
    """The window, listening."""
    session.preferences.change(listen_options=(("port", "0"),), listen_at_close="stop")
    window.live.bar.toggle()
    wait(lambda: window.capturing.listening.state.kind is Kind.ON)
    yield window
    window.close()
    wait(lambda: running_listener(window.capturing.store.folder) is None)


def post(window: MainWindow, *names: str, target: str = "") -> None:
    for name in names:
        url = f"{window.capturing.listening.state.url}{target}"
        with urllib.request.urlopen(url, sample_path(name).read_bytes(), timeout=TIMEOUT) as answer:  # noqa: S310 - our own
            assert answer.status == 200


def address_of(window: MainWindow) -> tuple[str, int]:
    parts = urlsplit(window.capturing.listening.state.url)
    return parts.hostname, parts.port


def shown(window: MainWindow) -> list[str]:
    """The Tags of the rows, from the top."""
    model = window.entries.model
    return [model.index(row, 1).data() for row in range(model.rowCount())]


def select(window: MainWindow, row: int, wait: Wait) -> int:
    """Show what is in a row; its id."""
    key = window.entries.model.key(row)
    assert isinstance(key, int)
    window.entries.table.setCurrentIndex(window.entries.model.index(row, 0))
    wait(lambda: window.selection.entry is not None and window.selection.entry.name == f"id:{key}")
    return key


def test_every_sample_arrives_and_is_shown(live: MainWindow, wait: Wait) -> None:
    names = sample_names()
    post(live, *names)
    wait(lambda: live.entries.model.rowCount() == len(names) and all(shown(live)) and "…" not in shown(live))
    wait(lambda: all(live.entries.model.capture(key).facts for key in range(1, len(names) + 1)))
    for row, name in enumerate(reversed(names)):
        select(live, row, wait)
        entry = live.selection.entry
        assert entry.given.content == sample_path(name).read_bytes()
        assert entry.summary is not None or entry.error is not None
        wait(lambda: live.overview.is_built)
    assert live.entries.unread == 0


def test_found_pinned_deleted_undone_followed(qtbot: QtBot, live: MainWindow, wait: Wait, tmp_path: Path) -> None:
    post(live, SPEECH, FAILED, SPEECH, "SmartCover/api-success.xml")
    wait(lambda: shown(live) == ["SmartCover", *["SpeechRecognition"] * 3])
    select(live, 0, wait)

    live.entries.focus_filter()
    qtbot.keyClicks(live.entries.filter_box, "tag:SpeechRecognition -is:failed")
    wait(lambda: shown(live) == ["SpeechRecognition"] * 2)
    qtbot.keyClick(live.entries.filter_box, Qt.Key.Key_Escape)
    wait(lambda: len(shown(live)) == 4)

    smart_cover = select(live, 0, wait)
    live.menus.actions["pin"].trigger()
    wait(lambda: listed(tmp_path / "profile", "is:pinned")[0]["id"] == smart_cover)

    deleted = select(live, 1, wait)
    live.menus.actions["delete"].trigger()
    wait(lambda: len(shown(live)) == 3)
    live.menus.actions["undo-delete"].trigger()
    wait(lambda: len(shown(live)) == 4)
    assert deleted in [one["id"] for one in listed(tmp_path / "profile")]

    live.menus.actions["follow"].trigger()
    post(live, "StreamExtract/api-success.xml")
    wait(lambda: live.selection.entry.name == "id:5")
    assert live.entries.table.currentIndex().row() == 0


def test_what_is_read_does_not_move(live: MainWindow, wait: Wait) -> None:
    post(live, *[SPEECH] * 60)
    wait(lambda: len(shown(live)) == 60)
    table = live.entries.table
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum() // 2)
    read = select(live, table.rowAt(40), wait)
    top = table.visualRect(live.entries.model.index_of(read)).top()
    post(live, *[FAILED] * 5)
    wait(lambda: len(shown(live)) == 65)
    assert table.visualRect(live.entries.model.index_of(read)).top() == top
    assert live.entries.model.key(table.currentIndex().row()) == read
    wait(lambda: live.entries.unread == 64)
    assert live.windowTitle().startswith("(64) ")


def test_replayed_to_another_listener(live: MainWindow, wait: Wait, tmp_path: Path) -> None:
    post(live, SPEECH, FAILED)
    wait(lambda: len(shown(live)) == 2)
    with listening(tmp_path / "other", "--quiet") as other:
        live.capturing.sending.replay([2, 1], other.url)
        wait(lambda: len(listed(tmp_path / "other")) == 2)
        digests = {one["sha256"] for one in listed(tmp_path / "profile")}
        assert {one["sha256"] for one in listed(tmp_path / "other")} == digests
        wait(lambda: not live.capturing.sending.is_busy)
    select(live, 0, wait)
    live.show_tab(3)
    wait(lambda: len(live.selection.entry.details.forwards) == 1)


def test_a_newcomers_first_callback(window: MainWindow, session: Session, wait: Wait) -> None:
    session.preferences.change(listen_options=(("port", "0"),), listen_at_close="stop")
    wait(lambda: window.right.currentWidget() is window.first_steps)
    window.live.first_steps.listen.button.click()
    wait(lambda: window.selection.entry is not None and window.selection.entry.name == "id:1")
    assert window.right.currentWidget() is window.parts
    wait(lambda: shown(window) == ["SpeechRecognition"])


def test_refused_ones_are_rows(live: MainWindow, wait: Wait) -> None:
    with socket.create_connection(address_of(live), timeout=TIMEOUT) as sender:
        sender.sendall(b"POST /no-length HTTP/1.1\r\n\r\n")
        assert sender.recv(4096).startswith(b"HTTP/1.1 411 ")
    wait(lambda: live.entries.model.rowCount() == 1)
    select(live, 0, wait)
    assert live.selection.entry.error is not None
    assert live.selection.entry.capture.refused is not None


def test_a_listener_that_is_killed_is_told(live: MainWindow, wait: Wait) -> None:
    os.kill(live.capturing.listening.state.pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    wait(lambda: live.capturing.listening.state.kind is Kind.FAILED)
    assert live.live.bar.again.isVisible()


def test_closing_asks_what_becomes_of_the_listener(
    qtbot: QtBot, live: MainWindow, session: Session, wait: Wait, tmp_path: Path
) -> None:
    session.preferences.change(listen_at_close="ask")
    live.close()
    assert live.isVisible()
    dialog = next(child for child in live.findChildren(QDialog) if child.isVisible())
    dialog.keep.click()
    wait(lambda: not live.isVisible())
    again = Capturing(session, (), tmp_path / "profile")
    try:
        wait(lambda: again.listening.state.kind is Kind.ON)
        assert again.listening.state.url == live.capturing.listening.state.url
        again.listening.stop()
        wait(lambda: again.listening.state.kind is Kind.OFF)
    finally:
        again.close()
    assert Preferences(tmp_path / "profile").settings.listen_at_close == "ask"
