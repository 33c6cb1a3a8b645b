"""The Request tab: start line, headers, secrets."""

import pytest
from callback_lens.payload.http_message import HttpMessage
from callback_lens.payload.inputs import Input
from callback_lens.ui.entries import Entry
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.source.cell_model import CellModel
from callback_lens.ui.source.request_page import FIELDS
from callback_lens.ui.source.request_pane import RequestPane
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

HEADERS = (
    ("Host", "hooks.example.com"),
    ("x-ci-Trace", "a"),
    ("x-ci-Trace", "b"),
    ("Authorization", "Bearer abcdef"),
    ("Referer", "https://a.example/?q-signature=5ec2e7"),
)
MESSAGE = HttpMessage("POST /callback?token=s3cret HTTP/1.1", HEADERS, b"<Response/>", 7)
SAVED = Entry("saved", Input("saved", None, MESSAGE.body, MESSAGE), None, None)


@pytest.fixture
def pane(qtbot: QtBot, session: Session, selection: Selection) -> RequestPane:
    pane = RequestPane(session, selection)
    qtbot.addWidget(pane)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


def shown(pane: RequestPane) -> list[tuple[str, str]]:
    cells = pane.page.headers.cells
    return [(cells.text(row, 0), cells.text(row, 1)) for row in range(cells.rowCount())]


def test_headers_in_their_order_and_case(pane: RequestPane, selection: Selection) -> None:
    selection.open(SAVED)
    assert shown(pane)[:3] == list(HEADERS[:3])
    assert pane.page.body.text() == "Headers: 5 · body: 11 B (11 bytes)"


def test_secrets_are_masked_until_they_are_asked_for(qtbot: QtBot, pane: RequestPane, selection: Selection) -> None:
    selection.open(SAVED)
    assert pane.page.start_line.text() == "POST /callback?token=*** HTTP/1.1"
    assert shown(pane)[3:] == [("Authorization", "Bearer ***"), ("Referer", "https://a.example/?q-signature=***")]
    pane.page.secrets.setFocus()
    qtbot.keyClick(pane.page.secrets, Qt.Key.Key_Space)
    assert pane.page.start_line.text() == MESSAGE.start_line
    assert shown(pane) == list(HEADERS)


def test_a_secret_path_is_masked_as_in_a_capture(pane: RequestPane, selection: Selection) -> None:
    message = HttpMessage("POST /in/d41d8cd98f00b204e980?a=1 HTTP/1.1", (), b"", 2)
    selection.open(Entry("saved", Input("saved", None, b"", message), None, None))
    assert pane.page.start_line.text() == "POST /in/***?a=1 HTTP/1.1"


def test_only_captures_are_sent_again_and_saved(pane: RequestPane, selection: Selection) -> None:
    selection.open(SAVED)
    assert not any(widget.isVisible() for widget in pane.page.for_captures)
    assert pane.page.headers.isVisible()


def test_copies_what_is_shown(qtbot: QtBot, pane: RequestPane, selection: Selection) -> None:
    selection.open(SAVED)
    qtbot.mouseClick(pane.page.copy_headers, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().splitlines()[3] == "Authorization: Bearer ***"
    pane.page.headers.selectRow(1)
    qtbot.keyClick(pane.page.headers, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "x-ci-Trace: a"
    pane.page.headers.clearSelection()
    qtbot.keyClick(pane.page.headers, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "x-ci-Trace: a", "no row, nothing copied"


def test_says_what_to_do_where_there_is_no_request(pane: RequestPane, selection: Selection) -> None:
    assert "Open a payload" in pane.notice.words.text()
    selection.open(Entry("bare", Input("bare", None, b"<Response/>", None), None, None))
    assert "not saved as an HTTP message" in pane.notice.words.text()
    assert pane.notice.isVisible()
    selection.open(SAVED)
    assert not pane.notice.isVisible()
    selection.open(None)
    assert pane.page.headers.cells.rowCount() == 0


def test_the_model_is_sound(session: Session, qtmodeltester: ModelTester) -> None:
    model = CellModel(session, FIELDS, mono=(1,))
    model.show_rows(HEADERS)
    qtmodeltester.check(model)
    model.show_rows(HEADERS[:2])


def test_every_control_has_a_name(pane: RequestPane) -> None:
    for control in (pane.page.secrets, pane.page.copy_headers, pane.page.headers):
        assert control.accessibleName()


@pytest.mark.parametrize("width", [540, 380])
@pytest.mark.parametrize(("name", "share"), [("A", 0.2), ("N" * 200, 0.5)])
def test_columns_share_the_width(
    qtbot: QtBot, pane: RequestPane, selection: Selection, width: int, name: str, share: float
) -> None:
    message = HttpMessage("POST / HTTP/1.1", ((name, "c" * 1000),), b"", 3)
    selection.open(Entry("saved", Input("saved", None, b"", message), None, None))
    pane.resize(width, 600)
    table = pane.page.headers
    qtbot.waitUntil(lambda: table.horizontalHeader().length() == table.viewport().width())
    assert table.horizontalHeader().sectionSizeHint(0) <= table.columnWidth(0) <= table.viewport().width() * share


def test_it_is_enlarged_with_the_window(session: Session, pane: RequestPane, selection: Selection) -> None:
    selection.open(SAVED)
    table = pane.page.headers
    before, font = table.height(), table.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    table.setFont(font)
    session.theme_changed.emit()
    assert table.height() > before * 1.3
