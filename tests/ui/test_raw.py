"""The Raw tab: text, hex dump, encodings, the place of a fault."""

from collections.abc import Callable, Iterator

import pytest
from callback_lens.errors import UserError
from callback_lens.payload.document import Document
from callback_lens.payload.inputs import Input, read_inputs
from callback_lens.payload.limits import Limits
from callback_lens.payload.reader import read_documents
from callback_lens.tags import summarize
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_xml
from callback_lens.ui.entries import Entry
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.source.raw_pane import HEX, TEXT, RawPane
from callback_lens.ui.text.rows import Place
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

Entries = Callable[[bytes | str], Entry]
Shows = Callable[[Entry | None], None]


@pytest.fixture
def pane(qtbot: QtBot, session: Session, selection: Selection) -> RawPane:
    pane = RawPane(session, selection)
    qtbot.addWidget(pane)
    pane.resize(760, 400)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


@pytest.fixture
def show(qtbot: QtBot, session: Session, pane: RawPane, selection: Selection) -> Iterator[Shows]:
    def open_entry(opened: Entry | None) -> None:
        selection.open(opened)
        qtbot.waitUntil(lambda: session.background.is_idle)

    return open_entry


def texts(pane: RawPane) -> list[str]:
    rows = pane.page.view.rows
    return [rows.line(row).part(0, 500) for row in range(len(rows))]


def test_the_text_as_it_was_written(pane: RawPane, show: Shows, entry: Entries) -> None:
    content = "<Response>\r\n\t<Tag>茶</Tag>\n</Response>\n".encode("gb18030")
    show(entry(content))
    assert texts(pane) == ["<Response>\r", "\t<Tag>茶</Tag>", "</Response>", ""]
    assert pane.facts.text() == f"{len(content)} B · lines: 4 · GB18030"


def test_another_encoding_shows_replacement_marks(
    qtbot: QtBot, session: Session, pane: RawPane, show: Shows, entry: Entries
) -> None:
    show(entry("<Response><Tag>茶</Tag></Response>".encode("gb18030")))
    pane.encoding.setCurrentIndex(pane.encoding.findData("utf-8"))
    qtbot.waitUntil(lambda: session.background.is_idle)
    assert "\ufffd" in texts(pane)[0]
    pane.encoding.setCurrentIndex(0)
    qtbot.waitUntil(lambda: session.background.is_idle)
    assert "茶" in texts(pane)[0]


def test_the_bytes_as_a_hex_dump(qtbot: QtBot, session: Session, pane: RawPane, show: Shows, entry: Entries) -> None:
    show(entry("\ufeff<Response/>".encode()))
    pane.form.setFocus()
    qtbot.keyClick(pane.form, Qt.Key.Key_Down)
    assert pane.form.currentIndex() == HEX
    qtbot.waitUntil(lambda: session.background.is_idle)
    assert texts(pane) == ["ef bb bf 3c 52 65 73 70  6f 6e 73 65 2f 3e        ...<Response/>"]
    pane.form.setCurrentIndex(TEXT)
    qtbot.waitUntil(lambda: session.background.is_idle)
    assert texts(pane) == ["<Response/>"]


def test_a_fault_is_marked_and_gone_to(qtbot: QtBot, pane: RawPane, show: Shows, entry: Entries) -> None:
    broken = entry(b"<Response>" + b"\n" * 300 + b"<Tag>A & B</Tag></Response>")
    show(broken)
    assert broken.error is not None
    assert pane.fault.isVisible()
    assert pane.fault.message.text().startswith("Line 301, column 8: ")
    assert pane.fault.hint.isVisible()
    assert pane.page.view.highlights().fault == pane.page.view.caret == Place(300, 7)
    assert pane.page.view.top.row > 200
    pane.page.view.scroll_to_row(0)
    qtbot.mouseClick(pane.fault.button, Qt.MouseButton.LeftButton)
    assert pane.page.view.top.row > 200
    pane.form.setCurrentIndex(HEX)
    qtbot.mouseClick(pane.fault.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: pane.page.view.caret == Place(300, 7))
    show(entry(b"<Response/>"))
    assert not pane.fault.isVisible()


def test_a_fault_in_the_body_of_a_request(pane: RawPane, show: Shows) -> None:
    saved = b"POST / HTTP/1.1\r\nHost: a\r\n\r\n<Response>\n<Tag>&</Tag></Response>"
    (given,) = read_inputs(["-"], Limits(), Stream(saved))
    assert isinstance(given, Input)
    (error,) = read_documents(given, Limits())
    assert isinstance(error, UserError)
    show(Entry("-", given, None, error))
    assert pane.fault.message.text().startswith("Line 5, column 6")
    assert pane.page.view.highlights().fault == Place(1, 5)


def test_bytes_that_are_no_text(pane: RawPane, show: Shows, entry: Entries) -> None:
    show(entry(b"<Response>\xff\xfe</Response>"))
    assert texts(pane) == ["<Response>\ufffd\ufffd</Response>"]
    assert pane.page.view.highlights().fault == Place(0, 10)


def test_of_several_documents_the_own_one_is_gone_to(pane: RawPane, show: Shows) -> None:
    lines = b"\n".join(b'{"EventName": "TaskFinish", "RequestId": "%d"}' % number for number in range(300))
    given = Input("lines", None, lines, None)
    document = read_documents(given, Limits())[250]
    assert isinstance(document, Document)
    show(Entry("lines", given, summarize(document), None))
    assert pane.page.view.caret == Place(250, 0)
    assert 200 < pane.page.view.top.row <= 250


def test_without_bytes_the_reason_is_said(pane: RawPane, show: Shows) -> None:
    assert "Open a payload" in pane.page.notice.words.text()
    (error,) = read_inputs(["no such file here"], Limits(), Stream(b""))
    assert isinstance(error, UserError)
    show(Entry("missing", None, None, error))
    assert "no such file or folder" in pane.page.notice.words.text()
    assert pane.page.notice.isVisible()


def test_a_hundred_thousand_words_in_long_lines(
    qtbot: QtBot, session: Session, pane: RawPane, show: Shows, entry: Entries
) -> None:
    opened = entry(synthetic_speech_xml(SyntheticSpeech()))
    show(opened)
    view = pane.page.view
    assert all(view.rows.line(row).width <= view.page_cells for row in range(0, len(view.rows), 999))
    view.scroll_to_row(100_000)
    top = view.rows.offset(view.top)  # type: ignore[attr-defined]
    pane.resize(900, 400)
    qtbot.waitUntil(lambda: session.background.is_idle)
    again = view.rows.offset(view.top)  # type: ignore[attr-defined]
    assert top - view.page_cells < again <= top
    pane.wrap.setChecked(False)
    qtbot.waitUntil(lambda: session.background.is_idle)
    assert len(view.rows) == 4500
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert view.horizontalScrollBar().value() > 1_000_000
    view.grab()


def test_every_control_has_a_name(pane: RawPane) -> None:
    for control in (pane.form, pane.encoding, pane.wrap, pane.page.view, pane.fault.button):
        assert control.accessibleName()


class Stream:
    """Standard input with something on it."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def read(self, size: int, /) -> bytes:
        piece, self._content = self._content[:size], self._content[size:]
        return piece
