"""The transcript as a text and as words, in step with the selection."""

from collections.abc import Callable

import pytest
from callback_lens.blocks.model import TranscriptBlock
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_json, synthetic_speech_xml
from callback_lens.ui.entries import Entry
from callback_lens.ui.models.sentence_model import SPEAKER, TEXT
from callback_lens.ui.models.word_model import DURATION, KIND, NUMBERS, PACE, WORD
from callback_lens.ui.panes.transcript import TranscriptPane
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.node_table import NodeTable
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

RESULT = "JobsDetail[0].Operation.SpeechRecognitionResult"
SPEECH = SyntheticSpeech(sentences=90, words_per_sentence=12, speakers=3, slow_words=2)
FLASH = b"""<Response><JobsDetail><Tag>SpeechRecognition</Tag><Operation><SpeechRecognitionResult>
<FlashResult><channel_id>0</channel_id><sentence_list><start_time>0</start_time><end_time>900</end_time>
<text>a</text><word_list><word>a</word><start_time>0</start_time><end_time>900</end_time></word_list>
</sentence_list></FlashResult>
<FlashResult><channel_id>1</channel_id><sentence_list><start_time>100</start_time><end_time>800</end_time>
<text>b c</text><word_list><word>b</word><start_time>100</start_time><end_time>300</end_time></word_list>
<word_list><word>c</word><start_time>300</start_time><end_time>800</end_time></word_list></sentence_list></FlashResult>
</SpeechRecognitionResult></Operation></JobsDetail></Response>"""
Show = Callable[[bytes], TranscriptPane]


@pytest.fixture
def show(qtbot: QtBot, session: Session, selection: Selection, entry: Callable[[bytes], Entry]) -> Show:
    """Shows the transcript of a payload."""

    def show_(payload: bytes) -> TranscriptPane:
        opened = entry(payload)
        selection.open(opened)
        assert opened.summary is not None
        blocks = opened.summary.views[0].blocks
        block = next(block for block in blocks if isinstance(block, TranscriptBlock))
        holder = QWidget()
        qtbot.addWidget(holder)
        pane = TranscriptPane(block, session, selection, holder)
        pane.holder = holder  # pytest-qt does not keep it alive
        QVBoxLayout(holder).addWidget(pane)
        holder.resize(700, 600)
        holder.show()
        qtbot.waitUntil(pane.sentences.isVisible)
        return pane

    return show_


@pytest.fixture(params=[synthetic_speech_xml, synthetic_speech_json])
def pane(request: pytest.FixtureRequest, show: Show) -> TranscriptPane:
    return show(request.param(SPEECH))


def column(table: NodeTable, place: int) -> list[str]:
    return [table.rows.data(table.rows.index(row, place)) for row in range(table.rows.rowCount())]


def click(qtbot: QtBot, table: NodeTable, row: int, place: int) -> None:
    rectangle = table.visualRect(table.rows.index(row, place))
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rectangle.center())


@pytest.mark.parametrize("name", ["sentences", "words"])
def test_the_models_keep_qts_promises(qtmodeltester: ModelTester, pane: TranscriptPane, name: str) -> None:
    qtmodeltester.check(getattr(pane, name).rows)


def test_it_says_how_much_was_said(qtbot: QtBot, pane: TranscriptPane) -> None:
    qtbot.waitUntil(lambda: bool(pane.timeline.statistics.text()))
    words = column(pane.words, KIND).count("word")
    for fact in (" of audio", "speakers: 3", "sentences: 90", f"words: {words}"):
        assert fact in pane.timeline.statistics.text()


def test_the_switch_shows_words_instead_of_text(qtbot: QtBot, pane: TranscriptPane) -> None:
    assert pane.sentences.isVisible()
    assert not pane.words.isVisible()
    qtbot.mouseClick(pane.switch.button(1), Qt.MouseButton.LeftButton)
    assert pane.words.isVisible()
    assert not pane.sentences.isVisible()


def test_clicking_a_sentence_selects_its_node(qtbot: QtBot, selection: Selection, pane: TranscriptPane) -> None:
    click(qtbot, pane.sentences, 2, TEXT)
    assert selection.node is not None
    assert selection.node.path == f"{RESULT}.ResultDetail[2]"
    qtbot.keyClick(pane.sentences, Qt.Key.Key_Down)
    assert selection.node.path == f"{RESULT}.ResultDetail[3]"


def test_clicking_a_word_selects_its_node(qtbot: QtBot, selection: Selection, pane: TranscriptPane) -> None:
    qtbot.mouseClick(pane.switch.button(1), Qt.MouseButton.LeftButton)
    click(qtbot, pane.words, 1, WORD)
    assert selection.node is not None
    assert selection.node.path == f"{RESULT}.ResultDetail[0].Words[1]"
    assert pane.sentences.currentIndex().row() == 0


def test_a_node_below_a_word_marks_word_and_sentence(selection: Selection, pane: TranscriptPane) -> None:
    assert selection.select_path(f"{RESULT}.ResultDetail[80].Words[7].OffsetEndMs")
    assert pane.sentences.currentIndex().row() == 80
    assert pane.words.currentIndex().row() == 80 * 12 + 7
    assert selection.select_path("JobsDetail[0].JobId")
    assert not pane.sentences.selectionModel().hasSelection()


def test_words_are_found_where_channels_have_sentences_of_their_own(selection: Selection, show: Show) -> None:
    pane = show(FLASH)
    assert selection.select_path(f"{RESULT}.FlashResult[1].sentence_list[0].word_list[1].word")
    assert pane.words.currentIndex().row() == 2
    assert pane.sentences.currentIndex().row() == 1


@pytest.mark.parametrize("place", [*NUMBERS])
def test_words_sort_by_their_times(pane: TranscriptPane, place: int) -> None:
    written = column(pane.words, WORD)
    pane.words.sortByColumn(place, Qt.SortOrder.DescendingOrder)
    model = pane.words.rows
    keys = model._keys(place)  # type: ignore[attr-defined]
    shown = [int(keys[model.place(row)]) for row in range(model.rowCount())]
    assert shown == sorted(shown, reverse=True)
    pane.words.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert column(pane.words, WORD) == written


def test_the_slowest_word_is_first_by_pace(pane: TranscriptPane) -> None:
    pane.words.sortByColumn(PACE, Qt.SortOrder.DescendingOrder)
    assert column(pane.words, PACE)[:3] == ["1500", "1500", column(pane.words, PACE)[2]]
    assert int(column(pane.words, PACE)[2]) <= 255


def test_words_sort_by_text(pane: TranscriptPane) -> None:
    pane.words.sortByColumn(WORD, Qt.SortOrder.AscendingOrder)
    assert column(pane.words, WORD) == sorted(column(pane.words, WORD))


def test_sorting_keeps_the_selected_word(selection: Selection, pane: TranscriptPane) -> None:
    selection.select_path(f"{RESULT}.ResultDetail[5].Words[3]")
    word = column(pane.words, WORD)[pane.words.currentIndex().row()]
    pane.words.sortByColumn(DURATION, Qt.SortOrder.AscendingOrder)
    assert pane.words.currentIndex().siblingAtColumn(WORD).data() == word
    assert pane.words.rows.place(pane.words.currentIndex().row()) == 63


def test_copying_a_sentence_takes_its_text(qtbot: QtBot, pane: TranscriptPane) -> None:
    click(qtbot, pane.sentences, 0, TEXT)
    qtbot.keyClick(pane.sentences, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == column(pane.sentences, TEXT)[0]


def test_rows_fit_their_text_where_the_table_grew_unseen(qtbot: QtBot, pane: TranscriptPane) -> None:
    pane.holder.resize(320, 600)
    qtbot.waitUntil(lambda: pane.sentences.rowHeight(0) > pane.sentences.rowHeight(70))
    pane.holder.hide()
    pane.holder.resize(1400, 600)
    pane.holder.show()
    qtbot.waitUntil(lambda: pane.sentences.columnWidth(TEXT) > 1000)
    assert pane.sentences.rowHeight(0) == pane.sentences.rowHeight(70)


def test_without_speakers_there_is_no_column_for_them(show: Show) -> None:
    nodes = "<StartMs>0</StartMs><EndMs>9</EndMs><FinalSentence>a</FinalSentence>"
    words = "<Words><Word>a</Word><OffsetStartMs>0</OffsetStartMs><OffsetEndMs>x</OffsetEndMs></Words>"
    result = f"<SpeechRecognitionResult><ResultDetail>{nodes}{words}</ResultDetail></SpeechRecognitionResult>"
    job = f"<JobsDetail><Tag>SpeechRecognition</Tag><Operation>{result}</Operation></JobsDetail>"
    pane = show(f"<Response>{job}</Response>".encode())
    assert pane.sentences.isColumnHidden(SPEAKER)
    assert column(pane.words, DURATION) == ["?"]
