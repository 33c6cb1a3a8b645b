"""The timeline in the window: tools, statistics, and that everything is in step."""

import json
from pathlib import Path

import pytest
from callback_lens.resources import resource
from callback_lens.ui.main_window import MainWindow
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import line_height
from callback_lens.ui.timeline.height_grip import HeightGrip
from callback_lens.ui.timeline.items import TimeRange
from callback_lens.ui.timeline.timeline_pane import LOWEST, TimelinePane
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from speech_results import sentence, word
from timelines import COMMA, FIRST, LEFT, RESULT, SLOW, THIRD, TWO_SPEAKERS, speech, word_point

SPEECH = resource("samples", "SpeechRecognition", "api-success.xml")
COVERS = resource("samples", "SmartCover", "api-success.xml")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def pane(qtbot: QtBot, window: MainWindow) -> TimelinePane:
    """The timeline of two speakers, in the whole window."""
    return show(qtbot, window, speech(*TWO_SPEAKERS))


def show(qtbot: QtBot, window: MainWindow, payload: bytes) -> TimelinePane:
    with qtbot.waitActive(window):
        window.activateWindow()
    with qtbot.waitSignal(window.overview.built):
        window.opening.open_bytes(payload, "pasted")
    pane = window.timeline_pane
    assert pane is not None
    qtbot.waitUntil(lambda: pane.view.scene is not None and pane.isVisible())
    return pane


def search(qtbot: QtBot, pane: TimelinePane, text: str) -> None:
    pane.search.field.setFocus()
    with qtbot.waitSignal(pane.search.found):
        pane.search.field.setText(text)  # keys say no Chinese


def selected(selection: Selection) -> str:
    return selection.node.path.removeprefix(f"{RESULT}.") if selection.node is not None else ""


def test_the_search_counts_marks_and_steps(qtbot: QtBot, selection: Selection, pane: TimelinePane) -> None:
    before = pane.view.grab().toImage()
    search(qtbot, pane, "甲")
    assert pane.search.field.count.text() == "1"
    assert pane.view.grab().toImage() != before
    qtbot.keyClick(pane.search.field, Qt.Key.Key_Return)
    assert pane.search.field.count.text() == "1 of 1"
    assert selected(selection) == "ResultDetail[0].Words[0]"
    assert pane.view.item is not None
    assert pane.view.item.word == FIRST


def test_stepping_goes_on_from_what_is_selected(qtbot: QtBot, selection: Selection, pane: TimelinePane) -> None:
    payload = [sentence(word(text, 0, 100), StartMs=1000 * at) for at, text in enumerate(("a", "b", "a", "b", "a"))]
    pane = show(qtbot, pane.window(), speech(*payload))
    search(qtbot, pane, "a")
    steps = [(pane.search.next, 0), (pane.search.next, 2), (pane.search.next, 4), (pane.search.next, 0)]
    for button, place in (*steps, (pane.search.previous, 4)):
        qtbot.mouseClick(button, LEFT)
        assert selected(selection).startswith(f"ResultDetail[{place}]")
    for place, button, next_place in ((1, pane.search.next, 2), (3, pane.search.previous, 2)):
        selection.select_path(f"{RESULT}.ResultDetail[{place}]")
        qtbot.mouseClick(button, LEFT)
        assert selected(selection).startswith(f"ResultDetail[{next_place}]")


def test_what_is_not_said_is_not_found(qtbot: QtBot, pane: TimelinePane) -> None:
    search(qtbot, pane, "x")
    assert pane.search.field.count.text() == "No matches"
    assert not pane.search.next.isEnabled()
    with qtbot.waitSignal(pane.search.found):
        qtbot.keyClick(pane.search.field, Qt.Key.Key_Escape)
    assert pane.search.field.text() == ""
    assert pane.search.field.count.text() == ""


def test_the_keys_that_find_find_in_the_transcript(qtbot: QtBot, selection: Selection, pane: TimelinePane) -> None:
    pane.view.setFocus()
    qtbot.keyClick(pane.view, Qt.Key.Key_F, CONTROL)
    assert QApplication.focusWidget() is pane.search.field
    search(qtbot, pane, "戊")
    qtbot.keyClick(pane.search.field, Qt.Key.Key_F3)
    assert selected(selection) == "ResultDetail[2].Words[0]"


def test_the_statistics_are_those_of_the_range(pane: TimelinePane) -> None:
    assert "0:10.000 of audio" in pane.statistics.text()
    assert "sentences: 3, words: 6" in pane.statistics.text()
    assert "slowest 3500 (丁)" in pane.statistics.text()
    pane.view.select_range(TimeRange(0, 2500))
    assert "0:00.000 – 0:02.500 (2.5 s)" in pane.statistics.text()
    assert "sentences: 1, words: 2" in pane.statistics.text()
    assert "丁" not in pane.statistics.text()
    pane.view.select_range(None)
    assert "sentences: 3, words: 6" in pane.statistics.text()


def test_the_colouring_is_chosen_and_remembered(qtbot: QtBot, session: Session, pane: TimelinePane) -> None:
    legend, drawn = pane.legend.accessibleName(), pane.view.grab().toImage()
    qtbot.keyClick(pane.colouring, Qt.Key.Key_Down)
    assert session.preferences.settings.colouring == "speaker"
    assert pane.view.grab().toImage() != drawn
    assert pane.legend.accessibleName() != legend
    assert "Speaker 1" in pane.legend.accessibleName()
    window = pane.window()
    assert isinstance(window, MainWindow)
    assert window.menus.actions["timeline-colour-speaker"].isChecked()
    window.menus.actions["timeline-colour-finding"].trigger()
    assert pane.colouring.currentText() == "Finding"


def test_the_height_is_dragged_and_remembered(qtbot: QtBot, session: Session, pane: TimelinePane) -> None:
    height = pane.view.height()
    grip = pane.findChild(HeightGrip)
    middle = grip.rect().center()
    qtbot.mousePress(grip, LEFT, pos=middle)
    qtbot.mouseMove(grip, middle + QPoint(0, 50))
    qtbot.mouseRelease(grip, LEFT, pos=middle)
    assert pane.view.height() == height + 50 == session.preferences.settings.timeline_height
    qtbot.keyClick(grip, Qt.Key.Key_Up)
    assert pane.view.height() < height + 50
    again = show(qtbot, pane.window(), speech(*TWO_SPEAKERS))
    assert again is not pane
    assert again.view.height() == session.preferences.settings.timeline_height
    qtbot.mouseDClick(again.grip, LEFT)
    assert again.view.height() == height
    for _ in range(40):
        qtbot.keyClick(again.grip, Qt.Key.Key_Up)
    assert again.view.height() == LOWEST


def test_nothing_moves_when_the_scene_comes(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.overview.built):
        window.opening.open([str(SPEECH)])
    pane = window.timeline_pane
    assert pane is not None
    height = pane.view.height()
    qtbot.waitUntil(lambda: pane.view.scene is not None)
    assert pane.view.height() == height >= 10 * line_height()


def test_a_picture_of_what_is_in_sight_is_copied(qtbot: QtBot, pane: TimelinePane) -> None:
    pictures = []
    for act in (pane.copy_picture, pane.view.fit_selection, pane.copy_picture, lambda: pane.copy_picture(True)):
        pane.view.select_range(TimeRange(3000, 5000))
        act()
        pictures.append(QGuiApplication.clipboard().image())
    whole, _, fitted, redacted = pictures
    assert whole.width() >= pane.view.width()
    assert len({whole.cacheKey(), fitted.cacheKey(), redacted.cacheKey()}) == 3
    assert whole != fitted != redacted


@pytest.mark.parametrize(("name", "is_redacted"), [("out.png", False), ("out.svg", False), ("out.svg", True)])
def test_a_picture_is_saved(qtbot: QtBot, pane: TimelinePane, tmp_path: Path, name: str, is_redacted: bool) -> None:
    pane.save_picture(is_redacted)
    dialog = pane.findChild(QFileDialog)
    out = tmp_path / name
    dialog.fileSelected.emit(str(out))
    dialog.reject()
    qtbot.waitUntil(out.is_file)
    if name.endswith("png"):
        assert QImage(str(out)).width() >= pane.view.width()
    else:
        assert ("丙丁" in out.read_text("utf-8")) is not is_redacted


def test_a_picture_that_cannot_be_written_is_told(qtbot: QtBot, pane: TimelinePane, tmp_path: Path) -> None:
    window = pane.window()
    assert isinstance(window, MainWindow)
    pane.save_picture()
    dialog = pane.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "none" / "out.png"))
    dialog.reject()
    qtbot.waitUntil(lambda: "there is no folder" in window.message_bar.accessibleName())


def test_tree_text_and_words_follow_the_timeline(qtbot: QtBot, selection: Selection, pane: TimelinePane) -> None:
    window = pane.window()
    assert isinstance(window, MainWindow)
    transcript = pane.parentWidget()
    qtbot.mouseClick(pane.view.viewport(), LEFT, pos=word_point(pane.view, SLOW))
    assert selected(selection) == "ResultDetail[1].Words[1]"
    assert window.tree.view.currentIndex().data().startswith("Words[1]")
    assert transcript.sentences.currentIndex().row() == 1
    assert transcript.words.currentIndex().row() == SLOW


def test_the_timeline_follows_tree_text_and_words(selection: Selection, pane: TimelinePane) -> None:
    transcript = pane.parentWidget()
    selection.select_path(f"{RESULT}.ResultDetail[1].Words[0].OffsetEndMs")
    assert pane.view.item.word == THIRD
    transcript.words.clicked.emit(transcript.words.rows.index(COMMA, 0))
    assert pane.view.item.word == COMMA
    transcript.sentences.clicked.emit(transcript.sentences.rows.index(2, 0))
    assert (pane.view.item.sentence, pane.view.item.word) == (2, None)


def test_actions_of_the_timeline_are_offered_where_there_is_one(qtbot: QtBot, window: MainWindow) -> None:
    action = window.menus.actions["timeline-copy-picture"]
    assert not action.isEnabled()
    with qtbot.waitSignal(window.overview.built):
        window.opening.open([str(SPEECH)])
    assert action.isEnabled()
    window.show_tab(1)
    assert not action.isEnabled()
    window.show_tab(0)
    assert action.isEnabled()
    with qtbot.waitSignal(window.overview.built):
        window.opening.open([str(COVERS)])
    assert not action.isEnabled()


def test_single_keys_are_the_timelines_only_where_it_has_the_focus(qtbot: QtBot, pane: TimelinePane) -> None:
    window = pane.window()
    assert isinstance(window, MainWindow)
    window.tree.view.setFocus()
    qtbot.keyClick(window.tree.view, Qt.Key.Key_N)
    assert pane.view.item is None
    for key in (Qt.Key.Key_M, Qt.Key.Key_T):
        qtbot.keyClick(window, key, CONTROL if key == Qt.Key.Key_M else Qt.KeyboardModifier.NoModifier)
    assert QApplication.focusWidget() is pane.view
    qtbot.keyClick(pane.view, Qt.Key.Key_N)
    assert pane.view.item is not None


@pytest.mark.parametrize(("speakers", "is_said"), [("00", True), ("01", False), ("11", False)])
def test_speakers_that_were_not_told_apart_are_said(
    qtbot: QtBot, window: MainWindow, speakers: str, is_said: bool
) -> None:
    sentences = [sentence(word("a"), StartMs=1000 * at, SpeakerId=id_) for at, id_ in enumerate(speakers)]
    assert show(qtbot, window, speech(*sentences)).note.isVisible() is is_said


def test_a_transcript_without_times_is_shown_too(qtbot: QtBot, window: MainWindow) -> None:
    pane = show(qtbot, window, speech(sentence(word("a", "?", "?")), AudioTime=""))
    pane.copy_picture()
    search(qtbot, pane, "a")
    qtbot.keyClick(pane.search.field, Qt.Key.Key_Return)
    assert pane.search.field.count.text() == "1 of 1"


def test_what_is_shown_is_read_again_with_another_tolerance(
    qtbot: QtBot, window: MainWindow, selection: Selection, tmp_path: Path
) -> None:
    off_by_15 = sentence(word("a", 0, 1015), StartMs=0, EndMs=1000, FinalSentence="a")
    file = tmp_path / "odd.json"
    file.write_bytes(speech(off_by_15))
    with qtbot.waitSignal(window.overview.built):
        window.opening.open([str(file)])
    for tolerance, is_found in ((20, False), (0, True)):
        with qtbot.waitSignal(window.overview.built):
            window.menus.actions[f"tolerance-{tolerance}"].trigger()
        codes = {finding.code for finding in selection.entry.summary.views[0].findings}
        assert ("word-outside-sentence" in codes) is is_found


def with_times(**times: str) -> bytes:
    payload = json.loads(speech(*TWO_SPEAKERS))
    payload["JobsDetail"][0] |= times
    return json.dumps(payload).encode()


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (("10:00:00", "10:00:02", "10:00:07"), ["queued 2 s", "ran 5 s", "0.5 × real time"]),
        (("10:00:00", "10:00:02", "-"), ["queued 2 s"]),
        (("10:00:00", "-", "10:00:07"), []),
        (("10:00:05", "10:00:02", "10:00:02"), ["ran 0 s", "0 × real time"]),
        (("no time", "10:00:02", "10:00:07"), ["ran 5 s", "0.5 × real time"]),
    ],
)
def test_the_latency_says_what_is_known(
    qtbot: QtBot, window: MainWindow, times: tuple[str, str, str], said: list[str]
) -> None:
    created, started, ended = (f"2025-01-01T{time}+0800" if time[0] == "1" else time for time in times)
    pane = show(qtbot, window, with_times(CreationTime=created, StartTime=started, EndTime=ended))
    facts = pane.latency.accessibleName().split(" · ")
    assert [fact for fact in facts if not fact.startswith(("created", "started", "ended"))] == said
    assert pane.latency.isVisible() is bool(said)
    assert sum("10:00" in fact for fact in facts) == sum(time[0] == "1" for time in times)


def test_what_the_keys_lead_to_is_seen_on_the_page(qtbot: QtBot, window: MainWindow) -> None:
    lanes = [{**one, "SpeakerId": str(at)} for at, one in enumerate(TWO_SPEAKERS * 3)]
    pane = show(qtbot, window, speech(*lanes))
    view, page = pane.view, window.overview
    window.resize(1100, 420)
    page.verticalScrollBar().setValue(0)
    view.setFocus()
    assert page.verticalScrollBar().value() > 0
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(view, key)
        box = view.item_box()
        assert box is not None
        seen = page.viewport().rect()
        assert seen.top() <= view.viewport().mapTo(page.viewport(), box.center()).y() <= seen.bottom()
