"""The Source tab in step with the selection."""

from collections.abc import Callable

import pytest
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_json, synthetic_speech_xml
from callback_lens.ui.entries import Entry
from callback_lens.ui.selection import NodeSelected, Selection
from callback_lens.ui.session import Session
from callback_lens.ui.source.source_pane import SourcePane
from callback_lens.ui.text.rows import Place
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

Entries = Callable[[bytes | str], Entry]
WORD = "JobsDetail[0].Operation.SpeechRecognitionResult.ResultDetail[4000].Words[20].Word"


@pytest.fixture
def pane(qtbot: QtBot, session: Session, selection: Selection) -> SourcePane:
    pane = SourcePane(session, selection)
    qtbot.addWidget(pane)
    pane.resize(640, 400)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


def shown(pane: SourcePane, row: int) -> str:
    return pane.page.view.rows.line(row).part(0, 200)


def open_entry(qtbot: QtBot, pane: SourcePane, selection: Selection, entry: Entry) -> None:
    selection.open(entry)
    qtbot.waitUntil(lambda: len(pane.page.view.rows) > 0)


def test_a_click_selects_the_node(qtbot: QtBot, pane: SourcePane, selection: Selection, entry: Entries) -> None:
    open_entry(qtbot, pane, selection, entry("SmartCover/api-success.json"))
    row = next(row for row in range(50) if '"Tag"' in shown(pane, row))
    pane.page.view.scroll_to_row(row)
    with qtbot.waitSignal(selection.node_changed) as changed:
        point = pane.page.view.box_of(Place(row, 8)).center().toPoint()
        qtbot.mouseClick(pane.page.view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    (selected,) = changed.args
    assert isinstance(selected, NodeSelected)
    assert selected.node is not None
    assert (selected.node.path, selected.origin) == ("JobsDetail[0].Tag", pane)
    assert pane.page.view.marked == (row, row)


def test_a_closing_line_selects_what_it_closes(
    qtbot: QtBot, pane: SourcePane, selection: Selection, entry: Entries
) -> None:
    open_entry(qtbot, pane, selection, entry("SpeechRecognition/api-success.xml"))
    qtbot.keyClick(pane.page.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(pane.page.view, Qt.Key.Key_Up)
    assert selection.node is not None
    assert selection.node.path == "JobsDetail[0]"
    first, last = pane.page.view.marked
    assert (shown(pane, first).strip(), shown(pane, last).strip()) == ("<JobsDetail>", "</JobsDetail>")


@pytest.mark.parametrize("make", [synthetic_speech_xml, synthetic_speech_json])
def test_follows_the_selection_in_a_hundred_thousand_words(
    qtbot: QtBot,
    pane: SourcePane,
    selection: Selection,
    entry: Entries,
    make: Callable[[SyntheticSpeech], bytes],
) -> None:
    open_entry(qtbot, pane, selection, entry(make(SyntheticSpeech())))
    assert len(pane.page.view.rows) > 500_000
    assert selection.select_path(WORD)
    first, last = pane.page.view.marked
    assert first == last
    assert selection.node is not None
    assert str(selection.node.value) in shown(pane, first)
    assert pane.page.view.top.row <= first < pane.page.view.top.row + pane.page.view.page_rows


def test_a_hidden_pane_prepares_nothing_until_it_is_seen(
    qtbot: QtBot, session: Session, selection: Selection, entry: Entries
) -> None:
    pane = SourcePane(session, selection)
    qtbot.addWidget(pane)
    selection.open(entry("SmartCover/api-success.xml"))
    assert selection.select_path("JobsDetail[0].Code")
    assert session.background.is_idle
    pane.show()
    qtbot.waitUntil(lambda: len(pane.page.view.rows) > 0)
    assert shown(pane, pane.page.view.marked[0]).strip().startswith("<Code>")


def test_the_newer_payload_wins(
    qtbot: QtBot, session: Session, pane: SourcePane, selection: Selection, entry: Entries
) -> None:
    selection.open(entry(synthetic_speech_xml(SyntheticSpeech(sentences=200))))
    selection.open(entry(b"<Response><EventName>Later</EventName></Response>"))
    qtbot.waitUntil(lambda: session.background.is_idle)
    assert len(pane.page.view.rows) == 3
    assert "Later" in shown(pane, 1)


def test_says_why_there_is_nothing(pane: SourcePane, selection: Selection, entry: Entries) -> None:
    assert "Open a payload" in pane.page.notice.words.text()
    selection.open(entry(b"<Response>"))
    assert "could not be parsed" in pane.page.notice.words.text()
    assert pane.page.notice.isVisible()
