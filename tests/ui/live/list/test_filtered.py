"""The filter of the list, for captures and for opened files."""

from collections.abc import Callable

import pytest
from callback_lens.store.filters.parsing import parse
from callback_lens.ui.entries import Entry
from callback_lens.ui.list.entry_model import EntryModel
from callback_lens.ui.session import Session
from capture_lists import COVER, FAILED, SPEECH, Profile, bodies, body
from context_menus import POPUP
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from stored_captures import sample, store_captures, wire


def test_a_filter_finds_what_is_understood_later(
    qtbot: QtBot, profile: Profile, watched: Callable[..., list[int]]
) -> None:
    ids = watched(*bodies(3))
    profile.rows.filter_box.setText("tag:t1")
    qtbot.waitUntil(lambda: profile.keys() == [ids[1]])
    late = store_captures(profile.folder, [body(1), body(2)])
    later = store_captures(profile.folder, [body(1)])
    qtbot.waitUntil(lambda: profile.captures._state is not None)
    profile.index()
    qtbot.waitUntil(lambda: profile.keys() == [*later, late[0], ids[1]])


def test_a_filter_that_no_longer_fits_takes_rows_out(
    qtbot: QtBot, profile: Profile, watched: Callable[..., list[int]]
) -> None:
    ids = watched(*bodies(3))
    profile.rows.filter_box.setText("-tag:t1")
    qtbot.waitUntil(lambda: profile.keys() == [ids[2], ids[0]])
    late = store_captures(profile.folder, [body(1)])
    qtbot.waitUntil(lambda: profile.keys() == [*late, ids[2], ids[0]])  # not understood yet
    profile.index()
    qtbot.waitUntil(lambda: profile.keys() == [ids[2], ids[0]])


def test_the_filter_is_for_files_and_captures(
    qtbot: QtBot, profile: Profile, watched: Callable[..., list[int]], entry: Callable[..., Entry]
) -> None:
    opened = [entry(COVER), entry(SPEECH)]
    profile.rows.add(opened, select=False)
    ids = watched(wire(sample(COVER)), wire(sample(SPEECH)))
    for text, keys in (
        ("tag:smartcover", [opened[0], ids[0]]),
        ("NOT tag:SmartCover", [opened[1], ids[1]]),
        ("is:pinned", []),
        ("state:success (tag:SmartCover OR tag:x)", [opened[0], ids[0]]),
    ):
        profile.rows.filter_box.setText(text)
        qtbot.waitUntil(lambda keys=keys: profile.keys() == keys)
    profile.rows.filter_box.clear()
    qtbot.waitUntil(lambda: profile.keys() == [*opened, ids[1], ids[0]])


def test_what_is_wrong_with_a_filter_is_said_beside_it(
    qtbot: QtBot, profile: Profile, watched: Callable[..., list[int]]
) -> None:
    ids = watched(*bodies(2))
    profile.rows.filter_box.setText("T1 tagg:x")
    problem = profile.rows.status._problem
    qtbot.waitUntil(problem.isVisible)
    assert problem.text().startswith("Character 4: there is no tagg: to look at")
    assert "did you mean tag:?" in problem.text()
    assert profile.keys() == [ids[1], ids[0]]
    profile.rows.filter_box.setText("T1")
    qtbot.waitUntil(problem.isHidden)


@pytest.mark.qt_log_ignore(POPUP, extend=True)
def test_names_and_values_are_completed(qtbot: QtBot, profile: Profile, watched: Callable[..., list[int]]) -> None:
    watched(body(77))
    box = profile.rows.filter_box
    box.setFocus()
    qtbot.keyClicks(box, "x -ta")
    qtbot.waitUntil(box._popup.isVisible)
    assert box._completer.model().stringList() == ["tag:"]
    qtbot.keyClick(box._popup, Qt.Key.Key_Down)
    qtbot.keyClick(box._popup, Qt.Key.Key_Return)
    assert box.text() == "x -tag:"
    assert "tag:T77" in box._completer.model().stringList()  # it is in the list
    assert "tag:Transcode" in box._completer.model().stringList()
    qtbot.keyClicks(box, "t7")
    assert box._completer.model().stringList() == ["tag:T77"]
    qtbot.keyClick(box._popup, Qt.Key.Key_Down)
    qtbot.keyClick(box._popup, Qt.Key.Key_Return)
    assert box.text() == "x -tag:T77 "


@pytest.mark.parametrize(
    ("text", "fitting"),
    [
        ("state:failed", [1]),
        ("is:failed", [1]),
        ("is:pinned", []),
        ("object:NIGHT OR state:failed", [0, 1]),
        ("larger:1k -is:failed", [0, 2]),
        ("after:2020-01-01 before:2100-01-01 tag:smartcover", [0, 1]),
        ("path:callback", []),
        ("header:host", []),
        ("body:SpeechRecognition", [2]),
    ],
)
def test_opened_files_are_filtered_by_what_is_known_of_them(
    session: Session, entry: Callable[..., Entry], text: str, fitting: list[int]
) -> None:
    entries = [entry(COVER), entry(FAILED), entry(SPEECH)]
    model = EntryModel(session)
    model.add(entries)
    model.filter(parse(text))
    assert [model.key(row) for row in range(model.rowCount())] == [entries[number] for number in fitting]
