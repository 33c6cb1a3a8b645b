"""What the tree says of one node: name, value with its unit, what a closed node holds, its meaning."""

from dataclasses import dataclass
from html import escape
from itertools import islice

from callback_lens.export.language import Language
from callback_lens.i18n import LANGUAGES
from callback_lens.payload.field_notes import FieldNote
from callback_lens.payload.masking import masked
from callback_lens.payload.nodes import Kind, Node
from callback_lens.payload.places import entries
from callback_lens.payload.units import readable
from callback_lens.ui.models.plain import LONGEST_TOOLTIP, shown

LONGEST_VALUE = 300
LONGEST_PREVIEW = 120
MOST_LOOKED_AT = 50  # children of one node, for its preview
# What tells one node from its neighbours, the most telling first (names of the documented payloads).
TELLING = ("Tag", "JobId", "FinalSentence", "Word", "ObjectName", "Object", "Name", "Text", "Url", "Type", "State")
PAIRS = (("Key", "Value"), ("key", "value"))
MOST_TOLD = 3
COLORS = {
    Kind.ATTRIBUTE: "string",
    Kind.TEXT: "text",
    Kind.COMMENT: "comment",
    Kind.INSTRUCTION: "comment",
    Kind.STRING: "text",
    Kind.NUMBER: "number",
    Kind.BOOLEAN: "keyword",
    Kind.NULL: "keyword",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, what stands muted beside it, and the colours' meaning of the text."""

    text: str
    aside: str = ""
    color: str = "text"

    @property
    def said(self) -> str:
        """All of it as one text."""
        return f"{self.text}  {self.aside}" if self.text and self.aside else self.text or self.aside


def node_name(node: Node) -> Cell:
    """The name with its index, and how many nodes are below."""
    name = shown(node.name, LONGEST_VALUE) + ("" if node.index is None else f"[{node.index}]")
    count = node.child_count
    return Cell(name, f"({count:,})" if count else "", "comment" if node.name.startswith("#") else "key")


def node_value(node: Node, language: Language) -> Cell:
    """The value as written (secrets masked if the language hides them) with a readable form beside it.

    Of a node that only holds others, what tells it from its neighbours.
    """
    if node.value is None:
        return Cell("null", "", "keyword") if node.kind is Kind.NULL else Cell("", preview(node, language))
    text = masked(node.name, node.value) if language.hides_secrets else node.value
    said = readable(node.value, language.notes.unit(node.path)) if len(node.value) < LONGEST_VALUE else None
    return Cell(shown(text.strip(), LONGEST_VALUE), said or "", _color(node))


def _color(node: Node) -> str:
    if node.kind is Kind.ELEMENT:
        return "number" if (node.value or "").strip().replace(".", "", 1).isdecimal() else "text"
    return COLORS.get(node.kind, "text")


def preview(node: Node, language: Language) -> str:
    """In one line what a closed node holds: its telling children, otherwise the first with a value."""
    looked_at = list(islice(entries(node), MOST_LOOKED_AT))
    values = {
        name: masked(name, value) if language.hides_secrets else value
        for name, value, _ in reversed(looked_at)
        if value is not None and value.strip()
    }
    for key, value in PAIRS:
        if key in values and value in values:
            return shown(f"{values[key]} = {values[value]}", LONGEST_PREVIEW)
    told = [values[name] for name in TELLING if name in values][:MOST_TOLD]
    if not told and values and node.kind is not Kind.ARRAY:
        name = next(reversed(values))
        told = [f"{name} {values[name]}"]
    return shown(" · ".join(shown(text.strip(), LONGEST_PREVIEW) for text in told), LONGEST_PREVIEW)


def field_notes(node: Node, language: Language) -> list[FieldNote]:
    """What is known of the node in each language, the window's first; empty where nothing is known of it."""
    names = sorted(LANGUAGES, key=language.name.__ne__)
    return [note for name in names if (note := language.notes.note(node.path, name))]


def node_note(node: Node, language: Language) -> str:
    """The node's meaning as one text; empty where nothing is known of it."""
    return next(map(_told, field_notes(node, language)), "")


def node_tooltip(node: Node, language: Language) -> str:
    """Path and meaning in each language, as markup in which nothing of the payload is markup."""
    lines = (shown(node.path, LONGEST_TOOLTIP), *map(_told, field_notes(node, language)))
    return f"<qt>{'<br>'.join(map(escape, lines))}</qt>"


def _told(note: FieldNote) -> str:
    return f"{note.term}: {note.note}"
