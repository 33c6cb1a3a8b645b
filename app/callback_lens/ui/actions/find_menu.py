"""What can be done about nodes: finding and copying them."""

from callback_lens.errors import Message
from callback_lens.ui.actions.action import Action, Menu

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
