"""Fields and tables of a block: what they show, select, copy and hide."""

import json
from collections.abc import Callable

import pytest
from callback_lens.blocks.model import Field, Fields, Media, Row, State, Stream, Table
from callback_lens.errors import Message
from callback_lens.export.language import language_named
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.objects import CosObject
from callback_lens.ui.entries import Entry
from callback_lens.ui.models.field_model import NAME, TERM, VALUE, FieldModel
from callback_lens.ui.models.finding_model import FindingModel
from callback_lens.ui.models.row_model import ASIDE, RowModel
from callback_lens.ui.models.table_model import TableModel
from callback_lens.ui.panes.fields import FieldsPane
from callback_lens.ui.panes.media import MediaPane, StreamTable
from callback_lens.ui.panes.table import TablePane
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.widgets import object_menu
from callback_lens.ui.widgets.node_table import NodeTable, widest_fitting
from context_menus import POPUP, menu_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

FORMAT = "JobsDetail[0].Operation.MediaInfo.Format"
SIGNED = "https://example.com/a.mp4?q-signature=abcdef&x=1"
FIELDS = (
    Field("Size", "68290577", f"{FORMAT}.Size"),
    Field("FormatName", "mov", f"{FORMAT}.FormatName"),
    Field("Url", SIGNED, "JobsDetail[0].Input.Url"),
)
PAYLOAD = {
    "JobsDetail": {
        "Input": {"Url": SIGNED},
        "Operation": {
            "MediaInfo": {"Format": {"Size": "68290577", "FormatName": "mov"}},
            "Output": [{"Object": "a/10.mp4"}, {"Object": "a/9.mp4"}, {"Object": "a/x.mp4"}],
        },
    }
}
TABLE = Table(
    "outputs",
    Message("Output files"),
    (Message("Key"), Message("Count")),
    (
        Row(("a/10.mp4", "10"), "JobsDetail[0].Operation.Output[0]", CosObject("b-125", "ap-x", "a/10.mp4")),
        Row(("a/9.mp4", "9"), "JobsDetail[0].Operation.Output[1]"),
        Row(("a/x.mp4", None), "JobsDetail[0].Operation.Output[2]"),
    ),
)


@pytest.fixture
def opened(selection: Selection, entry: Callable[[bytes], Entry]) -> Selection:
    """A selection in which the payload of these tests is open."""
    selection.open(entry(json.dumps(PAYLOAD).encode()))
    return selection


@pytest.fixture
def fields(qtbot: QtBot, session: Session, opened: Selection) -> FieldsPane:
    pane = FieldsPane(Fields("x", Message("Settings"), FIELDS), session, opened)
    hold(qtbot, pane, 700)
    return pane


@pytest.fixture
def table(qtbot: QtBot, session: Session, opened: Selection) -> TablePane:
    pane = TablePane(TABLE, session, opened)
    hold(qtbot, pane, 700)
    return pane


def hold(qtbot: QtBot, pane: QWidget, width: int) -> None:
    """Show ``pane`` in a widget, as the Overview does: it gives itself its height."""
    holder = QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(pane)
    holder.resize(width, 400)
    holder.show()
    pane.holder = holder  # pytest-qt does not keep it alive


def column(rows: RowModel, place: int) -> list[str]:
    return [rows.data(rows.index(row, place)) for row in range(rows.rowCount())]


def click(qtbot: QtBot, view: NodeTable, row: int, place: int = 0) -> None:
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.rows.index(row, place)).center()
    )


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


@pytest.mark.parametrize("name", ["fields", "table"])
def test_the_models_keep_qts_promises(request: pytest.FixtureRequest, qtmodeltester: ModelTester, name: str) -> None:
    qtmodeltester.check(request.getfixturevalue(name).rows)


def test_a_field_says_what_it_means_and_how_its_number_reads(fields: FieldsPane) -> None:
    model = fields.rows
    assert column(model, NAME) == ["Size", "FormatName", "Url"]
    assert model.data(model.index(0, VALUE), ASIDE) == "65.1 MiB"
    assert column(model, TERM)[1] == "Format name"
    assert "Short name of the container" in model.data(model.index(1, NAME), Qt.ItemDataRole.ToolTipRole)


def test_clicking_a_field_selects_its_node(qtbot: QtBot, fields: FieldsPane, opened: Selection) -> None:
    click(qtbot, fields, 1)
    assert opened.node is not None
    assert opened.node.path == f"{FORMAT}.FormatName"
    qtbot.keyClick(fields, Qt.Key.Key_Up)
    assert opened.node.path == f"{FORMAT}.Size"


def test_a_node_selected_elsewhere_is_marked(fields: FieldsPane, opened: Selection) -> None:
    opened.select_path(f"{FORMAT}.FormatName")
    assert [index.row() for index in fields.selectionModel().selectedRows()] == [1]
    opened.select_path("JobsDetail[0].Operation.Output[0]")
    assert not fields.selectionModel().hasSelection()


def test_copying_takes_the_value_of_a_row_and_lines_of_several(qtbot: QtBot, fields: FieldsPane) -> None:
    click(qtbot, fields, 0)
    qtbot.keyClick(fields, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "68290577"
    qtbot.keyClick(fields, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(fields, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert [line.split("\t")[:2] for line in clipboard().split("\n")] == [["Size", "68290577"], ["FormatName", "mov"]]


@pytest.mark.qt_log_ignore(POPUP, extend=True)
def test_the_menu_copies_name_and_value(qtbot: QtBot, fields: FieldsPane) -> None:
    click(qtbot, fields, 1)
    menu_of(fields)["Copy “Name”"].trigger()
    assert clipboard() == "FormatName"


@pytest.mark.qt_log_ignore(POPUP, extend=True)
def test_secrets_are_masked_until_asked_for(qtbot: QtBot, fields: FieldsPane) -> None:
    assert "abcdef" not in column(fields.rows, VALUE)[2]
    click(qtbot, fields, 2)
    qtbot.keyClick(fields, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "abcdef" not in clipboard()
    menu_of(fields)["Show the secret"].trigger()
    assert column(fields.rows, VALUE)[2] == SIGNED


def test_a_value_opens_for_selecting(qtbot: QtBot, fields: FieldsPane) -> None:
    fields.edit(fields.rows.index(1, VALUE))
    editor = fields.viewport().findChild(QPlainTextEdit)
    assert editor.isReadOnly()
    assert editor.textCursor().selectedText() == "mov"
    assert editor.accessibleName()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)


def test_long_values_wrap_and_are_cut(qtbot: QtBot, session: Session, opened: Selection) -> None:
    long = Field("Long", "word " * 100_000, "Long")
    pane = FieldsPane(Fields("x", Message("Job"), (FIELDS[0], long)), session, opened)
    hold(qtbot, pane, 500)
    assert pane.rowHeight(0) < pane.rowHeight(1) < 200
    assert len(column(pane.rows, VALUE)[1]) < 3000
    assert len(pane.rows.text(1, VALUE)) == 500_000


def test_findings_stand_worst_first(qtmodeltester: ModelTester, session: Session) -> None:
    model = FindingModel(session, [Finding(severity, "code", Message("sentence")) for severity in reversed(Severity)])
    qtmodeltester.check(model)
    assert [model.index(row, 0).data() for row in range(3)] == ["error", "warning", "info"]


def test_control_characters_are_written_out(session: Session) -> None:
    model = FieldModel(session, (Field("a\nb", "x\x1b\ud800", "p"),))
    assert column(model, NAME) == ["a\\nb"]
    assert column(model, VALUE) == ["x\\x1b\\ud800"]


def test_tables_sort_numbers_as_numbers_and_return_to_the_order_written(table: TablePane) -> None:
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert column(table.rows, 1) == ["9", "10", "–"]
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert column(table.rows, 1) == ["–", "10", "9"]
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert column(table.rows, 1) == ["10", "9", "–"]


def test_states_are_said_with_an_icon_and_as_they_are_written(session: Session) -> None:
    rows = tuple(Row((State(written),), "") for written in ("Failed", "Archived"))
    states = TableModel(session, Table("steps", Message("Steps"), (Message("State"),), rows))
    session.change_language(language_named("zh"))
    failed, archived = states.index(0, 0), states.index(1, 0)
    assert (failed.data(), archived.data()) == ("失败", "Archived")
    assert "Failed" in failed.data(Qt.ItemDataRole.ToolTipRole)
    assert failed.data(Qt.ItemDataRole.ForegroundRole) == session.theme.color("error")
    icons = [index.data(Qt.ItemDataRole.DecorationRole).pixmap(16).toImage() for index in (failed, archived)]
    assert icons[0] != icons[1]


def test_a_sorted_row_still_is_its_node(qtbot: QtBot, table: TablePane, opened: Selection) -> None:
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    click(qtbot, table, 0)
    assert opened.node is not None
    assert opened.node.path == "JobsDetail[0].Operation.Output[1]"
    opened.select_path("JobsDetail[0].Operation.Output[0].Object")
    assert table.currentIndex().row() == 1


def test_tables_are_copied_as_tab_separated_text(qtbot: QtBot, table: TablePane) -> None:
    click(qtbot, table, 0)
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "a/10.mp4\t10\na/9.mp4\t9\na/x.mp4\t–"


@pytest.mark.qt_log_ignore(POPUP, extend=True)
def test_an_object_can_be_copied_and_opened_when_asked(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, table: TablePane
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(object_menu.QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    click(qtbot, table, 0)
    menu = menu_of(table)
    menu["Copy cos:// address"].trigger()
    assert clipboard() == "cos://b-125/a/10.mp4"
    menu["Copy URL"].trigger()
    assert clipboard() == "https://b-125.cos.ap-x.myqcloud.com/a/10.mp4"
    assert opened == []
    menu["Open URL in the browser"].trigger()
    assert opened == ["https://b-125.cos.ap-x.myqcloud.com/a/10.mp4"]


@pytest.mark.parametrize("address", ["http://example.com", "file:///etc/passwd", "javascript:1", "https://a b"])
def test_only_https_is_opened(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(object_menu.QDesktopServices, "openUrl", lambda url: pytest.fail("must not be opened"))
    assert not object_menu.open_address(address)


@pytest.mark.parametrize(
    ("widths", "room", "most"), [([50, 60], 200, 348), ([50, 300, 300], 450, 200), ([300, 300, 300], 300, 170)]
)
def test_only_the_widest_columns_give_way(widths: list[int], room: int, most: int) -> None:
    assert widest_fitting(widths, room) == most


def test_streams_stand_side_by_side(
    qtbot: QtBot, qtmodeltester: ModelTester, session: Session, opened: Selection
) -> None:
    streams = (
        Stream("Video", "0", (Field("Width", "1280", f"{FORMAT}.FormatName"), Field("Height", "720", "h")), "v"),
        Stream("Audio", "1", (Field("Channel", "2", f"{FORMAT}.Size"),), "a"),
    )
    pane = MediaPane(Media("media", Message("Media information"), FIELDS[:2], streams), session, opened)
    hold(qtbot, pane, 600)
    table = pane.findChild(StreamTable)
    qtmodeltester.check(table.rows)
    assert [table.rows.title(place) for place in range(3)] == ["Name", "Video 0 · 1280 × 720", "Audio 1"]
    assert column(table.rows, 2) == ["–", "–", "2 B (2)"]
    click(qtbot, table, 2, 2)
    assert opened.node is not None
    assert opened.node.path == f"{FORMAT}.Size"
