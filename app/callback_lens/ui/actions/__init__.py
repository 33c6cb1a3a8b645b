"""Everything the window can be asked to do: one table that menus, tool bar, keyboard help and tests read."""

from collections.abc import Iterator

from callback_lens.errors import Message
from callback_lens.ui.actions.action import Action, Menu
from callback_lens.ui.actions.capture_menu import CAPTURES
from callback_lens.ui.actions.file_menu import FILE
from callback_lens.ui.actions.find_menu import FIND
from callback_lens.ui.actions.timeline_menu import TIMELINE
from callback_lens.ui.actions.view_menu import VIEW

HELP = Menu(
    "help",
    Message("&Help"),
    (
        Action(
            "keyboard",
            Message("&Keyboard"),
            Message("What the keys do"),
            "F1",
            "commands.show_keyboard",
            "keyboard",
        ),
        Action(
            "about",
            Message("&About Callback Lens"),
            Message("Version and licence"),
            "Shift+F1",
            "commands.show_about",
            "help",
        ),
    ),
)
MENUS: tuple[Menu, ...] = (FILE, FIND, VIEW, CAPTURES, TIMELINE, HELP)
TOOL_BAR: tuple[str | None, ...] = (
    *("open", "open-folder", "paste", None),
    *("reload", None),
    *("find", "filter", "go-to", None),
    *("expand-all", "collapse-all", None),
    *("zoom-out", "zoom-in"),
)
WITH_TEXT = ("open", "paste")


def all_actions(menus: tuple[Action | Menu | None, ...] = MENUS) -> Iterator[Action]:
    """The actions of ``menus`` (by default all there are), in order."""
    for item in menus:
        if isinstance(item, Action):
            yield item
        elif item is not None:
            yield from all_actions(item.items)
