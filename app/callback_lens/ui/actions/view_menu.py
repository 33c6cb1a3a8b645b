"""What can be done about how things are shown."""

from callback_lens.errors import Message
from callback_lens.transcript import TOLERANCES
from callback_lens.ui.actions.action import Action, Menu


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


def _tolerances() -> tuple[Action, ...]:
    return tuple(
        Action(
            f"tolerance-{tolerance}",
            Message("{ms} ms", {"ms": tolerance}),
            Message("Times of a transcript may differ by {ms} ms before they are a finding", {"ms": tolerance}),
            f"Ctrl+T, {number}",
            "commands.change_tolerance",
            argument=tolerance,
            choice="tolerance_ms",
        )
        for number, tolerance in enumerate(TOLERANCES, 1)
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
        Menu("tolerance", Message("Tolerance o&f times"), _tolerances()),
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
