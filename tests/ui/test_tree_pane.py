from collections.abc import Callable

import pytest
from callback_lens.ui.entries import Entry
from callback_lens.ui.models.node_model import NAME
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.tree.tree_pane import TreePane
from context_menus import POPUP
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot
from tree_panes import TAG, current_path, rows_in_sight, settled


def test_the_first_levels_are_open(opened_tree: TreePane) -> None:
    paths = rows_in_sight(opened_tree)
    assert TAG in paths
    assert "JobsDetail[0].Input.Object" in paths
    assert len(paths) < 60


def test_keys_walk_the_tree_and_select_everywhere(qtbot: QtBot, opened_tree: TreePane, selection: Selection) -> None:
    opened_tree.view.setFocus()
    opened_tree.view.setCurrentIndex(opened_tree.model.index(0, 0))
    qtbot.keyClick(opened_tree.view, Qt.Key.Key_Down)
    assert selection.node is not None
    assert selection.node.path == "EventName"
    qtbot.keyClick(opened_tree.view, Qt.Key.Key_Down)
    qtbot.keyClick(opened_tree.view, Qt.Key.Key_Left)
    assert "JobsDetail[0].Tag" not in rows_in_sight(opened_tree)
    qtbot.keyClick(opened_tree.view, Qt.Key.Key_Right)
    qtbot.keyClick(opened_tree.view, Qt.Key.Key_Right)
    assert current_path(opened_tree) == "JobsDetail[0].State"


def test_what_is_selected_elsewhere_is_revealed(opened_tree: TreePane, selection: Selection) -> None:
    path = "JobsDetail[0].Operation.SpeechRecognitionResult.ResultDetail[1].Words[2].Word"
    opened_tree.collapse_all()
    assert selection.select_path(path)
    assert current_path(opened_tree) == path
    assert opened_tree.view.visualRect(opened_tree.view.currentIndex()).isValid()
    assert [button.text() for button in opened_tree.breadcrumb.buttons][-1] == "Word"


@pytest.mark.parametrize(
    "path", [TAG, "/Response/JobsDetail[1]/Tag", "$.Response.JobsDetail.Tag", 'data["Response"]["JobsDetail"]["Tag"]']
)
def test_going_to_a_path(opened_tree: TreePane, path: str) -> None:
    assert opened_tree.go_to(path)
    assert current_path(opened_tree) == TAG


def test_going_nowhere(opened_tree: TreePane) -> None:
    before = current_path(opened_tree)
    assert not opened_tree.go_to("No.Such[3]")
    assert current_path(opened_tree) == before


def test_the_breadcrumb_leads_up(qtbot: QtBot, opened_tree: TreePane, selection: Selection) -> None:
    opened_tree.go_to("JobsDetail[0].Input.Object")
    names = [button.text() for button in opened_tree.breadcrumb.buttons]
    assert names == ["Response", "JobsDetail[0]", "Input", "Object"]
    qtbot.mouseClick(opened_tree.breadcrumb.buttons[1], Qt.MouseButton.LeftButton)
    assert selection.node is not None
    assert current_path(opened_tree) == selection.node.path == "JobsDetail[0]"


def test_a_narrow_breadcrumb_shows_its_end(opened_tree: TreePane) -> None:
    opened_tree.resize(200, 700)
    opened_tree.go_to("JobsDetail[0].Operation.SpeechRecognitionResult.ResultDetail[1].Words[2].Word")
    buttons = opened_tree.breadcrumb.buttons
    assert 1 <= len(buttons) < 6
    assert buttons[-1].text() == "Word"


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
def test_copying(qtbot: QtBot, opened_tree: TreePane, copy: str, text: str) -> None:
    QGuiApplication.clipboard().clear()
    getattr(opened_tree, copy)()
    opened_tree.go_to(TAG)
    getattr(opened_tree, copy)()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == text)


def test_the_copy_key_copies_what_is_written(
    qtbot: QtBot, tree: TreePane, selection: Selection, entry: Callable[..., Entry]
) -> None:
    selection.open(entry(b'{"A": "1048576", "DocPassword": "secret"}'))
    tree.go_to("A")
    qtbot.keyClick(tree.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1048576"


def menu_of(qtbot: QtBot, tree: TreePane) -> QMenu:
    rect = tree.view.visualRect(tree.view.currentIndex())
    tree.view.customContextMenuRequested.emit(rect.center())
    menus = [menu for menu in tree.view.findChildren(QMenu) if menu.isVisible()]
    assert len(menus) == 1
    return menus[0]


@pytest.mark.qt_log_ignore(POPUP, extend=True)
def test_a_secret_is_copied_only_if_that_is_asked_for(
    qtbot: QtBot, tree: TreePane, selection: Selection, entry: Callable[..., Entry]
) -> None:
    selection.open(entry(b'{"A": "1", "DocPassword": "secret"}'))
    tree.go_to("DocPassword")
    tree.copy_value()
    assert QGuiApplication.clipboard().text() == "***"
    menu = menu_of(qtbot, tree)
    (unmasked,) = [action for action in menu.actions() if "secrets" in action.text()]
    unmasked.trigger()
    menu.close()
    assert QGuiApplication.clipboard().text() == "secret"


@pytest.mark.qt_log_ignore(POPUP, extend=True)
def test_the_menu_of_a_node_with_others_in_it_opens_and_closes_it(qtbot: QtBot, opened_tree: TreePane) -> None:
    opened_tree.collapse_all()
    opened_tree.go_to("JobsDetail[0].Input")
    index = opened_tree.view.currentIndex()
    menu = menu_of(qtbot, opened_tree)
    next(action for action in menu.actions() if action.text() == "Expand all below").trigger()
    menu.close()
    settled(qtbot, opened_tree)
    assert opened_tree.view.isExpanded(index)


def test_nothing_is_open_or_readable(tree: TreePane, selection: Selection, entry: Callable[..., Entry]) -> None:
    assert tree.view.empty_text == "Open a callback to see its tree."
    selection.open(entry(b"neither XML nor JSON"))
    assert "Raw tab" in tree.view.empty_text
    assert tree.model.rowCount() == 0
    tree.expand_all()
    tree.collapse_all()
    tree.copy_value()
    assert not tree.go_to("Tag")


def test_the_meaning_is_said_in_the_windows_language(opened_tree: TreePane) -> None:
    opened_tree.go_to(TAG)
    term, note = opened_tree._node_line._term.text(), opened_tree._node_line._note.text()
    assert term
    assert note


def test_without_a_selected_node_the_strip_says_what_to_do_in_the_same_room(
    qtbot: QtBot, session: Session, selection: Selection, entry: Callable[[bytes | str], Entry]
) -> None:
    tree = TreePane(session, selection)
    qtbot.addWidget(tree)
    tree.resize(420, 600)
    tree.search_bar.field.setFocus()  # a tree with the focus always has a current node
    tree.show()
    assert not tree.breadcrumb.isVisible()  # nothing is open
    selection.open(entry("SmartCover/api-success.json"))
    qtbot.waitUntil(lambda: hints(tree) == ["Select a node to see what it means"])
    before = tree.view.height()
    tree.go_to(TAG)
    qtbot.waitUntil(tree._node_line._term.isVisible)
    assert tree.view.height() == before
    selection.open(entry(b"neither XML nor JSON"))
    assert not tree.breadcrumb.isVisible()


def hints(tree: TreePane) -> list[str]:
    return [label.text() for label in tree.breadcrumb.findChildren(QLabel) if label.isVisible()]


def test_names_leave_room_for_values(qtbot: QtBot, opened_tree: TreePane) -> None:
    opened_tree.resize(300, 500)
    assert opened_tree.view.columnWidth(0) <= 0.61 * opened_tree.view.width()
    opened_tree.view.setColumnWidth(0, 200)  # as the user likes it
    opened_tree.resize(320, 500)
    assert opened_tree.view.columnWidth(0) == 200


def test_names_in_sight_have_room(tree: TreePane, selection: Selection, entry: Callable[..., Entry]) -> None:
    tree.resize(900, 500)
    before = tree.view.columnWidth(NAME)
    selection.open(entry(b'{"A": {"ANameThatNeedsFarMoreRoomThanOtherNames": {"B": ["x"]}}}'))
    assert tree.view.columnWidth(NAME) == tree.view.sizeHintForColumn(NAME) > before
    tree.go_to("A")
    tree.view.collapse(tree.view.currentIndex())
    assert tree.view.columnWidth(NAME) > before  # it does not jump


def test_names_have_room_when_they_come_in_sight(
    tree: TreePane, selection: Selection, entry: Callable[..., Entry]
) -> None:
    tree.resize(900, 500)
    names = ", ".join(f'"ANameThatNeedsFarMoreRoomThanOtherNames{number}": 0' for number in range(80))
    selection.open(entry(f'{{"A": {{{names}}}}}'.encode()))
    before = tree.view.columnWidth(NAME)
    tree.view.expand(tree.model.index_at((0,)))
    assert tree.view.columnWidth(NAME) == tree.view.sizeHintForColumn(NAME) > before


def test_the_users_width_is_kept_for_the_next_time(
    qtbot: QtBot, session: Session, selection: Selection, opened_tree: TreePane
) -> None:
    assert opened_tree.state().isEmpty()
    opened_tree.view.setColumnWidth(NAME, 177)
    again = TreePane(session, selection)
    qtbot.addWidget(again)
    again.restore(opened_tree.state())
    again.resize(1000, 500)
    selection.open(selection.entry)
    assert again.view.columnWidth(NAME) == 177
    assert not again.state().isEmpty()


def test_every_control_has_a_name(opened_tree: TreePane) -> None:
    opened_tree.go_to(TAG)
    controls = [widget for kind in (QAbstractButton, QLineEdit, QComboBox) for widget in opened_tree.findChildren(kind)]
    unnamed = [
        widget for widget in [*controls, opened_tree.view, opened_tree.breadcrumb] if not widget.accessibleName()
    ]
    assert not unnamed
    assert all(isinstance(widget, QWidget) for widget in controls)


def test_looking_and_speaking_anew_changes_nothing_but_the_look(opened_tree: TreePane, session: Session) -> None:
    opened_tree.go_to(TAG)
    session.change_theme(session.theme)
    session.change_language(session.language)
    assert current_path(opened_tree) == TAG
    assert not opened_tree.grab().isNull()
