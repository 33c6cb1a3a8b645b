"""What can be done in the timeline. The keys of ``IN_VIEW`` are also what the view itself answers to."""

from callback_lens.errors import Message
from callback_lens.ui.actions.action import Action, Menu


def _action(
    name: str, text: Message, tooltip: Message, keys: str, handler: str, argument: object = None, icon: str = ""
) -> Action:
    return Action(f"timeline-{name}", text, tooltip, keys, f"timeline.{handler}", icon, argument, "timeline")


GO = Menu(
    "timeline-go",
    Message("&Go to"),
    (
        _action("next-word", Message("&Next word"), Message("Select the next word"), "Right", "step_word", 1),
        _action("previous-word", Message("&Previous word"), Message("Select the word before"), "Left", "step_word", -1),
        _action(
            "next-sentence",
            Message("Next &sentence"),
            Message("Select the next sentence"),
            "Ctrl+Right",
            "step_sentence",
            1,
        ),
        _action(
            "previous-sentence",
            Message("Previous s&entence"),
            Message("Select the sentence before"),
            "Ctrl+Left",
            "step_sentence",
            -1,
        ),
        _action(
            "lane-above",
            Message("Lane &above"),
            Message("Select what the speaker above says then"),
            "Up",
            "step_lane",
            -1,
        ),
        _action(
            "lane-below",
            Message("Lane &below"),
            Message("Select what the speaker below says then"),
            "Down",
            "step_lane",
            1,
        ),
        _action("first", Message("&First word"), Message("Select the first word"), "Home", "go_to_end", -1),
        _action("last", Message("&Last word"), Message("Select the last word"), "End", "go_to_end", 1),
        None,
        _action("page-right", Message("Pa&ge later"), Message("Show what comes next"), "PgDown", "pan", 0.9),
        _action("page-left", Message("Page ea&rlier"), Message("Show what came before"), "PgUp", "pan", -0.9),
        _action(
            "pan-right", Message("A bit la&ter"), Message("Move the view a bit to the right"), "Alt+Right", "pan", 0.1
        ),
        _action(
            "pan-left", Message("A bit earl&ier"), Message("Move the view a bit to the left"), "Alt+Left", "pan", -0.1
        ),
    ),
)
IN_VIEW: tuple[Action | Menu | None, ...] = (
    Action(
        "timeline-zoom-in",
        Message("Zoom &in"),
        Message("Show less time, larger; the wheel does it at the pointer"),
        "+",
        "timeline.zoom",
        "zoom-in",
        1,
        "timeline",
        also="=",
    ),
    _action("zoom-out", Message("Zoom &out"), Message("Show more time, smaller"), "-", "zoom", -1, "zoom-out"),
    _action(
        "fit-selection",
        Message("&Fit the selection"),
        Message("Show the selected range, word or sentence as large as fits"),
        "F",
        "fit_selection",
    ),
    _action("fit-all", Message("Show &all"), Message("Show the whole audio"), "A", "fit_all"),
    _action("back", Message("Zoom &back"), Message("Show what was in sight before"), "B", "back"),
    Action(
        "timeline-zoom-to",
        Message("&Zoom to the word"),
        Message("Zoom to the column of words at the pointer or of the selected word, then to its sentence"),
        "Return",
        "timeline.zoom_to_item",
        scope="timeline",
        also="Enter",
    ),
    None,
    _action(
        "next-finding",
        Message("&Next finding"),
        Message("Select the next odd word or sentence"),
        "N",
        "step_finding",
        1,
    ),
    _action(
        "previous-finding",
        Message("&Previous finding"),
        Message("Select the odd word or sentence before"),
        "P",
        "step_finding",
        -1,
    ),
    GO,
    None,
    _action(
        "extend-later",
        Message("Select range &later"),
        Message("Select a range of time up to the next word; with the mouse: Shift and drag"),
        "Shift+Right",
        "extend",
        1,
    ),
    _action(
        "extend-earlier",
        Message("Select range &earlier"),
        Message("Select a range of time back to the word before"),
        "Shift+Left",
        "extend",
        -1,
    ),
    _action(
        "card",
        Message("&Details of the word"),
        Message("Show or hide the card of the selected word"),
        "Space",
        "toggle_card",
    ),
    _action("clear", Message("&Clear"), Message("Hide the card, then clear the range"), "Esc", "clear"),
)


def _colour_by(colouring: str, text: Message, tooltip: Message, keys: str) -> Action:
    name = f"timeline-colour-{colouring}"
    return Action(name, text, tooltip, keys, "commands.colour_by", argument=colouring, choice="colouring")


# What the mouse and the touchpad do, and how.
GESTURES = (
    (Message("Zoom at the pointer"), Message("wheel, or pinch")),
    (Message("Show earlier or later"), Message("drag, or Shift and wheel")),
    (Message("Select a word or a sentence, and keep its card"), Message("click")),
    (Message("Show the sentence as large as fits"), Message("double click")),
    (Message("Select a range of time"), Message("Shift and drag, or in the ruler")),
    (Message("Move or resize what is in sight"), Message("drag in the overview")),
    (Message("Scroll the lanes"), Message("wheel over their names")),
)
COLOUR_BY = Menu(
    "timeline-colouring",
    Message("Colou&r by"),
    (
        _colour_by("pace", Message("&Pace"), Message("Colour words by ms per character"), "Ctrl+M, 1"),
        _colour_by("speaker", Message("&Speaker"), Message("Colour words by who speaks"), "Ctrl+M, 2"),
        _colour_by("kind", Message("&Kind"), Message("Colour words and punctuation"), "Ctrl+M, 3"),
        _colour_by("finding", Message("&Finding"), Message("Colour words by what is odd about them"), "Ctrl+M, 4"),
    ),
)
PICTURE = Menu(
    "timeline-picture",
    Message("Pict&ure"),
    (
        Action(
            "timeline-copy-picture",
            Message("&Copy"),
            Message("Copy a picture of what the timeline shows"),
            "Ctrl+M, C",
            "timeline_pane.copy_picture",
            "image",
        ),
        Action(
            "timeline-copy-redacted",
            Message("Copy without te&xt"),
            Message("Copy a picture that does not tell what was said: words are blocks"),
            "Ctrl+M, X",
            "timeline_pane.copy_picture",
            argument=True,
        ),
        Action(
            "timeline-save-picture",
            Message("&Save…"),
            Message("Save a picture of what the timeline shows, as PNG or SVG"),
            "Ctrl+M, S",
            "timeline_pane.save_picture",
            "save",
        ),
        Action(
            "timeline-save-redacted",
            Message("Save &without text…"),
            Message("Save a picture that does not tell what was said: words are blocks"),
            "Ctrl+M, W",
            "timeline_pane.save_picture",
            argument=True,
        ),
    ),
)
TIMELINE = Menu(
    "timeline",
    Message("&Timeline"),
    (
        Action(
            "timeline-focus",
            Message("&Keyboard to the timeline"),
            Message("Give the timeline the keyboard: from then on single keys act in it"),
            "Ctrl+M, T",
            "timeline.setFocus",
            "timeline",
        ),
        Action(
            "timeline-search",
            Message("&Search the transcript…"),
            Message("Find a text in the transcript; the overview marks all places"),
            "Ctrl+M, F",
            "timeline_pane.search.open",
            "search",
        ),
        None,
        *IN_VIEW,
        None,
        COLOUR_BY,
        PICTURE,
    ),
)
