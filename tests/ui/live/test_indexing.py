"""Captures that nobody has indexed: a listener that was killed, and a window without one."""

from callback_lens.ui.live.capturing import Capturing
from callback_lens.ui.main_window import MainWindow
from listeners import TIMEOUT
from pytestqt.qtbot import QtBot
from stored_captures import sample, store_captures, wire


def test_they_are_understood_all_the_same(qtbot: QtBot, window: MainWindow, capturing: Capturing) -> None:
    store_captures(capturing.store.folder, [wire(sample("SmartCover/api-success.xml"))] * 3)
    model = window.entries.model
    qtbot.waitUntil(lambda: model.rowCount() == 3, timeout=TIMEOUT * 1000)
    tags = [model.index(row, 1) for row in range(3)]
    qtbot.waitUntil(lambda: [tag.data() for tag in tags] == ["SmartCover"] * 3, timeout=TIMEOUT * 1000)
