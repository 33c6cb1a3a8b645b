from collections.abc import Callable

import pytest
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_xml
from callback_lens.ui.entries import Entry
from callback_lens.ui.selection import Selection
from callback_lens.ui.tree import tree_view
from callback_lens.ui.tree.tree_pane import TreePane
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tree_panes import TAG, current_path, rows_in_sight, settled


@pytest.mark.parametrize("level", [1, 2, 3])
def test_opening_to_a_level(qtbot: QtBot, opened_tree: TreePane, level: int) -> None:
    opened_tree.expand_all()
    opened_tree.expand_to_level(level)
    settled(qtbot, opened_tree)
    assert max(path.count(".") for path in rows_in_sight(opened_tree)) == level - 1


def test_opening_everything_and_closing_it(qtbot: QtBot, opened_tree: TreePane) -> None:
    opened_tree.expand_all()
    settled(qtbot, opened_tree)
    assert "JobsDetail[0].Operation.SpeechRecognitionResult.ResultDetail[1].Words[2].Word" in rows_in_sight(opened_tree)
    opened_tree.go_to(TAG)
    opened_tree.collapse_all()
    assert rows_in_sight(opened_tree) == ["", "EventName", "JobsDetail[0]"]
    assert current_path(opened_tree) == "JobsDetail[0]"


def test_the_asterisk_opens_what_is_below(qtbot: QtBot, opened_tree: TreePane) -> None:
    opened_tree.collapse_all()
    opened_tree.view.setCurrentIndex(opened_tree.model.index(0, 0))
    qtbot.keyClick(opened_tree.view, Qt.Key.Key_Asterisk)
    settled(qtbot, opened_tree)
    assert "JobsDetail[0].Input.Object" in rows_in_sight(opened_tree)


def test_escape_stops_opening(qtbot: QtBot, tree: TreePane, selection: Selection, entry: Callable[..., Entry]) -> None:
    selection.open(entry(synthetic_speech_xml(SyntheticSpeech(sentences=400))))
    tree.view.setFocus()
    tree.expand_all()
    qtbot.waitUntil(tree._stop_line.isVisible)
    qtbot.keyClick(tree.view, Qt.Key.Key_Escape)
    assert not tree.expander.is_running
    assert not tree._stop_line.isVisible()
    assert tree.view.viewport().updatesEnabled()


def test_another_font_is_not_applied_to_a_very_long_tree_at_once(
    qtbot: QtBot, tree: TreePane, selection: Selection, entry: Callable[..., Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree_view, "MOST_LAID_OUT", 20)
    selection.open(entry(synthetic_speech_xml(SyntheticSpeech(sentences=3))))
    tree.expand_all()
    settled(qtbot, tree)
    tree.go_to(TAG)
    before = len(rows_in_sight(tree))
    font = tree.view.font()
    font.setPointSize(font.pointSize() + 4)
    tree.view.setFont(font)
    assert len(rows_in_sight(tree)) < before
    assert current_path(tree) == TAG
