from collections.abc import Callable, Iterator
from itertools import islice

import pytest
from callback_lens.payload.nodes import Node
from callback_lens.payload.places import Place, Wanted, find
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_xml
from callback_lens.ui.entries import Entry
from callback_lens.ui.selection import Selection
from callback_lens.ui.tree import search as search_module
from callback_lens.ui.tree import tree_pane
from callback_lens.ui.tree.tree_pane import TreePane
from PySide6.QtCore import QElapsedTimer, QModelIndex, Qt, QTimer
from pytestqt.qtbot import QtBot
from tree_panes import TAG, current_path, rows_in_sight, search, settled


def test_typing_searches_and_enter_goes_round(qtbot: QtBot, opened_tree: TreePane) -> None:
    search(qtbot, opened_tree, "success")
    field = opened_tree.search_bar.field
    assert current_path(opened_tree) == "JobsDetail[0].State"
    assert field.count.text() == "1 of 2"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert current_path(opened_tree) == "JobsDetail[0].Code"
    qtbot.keyClick(opened_tree, Qt.Key.Key_F3)
    assert current_path(opened_tree) == "JobsDetail[0].State"
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert (current_path(opened_tree), field.count.text()) == ("JobsDetail[0].Code", "2 of 2")


def test_typing_in_the_tree_searches(qtbot: QtBot, opened_tree: TreePane) -> None:
    opened_tree.view.setFocus()
    qtbot.keyClick(opened_tree.view, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: opened_tree.finding.search.query.text == "j" and not opened_tree.finding.search.is_running)
    assert opened_tree.search_bar.field.text() == "j"
    assert opened_tree.search_bar.field.hasFocus()


def test_case_names_and_values(qtbot: QtBot, opened_tree: TreePane) -> None:
    search(qtbot, opened_tree, "tag")
    assert len(opened_tree.finding.search.places) == 1
    qtbot.mouseClick(opened_tree.search_bar.case, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opened_tree.search_bar.field.count.text() == "no match")
    qtbot.mouseClick(opened_tree.search_bar.case, Qt.MouseButton.LeftButton)
    menu = opened_tree.search_bar.scope.menu()
    menu.actions()[2].trigger()
    qtbot.waitUntil(lambda: opened_tree.search_bar.field.count.text() == "no match")
    assert opened_tree.search_bar.scope.text() == "Values"
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: opened_tree.search_bar.field.count.text() == "1 of 1")


def test_a_broken_pattern_is_told(qtbot: QtBot, opened_tree: TreePane) -> None:
    opened_tree.search_bar.pattern.setChecked(True)
    search(qtbot, opened_tree, "(a")
    assert opened_tree._problem.isVisible()
    assert "character 3" in opened_tree._problem.text()
    search(qtbot, opened_tree, "^Spee.h")
    assert not opened_tree._problem.isVisible()
    assert current_path(opened_tree) == TAG


def test_a_pattern_that_runs_away_holds_nothing_up(
    qtbot: QtBot, tree: TreePane, selection: Selection, entry: Callable[..., Entry]
) -> None:
    selection.open(entry(b"<Response><B>" + b"a" * 100 + b"b</B></Response>"))
    tree.search_bar.pattern.setChecked(True)
    tree.search_bar.field.setText(r"^(a|a)*\1*$")
    qtbot.waitUntil(lambda: "too long" in tree._problem.text())


def test_a_filter_shows_matches_and_all_again(qtbot: QtBot, opened_tree: TreePane) -> None:
    before = rows_in_sight(opened_tree)
    search(qtbot, opened_tree, "success")
    qtbot.mouseClick(opened_tree.search_bar.filter, Qt.MouseButton.LeftButton)
    wanted = ["", "JobsDetail[0]", "JobsDetail[0].State", "JobsDetail[0].Code"]
    qtbot.waitUntil(lambda: rows_in_sight(opened_tree) == wanted)
    search(qtbot, opened_tree, "TaskFinish")
    qtbot.waitUntil(lambda: rows_in_sight(opened_tree) == ["", "EventName"])
    opened_tree.toggle_filter()
    assert rows_in_sight(opened_tree) == before


def test_what_the_filter_hides_is_shown_when_it_is_selected_elsewhere(
    qtbot: QtBot, opened_tree: TreePane, selection: Selection
) -> None:
    opened_tree.toggle_filter()
    search(qtbot, opened_tree, "TaskFinish")
    qtbot.waitUntil(lambda: opened_tree.model.shown is not None)
    settled(qtbot, opened_tree)
    selection.select_path(TAG)
    assert current_path(opened_tree) == TAG
    assert not opened_tree.search_bar.filter.isChecked()


def test_a_filter_opens_only_so_many_rows(
    qtbot: QtBot, tree: TreePane, selection: Selection, entry: Callable[..., Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree_pane, "MOST_OPENED_BY_FILTER", 1)
    selection.open(entry(b'{"A": {"x": 1}, "B": {"x": 2}}'))
    search(qtbot, tree, "x")
    tree.toggle_filter()
    qtbot.waitUntil(lambda: tree.model.shown is not None)
    settled(qtbot, tree)
    assert rows_in_sight(tree) == ["A", "A.x", "B"]


def test_what_is_filtered_is_closed_and_stays_filtered(qtbot: QtBot, opened_tree: TreePane) -> None:
    search(qtbot, opened_tree, "success")
    opened_tree.toggle_filter()
    qtbot.waitUntil(lambda: opened_tree.model.shown is not None)
    opened_tree.collapse_all()
    assert rows_in_sight(opened_tree) == ["", "JobsDetail[0]"]
    assert current_path(opened_tree) == "JobsDetail[0]"


def test_nothing_matches(qtbot: QtBot, opened_tree: TreePane) -> None:
    opened_tree.toggle_filter()
    search(qtbot, opened_tree, "no such text")
    qtbot.waitUntil(lambda: opened_tree.model.rowCount() == 0)
    assert opened_tree.view.empty_text == "No node matches."
    assert opened_tree.search_bar.field.count.text() == "no match"


def test_a_search_that_is_stopped_says_so(qtbot: QtBot, opened_tree: TreePane, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(top: Node, wanted: Wanted, check: Callable[[], None]) -> Iterator[Place]:
        yield from islice(find(top, wanted), 3)
        while True:
            check()

    monkeypatch.setattr(search_module, "find", endless)
    field = opened_tree.search_bar.field
    field.setText("Word")
    qtbot.waitUntil(lambda: len(opened_tree.finding.search.places) == 3)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not opened_tree.finding.search.is_running
    assert field.count.text() == "1 of 3 so far"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.count.text() == "2 of 3 so far"
    monkeypatch.undo()
    search(qtbot, opened_tree, "success")
    assert field.count.text() == "1 of 2"


def test_escape_forgets_the_search_then_returns(qtbot: QtBot, opened_tree: TreePane) -> None:
    search(qtbot, opened_tree, "success")
    field = opened_tree.search_bar.field
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), opened_tree.finding.search.places, field.count.text()) == ("", [], "")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert opened_tree.view.hasFocus()


class Gaps:
    """How long the event loop was held up, in ms, as a timer of 1 ms sees it."""

    def __init__(self) -> None:
        self.longest = 0
        self._clock = QElapsedTimer()
        self._clock.start()
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=1)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        self.longest = max(self.longest, self._clock.restart())

    def stop(self) -> int:
        self._timer.stop()
        return self.longest


def test_a_hundred_thousand_words(
    qtbot: QtBot,
    tree: TreePane,
    selection: Selection,
    entry: Callable[..., Entry],
    record_property: Callable[[str, object], None],
) -> None:
    selection.open(entry(synthetic_speech_xml(SyntheticSpeech())))
    gaps = Gaps()
    search(qtbot, tree, "SpeakerId")
    assert tree.search_bar.field.count.text() == "1 of 4,500"
    tree.toggle_filter()
    qtbot.waitUntil(lambda: tree.model.shown is not None)
    settled(qtbot, tree)
    tree.toggle_filter()
    search(qtbot, tree, "no such text")
    assert not tree.finding.search.places
    tree.expand_below(tree.model.index(0, 0, QModelIndex()))
    qtbot.waitUntil(tree._stop_line.isVisible)
    tree.stop()
    record_property("longest_gap_ms", gaps.stop())
