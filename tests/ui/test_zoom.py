"""Larger text: what was in sight stays in sight."""

from collections.abc import Callable, Iterator

import pytest
from callback_lens.ui.appearance import Appearance
from callback_lens.ui.entries import Entry
from callback_lens.ui.main_window import MainWindow
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.text.text_view import TextView
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

SAMPLE = "SpeechRecognition/api-success.xml"
WORD = "JobsDetail[0].Operation.SpeechRecognitionResult.ResultDetail[7].Words[3].Word"


@pytest.fixture
def zoom(qapp: QApplication, session: Session) -> Iterator[Callable[[int], None]]:
    """Changes the size of the application's text, which is as it was in the end."""
    font, palette = QFont(qapp.font()), QPalette(qapp.palette())
    appearance = Appearance(qapp, session)
    yield lambda percent: session.preferences.change(zoom=percent)
    appearance.deleteLater()
    qapp.setFont(font)
    qapp.setPalette(palette)


def is_in_sight(view: QAbstractItemView) -> bool:
    """Whether all of the current row is."""
    row = view.visualRect(view.currentIndex())
    return row.height() >= view.fontMetrics().height() and view.viewport().rect().contains(row.topLeft())


def test_the_current_row_of_list_and_tree_stays_in_sight(
    qtbot: QtBot,
    window: MainWindow,
    selection: Selection,
    entry: Callable[[str], Entry],
    zoom: Callable[[int], None],
) -> None:
    entries = [entry(SAMPLE) for _ in range(80)]
    window.entries.add(entries, select=True)
    selection.open(entries[60])
    selection.select_path(WORD)
    views = (window.entries.table, window.tree.view)
    qtbot.waitUntil(lambda: all(map(is_in_sight, views)))
    before = window.tree.view.rowHeight(window.tree.view.currentIndex())
    zoom(200)
    qtbot.waitUntil(lambda: window.tree.view.rowHeight(window.tree.view.currentIndex()) != before)
    qtbot.waitUntil(lambda: all(map(is_in_sight, views)))


def test_the_marked_line_of_the_source_stays_in_sight(
    qtbot: QtBot,
    window: MainWindow,
    selection: Selection,
    entry: Callable[[str], Entry],
    zoom: Callable[[int], None],
) -> None:
    selection.open(entry(SAMPLE))
    selection.select_path(WORD)
    window.show_tab(1)
    view = window.panes[1].findChild(TextView)
    qtbot.waitUntil(lambda: len(view.rows) > 0)
    marked, before = view.marked[0], view.page_rows
    zoom(200)
    qtbot.waitUntil(lambda: view.page_rows != before)
    qtbot.waitUntil(lambda: 0 <= marked - view.top.row < view.page_rows)
