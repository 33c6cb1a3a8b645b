"""The table of actions, and that the window does what it says."""

from collections import Counter
from operator import attrgetter

import pytest
from callback_lens.i18n import words_in
from callback_lens.resources import resource
from callback_lens.ui.actions import MENUS, TOOL_BAR, WITH_TEXT, all_actions
from callback_lens.ui.actions.action import Action, Menu
from callback_lens.ui.actions.timeline_menu import GESTURES
from callback_lens.ui.dialogs.help import KeyboardDialog
from callback_lens.ui.main_window import MainWindow
from callback_lens.ui.menus import plain
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QTreeWidgetItemIterator
from pytestqt.qtbot import QtBot

ACTIONS = list(all_actions())
each_action = pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)


def all_menus(items: tuple[Action | Menu | None, ...] = MENUS) -> list[Menu]:
    menus = [item for item in items if isinstance(item, Menu)]
    return [found for menu in menus for found in (menu, *all_menus(menu.items))]


@each_action
def test_every_action_says_what_it_does_and_by_which_key(action: Action) -> None:
    assert str(action.text).strip()
    assert str(action.tooltip).strip()
    assert QKeySequence(action.shortcut).toString() == action.shortcut


@pytest.mark.parametrize(
    "text",
    [item.text for item in (*ACTIONS, *all_menus())]
    + [action.tooltip for action in ACTIONS]
    + [words for gesture in GESTURES for words in gesture],
    ids=str,
)
def test_every_text_is_translated(text: object) -> None:
    own_names = ("&English", "中文 (&Chinese)", "Lan&guage / 语言")  # whoever looks for a language must find it
    assert words_in("zh", resource("i18n"))(text) != str(text) or str(text) in own_names


def test_ids_and_shortcuts_are_unique() -> None:
    for values in ([action.id for action in ACTIONS], [action.shortcut for action in ACTIONS]):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_no_shortcut_is_the_beginning_of_another() -> None:
    keys = [QKeySequence(action.shortcut) for action in ACTIONS]
    partial = QKeySequence.SequenceMatch.PartialMatch
    assert not [(a.toString(), b.toString()) for a in keys for b in keys if a.matches(b) is partial]


def test_what_is_on_the_tool_bar_has_an_icon() -> None:
    shown = {action.id: action for action in ACTIONS}
    for name in filter(None, (*TOOL_BAR, *WITH_TEXT)):
        assert resource("icons", f"{shown[name].icon}.svg").is_file()


@pytest.mark.parametrize("menu", all_menus(), ids=lambda menu: menu.id)
def test_access_keys_of_a_menu_are_unique(menu: Menu) -> None:
    texts = [str(item.text) for item in menu.items if item is not None]
    keys = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert [key for key, count in Counter(keys).items() if count > 1] == []


@pytest.fixture
def speech(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """The window with a timeline."""
    with qtbot.waitSignal(window.overview.built):
        window.opening.open([str(resource("samples", "SpeechRecognition", "api-success.xml"))])
    return window


@each_action
def test_every_handler_is_there(speech: MainWindow, action: Action) -> None:
    assert callable(attrgetter(action.handler)(speech))
    assert speech.menus.actions[action.id].text()


@pytest.mark.parametrize(("text", "said"), [("&Open…", "Open"), ("打开(&O)…", "打开"), ("F&ind", "Find")])
def test_plain_texts_have_no_access_key(text: str, said: str) -> None:
    assert plain(text) == said


def test_the_keyboard_help_lists_every_action(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(KeyboardDialog)
    items = QTreeWidgetItemIterator(dialog.table)
    lines = []
    while items.value():
        lines.append(items.value().text(1))
        items += 1
    keys = {QKeySequence(action.shortcut).toString(QKeySequence.SequenceFormat.NativeText) for action in ACTIONS}
    assert keys <= set(lines)
    assert {str(mouse) for _, mouse in GESTURES} <= set(lines)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(KeyboardDialog) is None)
