"""Captures in the list: they come and are opened, while what is read stays."""

from collections.abc import Callable

import pytest
from callback_lens.errors import Message
from callback_lens.store.model import WireCapture
from callback_lens.ui.entries import Entry
from callback_lens.ui.selection import Selection
from capture_lists import COVER, FAILED, SPEECH, Profile, bodies, body
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from stored_captures import sample, store_captures, wire


def test_what_is_there_is_shown_the_newest_first(profile: Profile, watched: Callable[..., list[int]]) -> None:
    watched(wire(sample(COVER)), wire(sample(FAILED)), wire(sample(SPEECH)))
    assert profile.column("tag") == ["SpeechRecognition", "SmartCover", "SmartCover"]
    assert profile.column("state") == ["Success", "Failed", "Success"]
    said = profile.cells(0)
    assert said["request"] == "POST /callback?token=***"
    assert said["answer"] == "200"
    assert said["time"].startswith("2023-11-1")
    assert said["lag"].startswith("-")


def test_refused_and_repeated_ones_say_so(profile: Profile, watched: Callable[..., list[int]]) -> None:
    refused = wire(b"", status=403, refused=Message("the token is missing"))
    watched(body(1), body(1), refused, wire(b"{", is_complete=False))
    assert profile.column("state") == ["incomplete", "refused", "Success", "Success"]
    assert profile.column("remarks") == [
        "incomplete", "refused: the token is missing", "delivery 2 of 2", "delivery 1 of 2"
    ]  # fmt: skip


def test_opened_files_stay_above(
    qtbot: QtBot, profile: Profile, watched: Callable[..., list[int]], entry: Callable[..., Entry]
) -> None:
    opened = [entry(COVER), entry(SPEECH)]
    profile.rows.add(opened, select=True)
    ids = watched(*bodies(2))
    assert profile.keys() == [*opened, *reversed(ids)]
    new = profile.receive(body(3))
    qtbot.waitUntil(lambda: profile.rows.model.capture_count == 3)
    assert profile.keys() == [*opened, *new, *reversed(ids)]


def test_choosing_a_row_opens_the_capture(
    qtbot: QtBot, profile: Profile, selection: Selection, watched: Callable[..., list[int]]
) -> None:
    ids = watched(wire(sample(SPEECH)), wire(sample(COVER)))
    with qtbot.waitSignal(selection.entry_changed):
        profile.rows.table.selectRow(1)
    entry = selection.entry
    assert entry.name == f"id:{ids[0]}"
    assert entry.capture.id == ids[0]
    assert entry.summary.envelope.jobs[0].tag == "SpeechRecognition"
    assert entry.given.request.start_line == "POST /callback?token=hush HTTP/1.1"
    assert entry.details.answer == b"OK"
    assert entry.error is None
    assert entry.scenes._values  # the timeline is ready
    assert profile.rows.selected_ids() == [ids[0]]


@pytest.mark.parametrize(
    ("capture", "words"),
    [
        (wire(b"abc", refused=Message("the token is missing")), "the listener refused it: the token is missing"),
        (wire(b""), "the request has no body"),
        (wire(b"{", is_complete=False), "not all of it arrived"),
        (wire(b"\x1f\x8b\x08garbage"), "damaged"),
        (wire(b"<a>"), "before it is complete"),
    ],
)
def test_what_cannot_be_read_is_shown_as_it_arrived(
    qtbot: QtBot,
    profile: Profile,
    selection: Selection,
    watched: Callable[..., list[int]],
    capture: WireCapture,
    words: str,
) -> None:
    watched(capture)
    with qtbot.waitSignal(selection.entry_changed):
        profile.rows.table.selectRow(0)
    assert words in str(selection.entry.error)
    assert selection.entry.summary is None
    assert selection.entry.given.content == capture.body
    assert selection.entry.given.request is not None


def test_only_the_row_where_the_keys_come_to_rest_is_loaded(
    qtbot: QtBot, profile: Profile, selection: Selection, watched: Callable[..., list[int]]
) -> None:
    ids = watched(*bodies(30))
    profile.rows.table.setFocus()
    opened: list[Entry] = []
    selection.entry_changed.connect(opened.append)
    for _ in range(20):
        qtbot.keyClick(profile.rows.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: bool(opened) and opened[-1].capture.id == profile.rows.selected_ids()[0])
    assert opened[-1].capture.id < ids[-10]
    assert len(opened) < 10


def test_a_file_opened_meanwhile_is_not_pushed_aside(
    qtbot: QtBot,
    profile: Profile,
    selection: Selection,
    watched: Callable[..., list[int]],
    entry: Callable[..., Entry],
) -> None:
    watched(*bodies(2))
    opened = entry(COVER)
    profile.rows.table.selectRow(0)
    profile.rows.add([opened], select=True)
    profile.receive(body(5))
    qtbot.waitUntil(lambda: profile.rows.model.capture_count == 3)
    assert selection.entry is opened


def test_new_rows_do_not_move_what_is_read(
    qtbot: QtBot, profile: Profile, selection: Selection, watched: Callable[..., list[int]]
) -> None:
    ids = watched(*bodies(100))
    table, model = profile.rows.table, profile.rows.model
    with qtbot.waitSignal(selection.entry_changed):
        table.selectRow(3)
    top = table.visualRect(table.currentIndex()).top()
    profile.receive(*bodies(40))
    qtbot.waitUntil(lambda: model.capture_count == 140)
    assert profile.rows.selected_ids() == [ids[-4]]
    assert table.visualRect(table.currentIndex()).top() == top
    table.verticalScrollBar().setValue(table.verticalHeader().defaultSectionSize() * 80)  # it is no longer seen
    first = model.key(table.rowAt(0))
    profile.receive(body(7))
    qtbot.waitUntil(lambda: model.capture_count == 141)
    assert model.key(table.rowAt(0)) == first


def test_what_is_understood_later_is_shown_later(qtbot: QtBot, profile: Profile) -> None:
    store_captures(profile.folder, [body(1)])
    profile.captures.watch()
    qtbot.waitUntil(lambda: profile.rows.model.rowCount() == 1 and profile.cells(0)["state"] == "being read")
    profile.index()
    qtbot.waitUntil(lambda: profile.cells(0)["tag"] == "T1")
