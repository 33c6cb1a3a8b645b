"""Everything the window can be asked to do: one table that menus, tool bar, keyboard help and tests read."""

from collections.abc import Iterator
from dataclasses import dataclass

from callback_lens.errors import Message


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do.

    ``handler`` is what to call, from the window on (``tree.copy_value``), ``argument`` what to call it with, unless
    it is None. ``scope`` names the widget, from the window on, that must have the focus for the shortcut to count;
    "" is the whole window. ``choice`` names the setting of which the action is one value.
    """

    id: str
    text: Message
    tooltip: Message
    shortcut: str
    handler: str
    icon: str = ""
    argument: object = None
    scope: str = ""
    choice: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """Actions and menus under a title; None is a line between them."""

    id: str
    text: Message
    items: tuple["Action | Menu | None", ...]


def all_actions(menus: "tuple[Action | Menu | None, ...] | None" = None) -> Iterator[Action]:
    """The actions of ``menus`` (by default all there are), in order."""
    for item in MENUS if menus is None else menus:
        if isinstance(item, Action):
            yield item
        elif item is not None:
            yield from all_actions(item.items)


def _levels() -> tuple[Action, ...]:
    return tuple(
        Action(
            f"expand-{level}",
            Message("Level &{level}", {"level": level}),
            Message("Expand the tree {level} levels deep", {"level": level}),
            f"Alt+{level}",
            "tree.expand_to_level",
            argument=level,
        )
        for level in range(1, 10)
    )


FILE = Menu(
    "file",
    Message("&File"),
    (
        Action(
            "open",
            Message("&Open…"),
            Message("Open callbacks: XML, JSON, archives, saved HTTP messages"),
            "Ctrl+O",
            "commands.open_files",
            "open",
        ),
        Action(
            "open-folder",
            Message("Open &folder…"),
            Message("Open every callback in a folder"),
            "Ctrl+Shift+O",
            "commands.open_folder",
            "folder",
        ),
        Action(
            "paste",
            Message("&Paste callback"),
            Message("Open the text or the files of the clipboard"),
            "Ctrl+V",
            "commands.paste",
            "paste",
        ),
        Menu("recent", Message("Op&en recent"), ()),
        None,
        Action(
            "reload", Message("&Reload"), Message("Read the file of this row again"), "F5", "commands.reload", "reload"
        ),
        Action("close", Message("&Close"), Message("Take the selected rows off the list"), "Ctrl+W", "commands.close"),
        Action(
            "close-all",
            Message("Close &all"),
            Message("Take all rows off the list"),
            "Ctrl+Shift+W",
            "commands.close_all",
        ),
        None,
        Action("quit", Message("&Quit"), Message("Leave Callback Lens"), "Ctrl+Q", "close", "quit"),
    ),
)
COPY = Menu(
    "copy",
    Message("&Copy"),
    (
        Action(
            "copy-value",
            Message("&Value"),
            Message("Copy the value of the selected node"),
            "Ctrl+C",
            "tree.copy_value",
            "copy",
            scope="tree",
        ),
        Action(
            "copy-path",
            Message("&Path"),
            Message("Copy where the selected node is, as Callback Lens says it"),
            "Ctrl+Shift+C",
            "tree.copy_path",
            "path",
        ),
        Action(
            "copy-xpath",
            Message("&XPath"),
            Message("Copy where the selected node is, as XPath"),
            "Ctrl+K, X",
            "tree.copy_xpath",
        ),
        Action(
            "copy-jsonpath",
            Message("&JSONPath"),
            Message("Copy where the selected node is, as JSONPath"),
            "Ctrl+K, J",
            "tree.copy_jsonpath",
        ),
        Action(
            "copy-python",
            Message("P&ython accessor"),
            Message("Copy how Python reaches the selected node in the parsed data"),
            "Ctrl+K, Y",
            "tree.copy_python",
        ),
        Action(
            "copy-json",
            Message("As JS&ON"),
            Message("Copy the selected node and all below it as JSON"),
            "Ctrl+K, O",
            "tree.copy_json",
        ),
        Action(
            "copy-subtree",
            Message("&Subtree as written"),
            Message("Copy the selected node and all below it as the payload has it"),
            "Ctrl+K, S",
            "tree.copy_subtree",
        ),
    ),
)
FIND = Menu(
    "find",
    Message("F&ind"),
    (
        Action("find", Message("&Find…"), Message("Search names and values"), "Ctrl+F", "commands.find", "search"),
        Action("find-next", Message("Find &next"), Message("Go to the next match"), "F3", "commands.find_next", "next"),
        Action(
            "find-previous",
            Message("Find &previous"),
            Message("Go to the match before"),
            "Shift+F3",
            "commands.find_previous",
            "previous",
        ),
        Action(
            "filter",
            Message("Filter the &tree"),
            Message("Show only matches and what they stand in"),
            "Ctrl+Shift+F",
            "tree.toggle_filter",
            "filter",
        ),
        Action(
            "filter-list",
            Message("Filter &rows"),
            Message("Show only rows that have a text in them"),
            "Ctrl+L",
            "entries.focus_filter",
        ),
        None,
        Action(
            "go-to",
            Message("&Go to path…"),
            Message("Select the node at a path, an XPath or a JSONPath"),
            "Ctrl+G",
            "commands.go_to_path",
            "go-to",
        ),
        None,
        COPY,
    ),
)
VIEW = Menu(
    "view",
    Message("&View"),
    (
        Menu("levels", Message("Expand to le&vel"), _levels()),
        Action(
            "expand-all",
            Message("&Expand all"),
            Message("Open every node of the tree; Escape stops it"),
            "Ctrl+Shift+Right",
            "tree.expand_all",
            "expand",
        ),
        Action(
            "collapse-all",
            Message("&Collapse all"),
            Message("Close every node of the tree"),
            "Ctrl+Shift+Left",
            "tree.collapse_all",
            "collapse",
        ),
        None,
        Action(
            "tab-overview",
            Message("&Overview"),
            Message("What the callback says"),
            "Ctrl+1",
            "show_tab",
            "overview",
            argument=0,
        ),
        Action(
            "tab-source",
            Message("&Source"),
            Message("The payload as formatted text"),
            "Ctrl+2",
            "show_tab",
            "source",
            argument=1,
        ),
        Action("tab-raw", Message("&Raw"), Message("The bytes as they came"), "Ctrl+3", "show_tab", "raw", argument=2),
        Action(
            "tab-request",
            Message("Re&quest"),
            Message("The HTTP message the payload came in"),
            "Ctrl+4",
            "show_tab",
            "request",
            argument=3,
        ),
        Action(
            "next-part",
            Message("Next &part"),
            Message("Go to the list, the tree and the detail in turn"),
            "F6",
            "commands.next_part",
        ),
        None,
        Action(
            "zoom-in",
            Message("L&arger text"),
            Message("Larger text"),
            "Ctrl++",
            "commands.zoom",
            "zoom-in",
            argument=1,
            also="Ctrl+=",
        ),
        Action(
            "zoom-out",
            Message("S&maller text"),
            Message("Smaller text"),
            "Ctrl+-",
            "commands.zoom",
            "zoom-out",
            argument=-1,
        ),
        Action(
            "zoom-reset",
            Message("&Normal text size"),
            Message("Text at 100 %"),
            "Ctrl+0",
            "commands.zoom",
            "zoom-reset",
            argument=0,
        ),
        None,
        Menu(
            "theme",
            Message("&Theme"),
            (
                Action(
                    "theme-system",
                    Message("As the &system"),
                    Message("Light or dark as the system is"),
                    "Ctrl+T, S",
                    "commands.change_theme",
                    "theme",
                    argument="system",
                    choice="theme",
                ),
                Action(
                    "theme-light",
                    Message("&Light"),
                    Message("Dark text on light"),
                    "Ctrl+T, L",
                    "commands.change_theme",
                    "light",
                    argument="light",
                    choice="theme",
                ),
                Action(
                    "theme-dark",
                    Message("&Dark"),
                    Message("Light text on dark"),
                    "Ctrl+T, D",
                    "commands.change_theme",
                    "dark",
                    argument="dark",
                    choice="theme",
                ),
            ),
        ),
        Menu(
            "language",
            Message("Lan&guage / 语言"),
            (
                Action(
                    "language-en",
                    Message("&English"),
                    Message("Speak English"),
                    "Ctrl+T, E",
                    "commands.change_language",
                    argument="en",
                    choice="language",
                ),
                Action(
                    "language-zh",
                    Message("中文 (&Chinese)"),
                    Message("Speak Chinese"),
                    "Ctrl+T, Z",
                    "commands.change_language",
                    argument="zh",
                    choice="language",
                ),
            ),
        ),
    ),
)
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
MENUS: tuple[Menu, ...] = (FILE, FIND, VIEW, HELP)
TOOL_BAR: tuple[str | None, ...] = (
    *("open", "open-folder", "paste", None),
    *("reload", None),
    *("find", "filter", "go-to", None),
    *("expand-all", "collapse-all", None),
    *("zoom-out", "zoom-in"),
)
WITH_TEXT = ("open", "paste")
