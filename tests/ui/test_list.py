"""The list: rows, columns, filter, sorting, closing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from callback_lens.errors import Message, UserError
from callback_lens.export.language import language_named
from callback_lens.store.filters.parsing import parse
from callback_lens.ui.entries import Entry
from callback_lens.ui.list.entry_list import EntryList
from callback_lens.ui.list.entry_model import EntryModel
from callback_lens.ui.list.rows import COLUMNS, row_of
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from context_menus import POPUP, menu_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

MakeEntry = Callable[[Path | bytes | str], Entry]
SAMPLES = ("SpeechRecognition/api-success.xml", "SmartCover/api-failed.json", "WorkflowFinish/workflow-success.json")


@pytest.fixture
def entries(entry: MakeEntry) -> list[Entry]:
    return [entry(name) for name in SAMPLES]


@pytest.fixture
def rows(qtbot: QtBot, session: Session, selection: Selection) -> EntryList:
    rows = EntryList(session, selection)
    qtbot.addWidget(rows)
    rows.resize(900, 400)
    with qtbot.waitActive(rows):  # keys go to the window that is active
        rows.show()
    rows.table.setFocus()
    return rows


def cells(model: EntryModel, row: int) -> dict[str, str]:
    return {column.id: model.index(row, number).data() for number, column in enumerate(COLUMNS)}


def tags(model: EntryModel) -> list[str]:
    return [cells(model, row)["tag"] for row in range(model.rowCount())]


def test_a_row_says_what_happened(session: Session, entries: list[Entry]) -> None:
    model = EntryModel(session)
    model.add(entries)
    said = cells(model, 0)
    job = entries[0].summary.envelope.jobs[0]
    assert said["tag"] == "SpeechRecognition"
    assert said["state"] == "Success"
    assert said["job-id"] == job.job_id
    assert said["object"] == job.input.object.key
    assert said["trigger"] == "API"
    assert said["time"] == f"{job.ended.moment:%Y-%m-%d %H:%M}"
    assert said["duration"]
    assert said["size"].endswith("KiB")
    assert cells(model, 2)["tag"] == "WorkflowFinish"


def test_every_sample_has_a_row_with_a_state(entry: MakeEntry, session: Session) -> None:
    from callback_lens.resources import sample_names

    for name in sample_names():
        row = row_of(entry(name))
        assert row.state
        assert session.theme.icon(*row.look)


@pytest.mark.parametrize("content", [b"<a>", b"{", b"[1, 2]", b"\xff\xfe\x00"])
def test_what_could_not_be_read_is_a_row_too(entry: MakeEntry, session: Session, content: bytes) -> None:
    model = EntryModel(session)
    model.add([entry(content)])
    assert cells(model, 0)["state"] in ("unreadable", "no state")
    assert cells(model, 0)["object"] == "pasted"
    assert cells(model, 0)["tag"] == "pasted"


def test_several_jobs_are_counted(entry: MakeEntry) -> None:
    jobs = b'{"JobsDetail": [{"Tag": "A", "State": "Success"}, {"Tag": "B"}, {"Tag": "C"}]}'
    assert row_of(entry(jobs)).more == 2


def test_the_model_keeps_qts_rules(session: Session, entries: list[Entry], qtmodeltester: ModelTester) -> None:
    model = EntryModel(session)
    qtmodeltester.check(model, force_py=True)
    model.add(entries[:1])
    model.add(entries[1:])
    model.sort(1)
    model.filter(parse("smart"))
    model.replace(entries[1].name, entries[:1])
    model.filter(None)
    model.remove(entries)
    model.sort(-1)


def test_rows_come_in_order_of_arrival_until_sorted(session: Session, entries: list[Entry]) -> None:
    model = EntryModel(session)
    model.add(entries)
    assert tags(model) == ["SpeechRecognition", "SmartCover", "WorkflowFinish"]
    model.sort(1)
    assert tags(model) == ["SmartCover", "SpeechRecognition", "WorkflowFinish"]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert tags(model) == ["WorkflowFinish", "SpeechRecognition", "SmartCover"]
    model.sort(-1)
    assert tags(model) == ["SpeechRecognition", "SmartCover", "WorkflowFinish"]


@pytest.mark.parametrize("column", range(len(COLUMNS)), ids=[column.id for column in COLUMNS])
def test_every_column_sorts_whatever_is_in_it(
    session: Session, entries: list[Entry], entry: MakeEntry, column: int
) -> None:
    model = EntryModel(session)
    model.add([*entries, entry(b"<a>"), entry(b"[]"), entry(b'{"JobsDetail": {"EndTime": "soon"}}')])
    model.sort(column)
    assert model.rowCount() == 6


def test_the_filter_box_hides_other_rows(
    qtbot: QtBot, rows: EntryList, selection: Selection, entries: list[Entry]
) -> None:
    rows.add(entries, select=True)
    qtbot.keyClicks(rows.filter_box, "smart")
    assert tags(rows.model) == ["SmartCover"]
    assert selection.entry is entries[0]  # what is being read stays
    qtbot.keyClick(rows.filter_box, Qt.Key.Key_Escape)
    assert rows.model.rowCount() == 3
    assert rows.table.currentIndex().row() == 0


def test_keys_and_mouse_choose_what_is_shown(
    qtbot: QtBot, rows: EntryList, selection: Selection, entries: list[Entry]
) -> None:
    rows.add(entries, select=True)
    assert selection.entry is entries[0]
    qtbot.keyClick(rows.table, Qt.Key.Key_Down)
    assert selection.entry is entries[1]
    place = rows.table.visualRect(rows.model.index(2, 0)).center()
    qtbot.mouseClick(rows.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert selection.entry is entries[2]


def test_new_rows_do_not_move_what_is_read(rows: EntryList, selection: Selection, entries: list[Entry]) -> None:
    rows.add(entries[:1], select=True)
    selection.select_path("JobsDetail[0].Tag")
    rows.add(entries[1:], select=False)
    assert selection.entry is entries[0]
    assert selection.node is not None


def test_closing_shows_the_next_row(qtbot: QtBot, rows: EntryList, selection: Selection, entries: list[Entry]) -> None:
    rows.add(entries, select=True)
    qtbot.keyClick(rows.table, Qt.Key.Key_Down)
    qtbot.keyClick(rows.table, Qt.Key.Key_Delete)
    assert selection.entry is entries[2]
    qtbot.keyClick(rows.table, Qt.Key.Key_Delete)
    assert selection.entry is entries[0]
    qtbot.keyClick(rows.table, Qt.Key.Key_Delete)
    assert selection.entry is None
    assert rows.model.rowCount() == 0


def test_several_rows_are_closed_at_once(
    qtbot: QtBot, rows: EntryList, selection: Selection, entries: list[Entry]
) -> None:
    rows.add(entries, select=True)
    qtbot.keyClick(rows.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    rows.close_selected()
    assert rows.model.entries == entries[2:]
    assert selection.entry is entries[2]


def test_a_reloaded_file_keeps_selection_by_path(rows: EntryList, selection: Selection, entries: list[Entry]) -> None:
    again = [replace(entries[1]), replace(entries[2], name=entries[1].name)]
    rows.add(entries, select=True)
    rows.table.selectRow(1)
    selection.select_path("JobsDetail[0].Tag")
    rows.replace(entries[1].name, again)
    assert rows.model.entries == [entries[0], *again, entries[2]]
    assert selection.entry is again[0]
    assert selection.node is not None
    assert selection.node.path == "JobsDetail[0].Tag"


def test_the_filter_knows_file_names(session: Session) -> None:
    model = EntryModel(session)
    model.add([Entry("folder/broken-file.xml", None, None, UserError(Message("no such file or folder")))])
    model.filter(parse("BROKEN-file"))
    assert model.rowCount() == 1
    model.filter(parse("other"))
    assert model.rowCount() == 0


def test_the_state_is_said_in_the_windows_language(session: Session, entries: list[Entry]) -> None:
    state = [column.id for column in COLUMNS].index("state")
    session.change_language(language_named("zh"))
    model = EntryModel(session)
    model.add(entries[:1])
    assert cells(model, 0)["state"] == "成功"
    assert "Success" in model.index(0, state).data(Qt.ItemDataRole.ToolTipRole)
    for text in ("成功", "success"):
        model.filter(parse(text))
        assert model.rowCount() == 1
    model.filter(parse("失败"))
    assert model.rowCount() == 0


def test_titles_stand_above_their_cells(session: Session, entries: list[Entry]) -> None:
    model = EntryModel(session)
    model.add(entries)
    for number, column in enumerate(COLUMNS):
        title = model.headerData(number, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        assert title == model.index(0, number).data(Qt.ItemDataRole.TextAlignmentRole)
        assert bool(title & Qt.AlignmentFlag.AlignRight) is column.is_number


def test_what_is_opened_is_opened_once_and_selected(
    qtbot: QtBot, rows: EntryList, selection: Selection, entries: list[Entry]
) -> None:
    opened: list[Entry] = []
    selection.entry_changed.connect(opened.append)
    rows.filter_box.setFocus()  # the table takes the focus, and Qt makes its first row current, as soon as there is one
    rows.add(entries[:1], select=True)
    rows.focus_rows()
    assert opened == entries[:1]
    assert rows.table.selectionModel().isRowSelected(0)


@pytest.mark.qt_log_ignore(POPUP, extend=True)
def test_the_menu_of_a_row_copies_and_closes(rows: EntryList, entries: list[Entry]) -> None:
    unreadable = Entry("broken.xml", None, None, UserError(Message("no such file or folder")))
    rows.add([*entries, unreadable], select=True)
    copied = []
    for words in ("Copy the ID", "Copy key", "Copy file path"):
        menu_of(rows.table)[words].trigger()
        copied.append(QGuiApplication.clipboard().text())
    job = entries[0].summary.envelope.jobs[0]
    assert copied == [job.job_id, job.input.object.key, entries[0].name]
    rows.table.selectRow(3)
    assert list(menu_of(rows.table)) == ["Copy file path", "Close"]
    menu_of(rows.table)["Close"].trigger()
    assert rows.model.entries == entries


def test_tooltips_are_no_markup(session: Session) -> None:
    model = EntryModel(session)
    model.add([Entry("<b>&amp;.xml", None, None, UserError(Message("no such file or folder")))])
    assert "&lt;b&gt;&amp;amp;.xml" in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
