"""The actions as Qt has them: menus, tool bar and shortcuts, made from the table."""

from collections.abc import Mapping
from dataclasses import asdict
from operator import attrgetter

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar, QToolButton, QWidget

from callback_lens.errors import Message
from callback_lens.ui.actions import MENUS, TOOL_BAR, WITH_TEXT, all_actions
from callback_lens.ui.actions.action import Action, Menu
from callback_lens.ui.session import Session
from callback_lens.ui.theme import line_height

TOOL_BAR_NAME = Message("Tools")
MORE = Message("More")


class Menus(QObject):
    """Fills the menu bar and the tool bar of ``window``, which the actions' handlers are found from."""

    def __init__(self, session: Session, window: QMainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.actions: Mapping[str, QAction] = {action.id: self._make_action(action) for action in all_actions()}
        self._by_id = {action.id: action for action in all_actions()}
        self.menus: dict[str, QMenu] = {}
        for menu in MENUS:
            window.menuBar().addMenu(self._make_menu(menu))
        self.tool_bar = self._make_tool_bar()
        self._group_choices()
        self._menus_by_title = [(menu, self.menus[menu.id]) for menu in _all_menus(MENUS)]
        session.language_changed.connect(self._say)
        session.theme_changed.connect(self._draw)
        session.preferences.changed.connect(self._check_choices)
        self._say()
        self._draw()
        self._check_choices()

    def _make_action(self, action: Action) -> QAction:
        made = QAction(self._window)
        made.setObjectName(action.id)
        made.triggered.connect(lambda: self._run(action))
        owner: QWidget | None = attrgetter(action.scope)(self._window) if action.scope else self._window
        if owner is None:  # it comes later, and answers its keys itself
            return made
        made.setShortcuts([QKeySequence(keys) for keys in (action.shortcut, action.also) if keys])
        if action.scope:
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        owner.addAction(made)
        return made

    def _run(self, action: Action) -> None:
        handler = attrgetter(action.handler)(self._window)
        handler() if action.argument is None else handler(action.argument)

    def _make_menu(self, menu: Menu) -> QMenu:
        made = self.menus[menu.id] = QMenu(self._window)
        made.setToolTipsVisible(True)
        made.aboutToShow.connect(lambda: self._draw_menu(menu))
        for item in menu.items:
            if item is None:
                made.addSeparator()
            elif isinstance(item, Menu):
                made.addMenu(self._make_menu(item))
            else:
                made.addAction(self.actions[item.id])
        return made

    def _make_tool_bar(self) -> QToolBar:
        bar = QToolBar(self._window)
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for name in TOOL_BAR:
            if name is None:
                bar.addSeparator()
            else:
                bar.addAction(self.actions[name])
        for name in WITH_TEXT:
            button = bar.widgetForAction(self.actions[name])
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._window.addToolBar(bar)
        return bar

    def _group_choices(self) -> None:
        groups: dict[str, QActionGroup] = {}
        for action in all_actions():
            if action.choice:
                self.actions[action.id].setCheckable(True)
                groups.setdefault(action.choice, QActionGroup(self)).addAction(self.actions[action.id])

    def _check_choices(self, _settings: object = None) -> None:
        chosen = asdict(self._session.preferences.settings) | {"language": self._session.language.name}
        for action in all_actions():
            if action.choice:
                self.actions[action.id].setChecked(chosen[action.choice] == action.argument)

    def enable(self, menu: Menu, is_enabled: bool) -> None:
        """Offer what ``menu`` and the menus in it have, or not."""
        for action in all_actions(menu.items):
            self.actions[action.id].setEnabled(is_enabled)

    def _say(self) -> None:
        say = self._session.say
        for action in all_actions():
            made = self.actions[action.id]
            keys = QKeySequence(action.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
            made.setText(say(action.text) if made.shortcuts() else f"{say(action.text)}\t{keys}")
            made.setIconText(plain(say(action.text)))
            made.setToolTip(f"{say(action.tooltip)} ({keys})")
        for menu, made_menu in self._menus_by_title:
            made_menu.setTitle(say(menu.text))
        self.tool_bar.setWindowTitle(say(TOOL_BAR_NAME))
        self.tool_bar.setAccessibleName(say(TOOL_BAR_NAME))
        self._name_buttons()
        self._check_choices()

    def _name_buttons(self) -> None:
        bars = ((self.tool_bar, "qt_toolbar_ext_button"), (self._window.menuBar(), "qt_menubar_ext_button"))
        for bar, name in bars:  # what Qt shows where there is no room for all
            more = bar.findChild(QToolButton, name)
            if more is not None:
                more.setAccessibleName(self._session.say(MORE))
                more.setToolTip(self._session.say(MORE))
        for action in all_actions():
            button = self.tool_bar.widgetForAction(self.actions[action.id])
            if button is not None:
                button.setAccessibleName(plain(self._session.say(action.text)))

    def _draw(self) -> None:
        size = line_height() + 2
        self.tool_bar.setIconSize(QSize(size, size))
        for name in filter(None, TOOL_BAR):
            self._draw_icon(self._by_id[name])

    def _draw_menu(self, menu: Menu) -> None:
        """The icons of a menu, drawn when it is first opened: a program starts faster without them."""
        for item in menu.items:
            if isinstance(item, Action):
                self._draw_icon(item)

    def _draw_icon(self, action: Action) -> None:
        if action.icon:
            self.actions[action.id].setIcon(self._session.theme.icon(action.icon))


def _all_menus(items: tuple[Action | Menu | None, ...]) -> list[Menu]:
    menus = [item for item in items if isinstance(item, Menu)]
    return [found for menu in menus for found in (menu, *_all_menus(menu.items))]


def plain(text: str) -> str:
    """A menu text without the mark of its access key, also as Chinese has it: ``打开(&O)…``."""
    import re

    return re.sub(r"\(&\w\)|&", "", text).removesuffix("…")
