from collections.abc import Callable, Iterator

import pytest
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_xml
from callback_lens.ui.entries import Entry
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.tree import search_bar, tree_view
from callback_lens.ui.tree.tree_pane import TreePane
from PySide6.QtCore import QElapsedTimer, QModelIndex, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

SAMPLE = "SpeechRecognition/api-success.xml"
TAG = "JobsDetail[0].Tag"
POPUP = "This plugin does not support (raise|grabbing)"  # the offscreen platform, of every menu


@pytest.fixture
def pane(qtbot: QtBot, session: Session, selection: Selection, monkeypatch: pytest.MonkeyPatch) -> Iterator[TreePane]:
    monkeypatch.setattr(search_bar, "TYPING_PAUSE", 0)
    pane = TreePane(session, selection)
    qtbot.addWidget(pane)
    pane.resize(430, 700)
    pane.show()
    qtbot.waitExposed(pane)
    yield pane
    pane.stop()


@pytest.fixture
def opened(pane: TreePane, selection: Selection, entry: Callable[..., Entry]) -> TreePane:
    selection.open(entry(SAMPLE))
    return pane


def rows_in_sight(pane: TreePane) -> list[str]:
    index, names = pane.model.index(0, 0), []
    while index.isValid():
        node = pane.model.node(index)
        names.append(node.path if node else "")
        index = pane.view.indexBelow(index)
    return names


def current_path(pane: TreePane) -> str | None:
    index = pane.view.currentIndex()
    node = pane.model.node(index) if index.isValid() else None
    return node.path if node else None


def search(qtbot: QtBot, pane: TreePane, text: str) -> None:
    field = pane.search_bar.field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.waitUntil(lambda: pane.finding.search.query.text == text and not pane.finding.search.is_running)


def settled(qtbot: QtBot, pane: TreePane) -> None:
    qtbot.waitUntil(lambda: not pane.expander.is_running, timeout=30_000)


def test_the_first_levels_are_open(opened: TreePane) -> None:
    paths = rows_in_sight(opened)
    assert TAG in paths
    assert "JobsDetail[0].Input.Object" in paths
    assert len(paths) < 60


def test_keys_walk_the_tree_and_select_everywhere(qtbot: QtBot, opened: TreePane, selection: Selection) -> None:
    opened.view.setFocus()
    opened.view.setCurrentIndex(opened.model.index(0, 0))
    qtbot.keyClick(opened.view, Qt.Key.Key_Down)
    assert selection.node is not None
    assert selection.node.path == "EventName"
    qtbot.keyClick(opened.view, Qt.Key.Key_Down)
    qtbot.keyClick(opened.view, Qt.Key.Key_Left)
    assert "JobsDetail[0].Tag" not in rows_in_sight(opened)
    qtbot.keyClick(opened.view, Qt.Key.Key_Right)
    qtbot.keyClick(opened.view, Qt.Key.Key_Right)
    assert current_path(opened) == "JobsDetail[0].State"


def test_what_is_selected_elsewhere_is_revealed(opened: TreePane, selection: Selection) -> None:
    path = "JobsDetail[0].Operation.SpeechRecognitionResult.ResultDetail[1].Words[2].Word"
    opened.collapse_all()
    assert selection.select_path(path)
    assert current_path(opened) == path
    assert opened.view.visualRect(opened.view.currentIndex()).isValid()
    assert [button.text() for button in opened.breadcrumb.buttons][-1] == "Word"


@pytest.mark.parametrize(
    "path", [TAG, "/Response/JobsDetail[1]/Tag", "$.Response.JobsDetail.Tag", 'data["Response"]["JobsDetail"]["Tag"]']
)
def test_going_to_a_path(opened: TreePane, path: str) -> None:
    assert opened.go_to(path)
    assert current_path(opened) == TAG


def test_going_nowhere(opened: TreePane) -> None:
    before = current_path(opened)
    assert not opened.go_to("No.Such[3]")
    assert current_path(opened) == before


def test_the_breadcrumb_leads_up(qtbot: QtBot, opened: TreePane, selection: Selection) -> None:
    opened.go_to("JobsDetail[0].Input.Object")
    names = [button.text() for button in opened.breadcrumb.buttons]
    assert names == ["Response", "JobsDetail[0]", "Input", "Object"]
    qtbot.mouseClick(opened.breadcrumb.buttons[1], Qt.MouseButton.LeftButton)
    assert selection.node is not None
    assert current_path(opened) == selection.node.path == "JobsDetail[0]"


def test_a_narrow_breadcrumb_shows_its_end(opened: TreePane) -> None:
    opened.resize(200, 700)
    opened.go_to("JobsDetail[0].Operation.SpeechRecognitionResult.ResultDetail[1].Words[2].Word")
    buttons = opened.breadcrumb.buttons
    assert 1 <= len(buttons) < 6
    assert buttons[-1].text() == "Word"


def test_typing_searches_and_enter_goes_round(qtbot: QtBot, opened: TreePane) -> None:
    search(qtbot, opened, "success")
    field = opened.search_bar.field
    assert current_path(opened) == "JobsDetail[0].State"
    assert field.count.text() == "1 of 2"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert current_path(opened) == "JobsDetail[0].Code"
    qtbot.keyClick(opened, Qt.Key.Key_F3)
    assert current_path(opened) == "JobsDetail[0].State"
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert (current_path(opened), field.count.text()) == ("JobsDetail[0].Code", "2 of 2")


def test_typing_in_the_tree_searches(qtbot: QtBot, opened: TreePane) -> None:
    opened.view.setFocus()
    qtbot.keyClick(opened.view, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: opened.finding.search.query.text == "j" and not opened.finding.search.is_running)
    assert opened.search_bar.field.text() == "j"
    assert opened.search_bar.field.hasFocus()


def test_case_names_and_values(qtbot: QtBot, opened: TreePane) -> None:
    search(qtbot, opened, "tag")
    assert len(opened.finding.search.places) == 1
    qtbot.mouseClick(opened.search_bar.case, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opened.search_bar.field.count.text() == "no match")
    qtbot.mouseClick(opened.search_bar.case, Qt.MouseButton.LeftButton)
    menu = opened.search_bar.scope.menu()
    menu.actions()[2].trigger()
    qtbot.waitUntil(lambda: opened.search_bar.field.count.text() == "no match")
    assert opened.search_bar.scope.text() == "Values"
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: opened.search_bar.field.count.text() == "1 of 1")


def test_a_broken_pattern_is_told(qtbot: QtBot, opened: TreePane) -> None:
    opened.search_bar.pattern.setChecked(True)
    search(qtbot, opened, "(a")
    assert opened._problem.isVisible()
    assert "character 3" in opened._problem.text()
    search(qtbot, opened, "^Spee.h")
    assert not opened._problem.isVisible()
    assert current_path(opened) == TAG


def test_a_pattern_that_runs_away_holds_nothing_up(
    qtbot: QtBot, pane: TreePane, selection: Selection, entry: Callable[..., Entry]
) -> None:
    selection.open(entry(b"<Response><B>" + b"a" * 100 + b"b</B></Response>"))
    pane.search_bar.pattern.setChecked(True)
    pane.search_bar.field.setText(r"^(a|a)*\1*$")
    qtbot.waitUntil(lambda: "too long" in pane._problem.text())


def test_a_filter_shows_matches_and_all_again(qtbot: QtBot, opened: TreePane) -> None:
    before = rows_in_sight(opened)
    search(qtbot, opened, "success")
    qtbot.mouseClick(opened.search_bar.filter, Qt.MouseButton.LeftButton)
    wanted = ["", "JobsDetail[0]", "JobsDetail[0].State", "JobsDetail[0].Code"]
    qtbot.waitUntil(lambda: rows_in_sight(opened) == wanted)
    search(qtbot, opened, "TaskFinish")
    qtbot.waitUntil(lambda: rows_in_sight(opened) == ["", "EventName"])
    opened.toggle_filter()
    assert rows_in_sight(opened) == before


def test_what_the_filter_hides_is_shown_when_it_is_selected_elsewhere(
    qtbot: QtBot, opened: TreePane, selection: Selection
) -> None:
    opened.toggle_filter()
    search(qtbot, opened, "TaskFinish")
    qtbot.waitUntil(lambda: opened.model.shown is not None)
    settled(qtbot, opened)
    selection.select_path(TAG)
    assert current_path(opened) == TAG
    assert not opened.search_bar.filter.isChecked()


def test_nothing_matches(qtbot: QtBot, opened: TreePane) -> None:
    opened.toggle_filter()
    search(qtbot, opened, "no such text")
    qtbot.waitUntil(lambda: opened.model.rowCount() == 0)
    assert opened.view.empty_text == "No node matches."
    assert opened.search_bar.field.count.text() == "no match"


def test_escape_forgets_the_search_then_returns(qtbot: QtBot, opened: TreePane) -> None:
    search(qtbot, opened, "success")
    field = opened.search_bar.field
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), opened.finding.search.places, field.count.text()) == ("", [], "")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert opened.view.hasFocus()


@pytest.mark.parametrize(
    ("copy", "text"),
    [
        ("copy_value", "SpeechRecognition"),
        ("copy_name", "Tag"),
        ("copy_path", TAG),
        ("copy_xpath", "/Response/JobsDetail[1]/Tag"),
        ("copy_jsonpath", "$.Response.JobsDetail.Tag"),
        ("copy_python", 'data["Response"]["JobsDetail"]["Tag"]'),
        ("copy_json", '"SpeechRecognition"'),
        ("copy_subtree", "<Tag>SpeechRecognition</Tag>"),
    ],
)
def test_copying(qtbot: QtBot, opened: TreePane, copy: str, text: str) -> None:
    QGuiApplication.clipboard().clear()
    getattr(opened, copy)()
    opened.go_to(TAG)
    getattr(opened, copy)()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == text)


def test_the_copy_key_copies_what_is_written(
    qtbot: QtBot, pane: TreePane, selection: Selection, entry: Callable[..., Entry]
) -> None:
    selection.open(entry(b'{"A": "1048576", "DocPassword": "secret"}'))
    pane.go_to("A")
    qtbot.keyClick(pane.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1048576"


def menu_of(qtbot: QtBot, pane: TreePane) -> QMenu:
    rect = pane.view.visualRect(pane.view.currentIndex())
    pane.view.customContextMenuRequested.emit(rect.center())
    menus = [menu for menu in pane.view.findChildren(QMenu) if menu.isVisible()]
    assert len(menus) == 1
    return menus[0]


@pytest.mark.qt_log_ignore(POPUP, extend=True)
def test_a_secret_is_copied_only_if_that_is_asked_for(
    qtbot: QtBot, pane: TreePane, selection: Selection, entry: Callable[..., Entry]
) -> None:
    selection.open(entry(b'{"A": "1", "DocPassword": "secret"}'))
    pane.go_to("DocPassword")
    pane.copy_value()
    assert QGuiApplication.clipboard().text() == "***"
    menu = menu_of(qtbot, pane)
    (unmasked,) = [action for action in menu.actions() if "secrets" in action.text()]
    unmasked.trigger()
    menu.close()
    assert QGuiApplication.clipboard().text() == "secret"


@pytest.mark.qt_log_ignore(POPUP, extend=True)
def test_the_menu_of_a_node_with_others_in_it_opens_and_closes_it(qtbot: QtBot, opened: TreePane) -> None:
    opened.collapse_all()
    opened.go_to("JobsDetail[0].Input")
    index = opened.view.currentIndex()
    menu = menu_of(qtbot, opened)
    next(action for action in menu.actions() if action.text() == "Expand all below").trigger()
    menu.close()
    settled(qtbot, opened)
    assert opened.view.isExpanded(index)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_opening_to_a_level(qtbot: QtBot, opened: TreePane, level: int) -> None:
    opened.expand_all()
    opened.expand_to_level(level)
    settled(qtbot, opened)
    assert max(path.count(".") for path in rows_in_sight(opened)) == level - 1


def test_opening_everything_and_closing_it(qtbot: QtBot, opened: TreePane) -> None:
    opened.expand_all()
    settled(qtbot, opened)
    assert "JobsDetail[0].Operation.SpeechRecognitionResult.ResultDetail[1].Words[2].Word" in rows_in_sight(opened)
    opened.go_to(TAG)
    opened.collapse_all()
    assert rows_in_sight(opened) == ["", "EventName", "JobsDetail[0]"]
    assert current_path(opened) == "JobsDetail[0]"


def test_the_asterisk_opens_what_is_below(qtbot: QtBot, opened: TreePane) -> None:
    opened.collapse_all()
    opened.view.setCurrentIndex(opened.model.index(0, 0))
    qtbot.keyClick(opened.view, Qt.Key.Key_Asterisk)
    settled(qtbot, opened)
    assert "JobsDetail[0].Input.Object" in rows_in_sight(opened)


def test_escape_stops_opening(qtbot: QtBot, pane: TreePane, selection: Selection, entry: Callable[..., Entry]) -> None:
    selection.open(entry(synthetic_speech_xml(SyntheticSpeech(sentences=400))))
    pane.view.setFocus()
    pane.expand_all()
    qtbot.waitUntil(pane._stop_line.isVisible)
    qtbot.keyClick(pane.view, Qt.Key.Key_Escape)
    assert not pane.expander.is_running
    assert not pane._stop_line.isVisible()
    assert pane.view.viewport().updatesEnabled()


def test_another_font_is_not_applied_to_a_very_long_tree_at_once(
    qtbot: QtBot, pane: TreePane, selection: Selection, entry: Callable[..., Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree_view, "MOST_LAID_OUT", 20)
    selection.open(entry(synthetic_speech_xml(SyntheticSpeech(sentences=3))))
    pane.expand_all()
    settled(qtbot, pane)
    pane.go_to(TAG)
    before = len(rows_in_sight(pane))
    font = pane.view.font()
    font.setPointSize(font.pointSize() + 4)
    pane.view.setFont(font)
    assert len(rows_in_sight(pane)) < before
    assert current_path(pane) == TAG


def test_nothing_is_open_or_readable(pane: TreePane, selection: Selection, entry: Callable[..., Entry]) -> None:
    assert pane.view.empty_text == "Open a callback to see its tree."
    selection.open(entry(b"neither XML nor JSON"))
    assert "Raw tab" in pane.view.empty_text
    assert pane.model.rowCount() == 0
    pane.expand_all()
    pane.collapse_all()
    pane.copy_value()
    assert not pane.go_to("Tag")


def test_the_meaning_is_said_in_the_windows_language(opened: TreePane) -> None:
    opened.go_to(TAG)
    term, note = opened._node_line._term.text(), opened._node_line._note.text()
    assert term
    assert note


def test_without_a_selected_node_the_strip_says_what_to_do_in_the_same_room(
    qtbot: QtBot, session: Session, selection: Selection, entry: Callable[[bytes | str], Entry]
) -> None:
    pane = TreePane(session, selection)
    qtbot.addWidget(pane)
    pane.resize(420, 600)
    pane.search_bar.field.setFocus()  # a tree with the focus always has a current node
    pane.show()
    assert not pane.breadcrumb.isVisible()  # nothing is open
    selection.open(entry("SmartCover/api-success.json"))
    qtbot.waitUntil(lambda: hints(pane) == ["Select a node to see what it means"])
    before = pane.view.height()
    pane.go_to(TAG)
    qtbot.waitUntil(pane._node_line._term.isVisible)
    assert pane.view.height() == before
    selection.open(entry(b"neither XML nor JSON"))
    assert not pane.breadcrumb.isVisible()


def hints(pane: TreePane) -> list[str]:
    return [label.text() for label in pane.breadcrumb.findChildren(QLabel) if label.isVisible()]


def test_names_leave_room_for_values(qtbot: QtBot, opened: TreePane) -> None:
    opened.resize(300, 500)
    assert opened.view.columnWidth(0) <= 0.61 * opened.view.width()
    opened.view.setColumnWidth(0, 200)  # as the user likes it
    opened.resize(320, 500)
    assert opened.view.columnWidth(0) == 200


def test_every_control_has_a_name(opened: TreePane) -> None:
    opened.go_to(TAG)
    controls = [widget for kind in (QAbstractButton, QLineEdit, QComboBox) for widget in opened.findChildren(kind)]
    unnamed = [widget for widget in [*controls, opened.view, opened.breadcrumb] if not widget.accessibleName()]
    assert not unnamed
    assert all(isinstance(widget, QWidget) for widget in controls)


def test_looking_and_speaking_anew_changes_nothing_but_the_look(opened: TreePane, session: Session) -> None:
    opened.go_to(TAG)
    session.change_theme(session.theme)
    session.change_language(session.language)
    assert current_path(opened) == TAG
    assert not opened.grab().isNull()


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
    pane: TreePane,
    selection: Selection,
    entry: Callable[..., Entry],
    record_property: Callable[[str, object], None],
) -> None:
    selection.open(entry(synthetic_speech_xml(SyntheticSpeech())))
    gaps = Gaps()
    search(qtbot, pane, "SpeakerId")
    assert pane.search_bar.field.count.text() == "1 of 4,500"
    pane.toggle_filter()
    qtbot.waitUntil(lambda: pane.model.shown is not None)
    settled(qtbot, pane)
    pane.toggle_filter()
    search(qtbot, pane, "no such text")
    assert not pane.finding.search.places
    pane.expand_below(pane.model.index(0, 0, QModelIndex()))
    qtbot.waitUntil(pane._stop_line.isVisible)
    pane.stop()
    record_property("longest_gap_ms", gaps.stop())
