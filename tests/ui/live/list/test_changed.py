"""What users do to captures: delete, undo, pin, note, and the menu for it."""

from collections.abc import Callable

import pytest
from callback_lens.store.opening import open_store
from callback_lens.ui.list.note_dialog import NoteDialog
from callback_lens.ui.selection import Selection
from capture_lists import Profile, bodies, body, known, stored
from context_menus import POPUP, menu_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot


def test_deleting_can_be_undone(
    qtbot: QtBot, profile: Profile, selection: Selection, watched: Callable[..., list[int]]
) -> None:
    ids = watched(*bodies(5))
    with qtbot.waitSignal(selection.entry_changed):
        profile.rows.table.selectRow(1)
    with qtbot.waitSignal(selection.entry_changed):  # the row below is shown
        qtbot.keyClick(profile.rows.table, Qt.Key.Key_Delete)
    assert profile.keys() == [ids[4], ids[2], ids[1], ids[0]]
    assert selection.entry.capture.id == ids[2]
    line = profile.rows.captures.undo_line
    assert line.words.text() == "Captures deleted: 1"
    qtbot.mouseClick(line.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: profile.keys() == ids[::-1])
    assert line.isHidden()
    assert stored(profile) == ids


def test_deleted_captures_are_gone_after_a_while(
    qtbot: QtBot, profile: Profile, watched: Callable[..., list[int]]
) -> None:
    ids = watched(*bodies(4))
    profile.rows.captures.changes._undo_time.setInterval(0)
    profile.rows.table.selectAll()
    profile.rows.delete_selected()
    qtbot.waitUntil(lambda: stored(profile) == [])
    assert profile.rows.model.rowCount() == 0
    assert len(ids) == 4


def test_closing_deletes_what_was_to_be_deleted(
    qtbot: QtBot, profile: Profile, watched: Callable[..., list[int]]
) -> None:
    ids = watched(*bodies(3))
    profile.rows.table.selectRow(0)
    profile.rows.delete_selected()
    qtbot.waitUntil(lambda: profile.rows.model.rowCount() == 2)
    assert stored(profile) == ids  # a crash deletes nothing
    profile.captures.close()
    assert stored(profile) == ids[:2]


def test_pinned_captures_stay_unless_the_user_says_so(
    qtbot: QtBot, profile: Profile, watched: Callable[..., list[int]]
) -> None:
    ids = watched(*bodies(3))
    profile.rows.table.selectRow(1)
    profile.rows.pin_selected()
    qtbot.waitUntil(lambda: profile.cells(1)["remarks"] == "pinned")
    profile.rows.table.selectAll()
    profile.rows.delete_selected()
    qtbot.waitUntil(lambda: profile.keys() == [ids[1]])
    line = profile.rows.captures.undo_line
    assert line.kept.text() == "Pinned, so they stay: 1"
    qtbot.mouseClick(line.delete_pinned, Qt.MouseButton.LeftButton)
    assert profile.keys() == []
    qtbot.mouseClick(line.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: profile.keys() == ids[::-1] and known(profile))
    profile.rows.table.selectRow(1)
    profile.rows.pin_selected()
    qtbot.waitUntil(lambda: profile.cells(1)["remarks"] == "")


def test_a_note_is_kept_and_found(qtbot: QtBot, profile: Profile, watched: Callable[..., list[int]]) -> None:
    ids = watched(*bodies(2))
    profile.rows.table.selectRow(1)
    profile.rows.note_selected()
    dialog = profile.rows.findChild(NoteDialog)
    qtbot.keyClicks(dialog.note, "ask Mei")
    dialog.accept()
    qtbot.waitUntil(lambda: profile.cells(1)["remarks"] == "ask Mei")
    profile.rows.filter_box.setText("mei")
    qtbot.waitUntil(lambda: profile.keys() == [ids[0]])


def test_what_others_delete_vanishes_and_what_is_read_stays(
    qtbot: QtBot, profile: Profile, selection: Selection, watched: Callable[..., list[int]]
) -> None:
    ids = watched(*bodies(4))
    with qtbot.waitSignal(selection.entry_changed):
        profile.rows.table.selectRow(1)
    entry = selection.entry
    with open_store(profile.folder) as store:
        store.delete([ids[2], ids[0]])
    qtbot.waitUntil(lambda: profile.keys() == [ids[3], ids[1]])
    assert selection.entry is entry


@pytest.mark.qt_log_ignore(POPUP, extend=True)
def test_the_menu_of_a_capture(qtbot: QtBot, profile: Profile, watched: Callable[..., list[int]]) -> None:
    ids = watched(body(1), body(2), body(1))
    asked: list[list[int]] = []
    profile.rows.replay_wanted.connect(asked.append)
    profile.rows.table.selectRow(0)
    choices = menu_of(profile.rows.table)
    assert list(choices) == ["Copy the ID", "Show all deliveries of this job", "Pin", "Note…", "Replay…", "Delete"]
    choices["Copy the ID"].trigger()
    assert QGuiApplication.clipboard().text() == "j1"
    choices["Replay…"].trigger()
    assert asked == [[ids[2]]]
    choices["Show all deliveries of this job"].trigger()
    assert profile.rows.filter_box.text() == "job:j1"
    qtbot.waitUntil(lambda: profile.keys() == [ids[2], ids[0]])
    profile.rows.captures.once.click()
    qtbot.waitUntil(lambda: profile.keys() == [ids[0]])
