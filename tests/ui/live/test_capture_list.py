"""Captures in the list: they come, are found, judged and deleted, while what is read stays."""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from callback_lens.errors import Message
from callback_lens.store.filters.parsing import parse
from callback_lens.store.index import open_index
from callback_lens.store.model import WireCapture
from callback_lens.store.opening import open_store
from callback_lens.ui.entries import Entry
from callback_lens.ui.list import capture_feed
from callback_lens.ui.list.entry_list import EntryList
from callback_lens.ui.list.entry_model import EntryModel
from callback_lens.ui.list.note_dialog import NoteDialog
from callback_lens.ui.list.rows import COLUMNS
from callback_lens.ui.live import capture_store
from callback_lens.ui.live.capture_arrivals import Arrived
from callback_lens.ui.live.capture_store import CaptureStore
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from context_menus import POPUP, menu_of
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from stored_captures import sample, store_captures, wire

COVER, FAILED, SPEECH = "SmartCover/api-success.xml", "SmartCover/api-failed.json", "SpeechRecognition/api-success.xml"


@dataclass
class Profile:
    """A folder with captures, and the list that shows it."""

    folder: Path
    captures: CaptureStore
    rows: EntryList

    def receive(self, *captures: WireCapture) -> list[int]:
        """Captures come, and are understood."""
        ids = store_captures(self.folder, captures)
        self.index()
        return ids

    def index(self) -> None:
        with open_index(self.folder) as index:
            index.catch_up()

    def cells(self, row: int) -> dict[str, str]:
        model = self.rows.model
        return {column.id: model.index(row, number).data() for number, column in enumerate(COLUMNS)}

    def column(self, name: str) -> list[str]:
        return [self.cells(row)[name] for row in range(self.rows.model.rowCount())]

    def keys(self) -> list[object]:
        return [self.rows.model.key(row) for row in range(self.rows.model.rowCount())]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture_store, "LOOK_EVERY", 10)


@pytest.fixture
def profile(qtbot: QtBot, session: Session, selection: Selection, tmp_path: Path) -> Iterator[Profile]:
    captures = CaptureStore(tmp_path / "captures", session.messages.report)
    rows = EntryList(session, selection, captures)
    qtbot.addWidget(rows)
    rows.resize(900, 400)
    with qtbot.waitActive(rows):
        rows.show()
    yield Profile(tmp_path / "captures", captures, rows)
    captures.close()
    assert session.messages.errors == []  # type: ignore[attr-defined]  # ToldMessages


@pytest.fixture
def watched(qtbot: QtBot, profile: Profile) -> Callable[..., list[int]]:
    """Has captures, and a list that shows them."""

    def watch(*captures: WireCapture) -> list[int]:
        ids = profile.receive(*captures)
        profile.captures.watch()
        qtbot.waitUntil(lambda: profile.rows.model.capture_count == len(ids) and known(profile))
        return ids

    return watch


def known(profile: Profile) -> bool:
    cells = [profile.cells(row) for row in range(profile.rows.model.rowCount())]
    return all(said["tag"] != "…" and said["state"] != "being read" for said in cells)


def body(number: int) -> WireCapture:
    return wire(
        b'{"EventName": "TaskFinish", "JobsDetail": {"Tag": "T%d", "JobId": "j%d", "State": "Success"}}'
        % (number, number)
    )


def bodies(count: int) -> list[WireCapture]:
    return [body(number) for number in range(count)]


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


def test_reading_takes_the_bold_away(
    qtbot: QtBot, profile: Profile, selection: Selection, watched: Callable[..., list[int]]
) -> None:
    watched(*bodies(2))
    came: list[Arrived] = []
    counts: list[int] = []
    profile.rows.arrived.connect(came.append)
    profile.rows.unread_changed.connect(counts.append)
    assert profile.rows.unread == 0
    new = profile.receive(wire(sample(FAILED)), wire(sample(COVER)))
    qtbot.waitUntil(lambda: bool(came) and profile.rows.model.capture_count == 4)
    assert [capture.id for capture in came[0].captures] == new[::-1]
    assert (came[0].count, came[0].captures[1].facts.state) == (2, "Failed")
    font = profile.rows.model.index(0, 0).data(Qt.ItemDataRole.FontRole)
    assert font.bold()
    with qtbot.waitSignal(selection.entry_changed):
        profile.rows.table.selectRow(0)
    assert profile.rows.model.index(0, 0).data(Qt.ItemDataRole.FontRole) is None
    assert counts == [2, 1]
    profile.rows.read_all()
    assert (profile.rows.unread, counts[-1]) == (0, 0)


def test_the_first_capture_of_a_profile_is_news(qtbot: QtBot, profile: Profile) -> None:
    came: list[Arrived] = []
    profile.rows.arrived.connect(came.append)
    profile.captures.watch()
    assert not profile.folder.exists()  # looking makes no store
    profile.receive(body(1))
    qtbot.waitUntil(lambda: [arrived.count for arrived in came] == [1])


def test_following_shows_the_newest_until_the_user_goes_elsewhere(
    qtbot: QtBot, profile: Profile, selection: Selection, watched: Callable[..., list[int]]
) -> None:
    watched(*bodies(50))
    profile.rows.set_follow(True)
    for number in range(2):
        (new,) = profile.receive(body(number))
        qtbot.waitUntil(lambda new=new: selection.entry is not None and selection.entry.capture.id == new)
    qtbot.keyClick(profile.rows.table, Qt.Key.Key_Down)
    assert not profile.rows.follows_newest
    read = profile.rows.selected_ids()
    profile.receive(body(9))
    qtbot.waitUntil(lambda: profile.rows.model.capture_count == 53)
    assert profile.rows.selected_ids() == read


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


def test_captures_are_sorted_and_stay_so(qtbot: QtBot, profile: Profile, watched: Callable[..., list[int]]) -> None:
    watched(body(2), body(9), body(4))
    table = profile.rows.table
    table.selectRow(0)
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    qtbot.waitUntil(lambda: known(profile) and profile.column("tag") == ["T2", "T4", "T9"])
    profile.receive(body(3))
    qtbot.waitUntil(lambda: known(profile) and profile.column("tag") == ["T2", "T3", "T4", "T9"])
    assert table.currentIndex().row() == 2  # what is read
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    qtbot.waitUntil(lambda: known(profile) and profile.column("tag") == ["T3", "T4", "T9", "T2"])


def test_too_many_are_not_sorted_and_that_is_said(
    qtbot: QtBot, profile: Profile, watched: Callable[..., list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture_feed, "SORTED_AT_MOST", 2)
    watched(body(2), body(9), body(4))
    profile.rows.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    hint = profile.rows.status._hint
    qtbot.waitUntil(hint.isVisible)
    assert "filter first" in hint.text()
    assert profile.column("tag") == ["T4", "T9", "T2"]
    profile.rows.filter_box.setText("tag:T2 OR tag:T9")
    qtbot.waitUntil(hint.isHidden)
    qtbot.waitUntil(lambda: known(profile) and profile.column("tag") == ["T2", "T9"])


def stored(profile: Profile) -> list[int]:
    with open_index(profile.folder) as index:
        return sorted(index.ids())


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(("newest", "hide", "older")), st.sets(st.integers(1, 40), max_size=12)),
        max_size=8,
    )
)
@example(steps=[("older", {1, 2, 4, 15}), ("hide", {2, 3, 15})])  # one that is there between two, for one that is not
def test_captures_come_and_go_by_qts_rules(session: Session, steps: list[tuple[str, set[int]]]) -> None:
    model = EntryModel(session)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    shown = [25, 24, 20]
    model.show_captures(array("q", shown), is_sorted=False)
    hidden: set[int] = set()
    for step, numbers in steps:
        ids = sorted(numbers, reverse=True)
        if step == "newest":
            ids = [one for one in ids if one > 20]
            model.update_newest(20, ids)
            shown = [one for one in ids if one not in hidden] + [one for one in shown if one <= 20]
        elif step == "older":
            ids = [one for one in ids if one < min(shown, default=41)]
            model.append_captures(array("q", ids))
            shown += [one for one in ids if one not in hidden]
        else:
            hidden |= numbers
            model.hide(ids)
            shown = [one for one in shown if one not in numbers]
        assert [model.key(row) for row in range(model.rowCount())] == shown
        assert all(model.index_of(one).row() == row for row, one in enumerate(shown))
    del tester


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


@pytest.mark.qt_log_ignore(POPUP, extend=True)
def test_columns_are_chosen_and_remembered(qtbot: QtBot, profile: Profile, session: Session) -> None:
    table = profile.rows.table
    table.horizontalHeader().customContextMenuRequested.emit(QPoint(5, 5))
    choices = {action.text(): action for action in table.findChildren(QMenu)[-1].actions()}
    choices["Lag"].trigger()
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    lag = [column.id for column in COLUMNS].index("lag")
    assert table.isColumnHidden(lag)
    other = EntryList(session, Selection())
    qtbot.addWidget(other)
    other.restore(profile.rows.state())
    assert other.table.isColumnHidden(lag)
    assert other.table.horizontalHeader().sortIndicatorSection() == 1
    other.restore(QByteArray(b"8:what another version kept"))
    assert other.table.isColumnHidden(lag)


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
