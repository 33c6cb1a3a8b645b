"""The formatted source of JSON."""

import json
import re
from collections.abc import Callable
from itertools import islice
from typing import Any

from callback_lens.payload.formatted import Formatted, Part, Style
from callback_lens.payload.json_nodes import CONTAINER, JsonNode, JsonNumber, RepeatedKeys
from callback_lens.payload.nodes import REPEATED_NAMES, Node

SURROGATE = re.compile("[\ud800-\udfff]")  # half a character: only its escape can be copied anywhere
_encoded = json.JSONEncoder(ensure_ascii=False).encode


class FormattedJson(Formatted):
    """As ``json.dumps`` with an indent writes it, numbers with the digits they came with."""

    def __init__(self, root: JsonNode, check: Callable[[], None]) -> None:
        super().__init__(root)
        self._names: list[str | None] = []
        self._add_value(None, root.json, -1, check)

    def _add_value(self, name: str | None, value: Any, above: int, check: Callable[[], None]) -> None:
        line = self._add(value, above)
        self._names.append(name)
        if not isinstance(value, CONTAINER) or not value:
            return
        check()
        for child_name, child in _members(value):
            self._add_value(child_name, child, line, check)
        self.ends[line] = self._add(value, line)
        self._names.append(None)

    def _scalar(self, line: int) -> str:
        value = self.raw[line]
        return value if isinstance(value, str) else ""

    def _root_line(self) -> int:
        return 0

    def _parts(self, line: int) -> list[Part]:
        name, value = self._names[line], self.raw[line]
        start = [Part(_quoted(name), Style.NAME), Part(": ", Style.MARK)] if name is not None else []
        if self.is_closing(line):
            return [Part(_brackets(value)[1] + self._comma(self.above[line]), Style.MARK)]
        if self.ends[line] > line:
            return [*start, Part(_brackets(value)[0], Style.MARK)]
        if isinstance(value, CONTAINER):
            return [*start, Part(_brackets(value) + self._comma(line), Style.MARK)]
        comma = self._comma(line)
        return [*start, _scalar(value), *([Part(comma, Style.MARK)] if comma else [])]

    def _comma(self, line: int) -> str:
        above = self.above[line]
        return "," if above >= 0 and self.ends[line] + 1 < self.ends[above] else ""

    def _content(self, line: int) -> str:
        raw, name = self.raw[line], self._names[line]
        if name is not None and type(raw) is str:
            return f"{_quoted(name)}: {_quoted(raw)}{self._comma(line)}"
        return super()._content(line)

    def _node_below(self, parent: Node, line: int) -> Node:
        above, name, value = self.above[line], self._names[line], self.raw[line]
        if above < 0:
            return parent
        if isinstance(self.raw[above], RepeatedKeys):
            return parent.children()[self._place(above, line)]
        if name is None:
            return JsonNode(value, parent.name, self._place(above, line), parent)
        index = 0 if name in REPEATED_NAMES and not isinstance(value, list) else None
        return JsonNode(value, name, index, parent)

    def _line_below(self, above: int, node: Node) -> int | None:
        container = self.raw[above]
        if not isinstance(container, CONTAINER):
            return None
        place = _place_of(container, node)
        if place is None:
            return None
        if self._is_flat(above):
            return above + 1 + place
        return next(islice(self.lines_below(above), place, None), None)

    def _place(self, above: int, line: int) -> int:
        """How many nodes stand before the one at ``line`` in the one that opens at ``above``."""
        if self._is_flat(above):
            return line - above - 1
        return next(place for place, other in enumerate(self.lines_below(above)) if other == line)

    def _is_flat(self, above: int) -> bool:
        """Whether every node in the one that opens at ``above`` has a single line."""
        return self.ends[above] - above - 1 == len(_members(self.raw[above]))


def _members(value: Any) -> Any:
    """Pairs of name and value; the names of an array's items are None."""
    if isinstance(value, RepeatedKeys):
        return value.pairs
    return value.items() if isinstance(value, dict) else [(None, item) for item in value]


def _brackets(value: Any) -> str:
    return "[]" if isinstance(value, list) else "{}"


def _place_of(container: Any, node: Node) -> int | None:
    """Which of the members of ``container`` the ``node`` is."""
    if isinstance(container, list):
        return node.index if node.index is not None and node.index < len(container) else None
    same = [place for place, (name, _) in enumerate(_members(container)) if name == node.name]
    if not isinstance(container, RepeatedKeys):
        return same[0] if same else None
    index = node.index or 0
    return same[index] if index < len(same) else None


def _scalar(value: Any) -> Part:
    if isinstance(value, JsonNumber):
        return Part(str(value), Style.NUMBER)
    if isinstance(value, str):
        return Part(_quoted(value), Style.STRING)
    return Part(json.dumps(value), Style.KEYWORD)


def _quoted(text: str) -> str:
    written = _encoded(text)
    return written if written.isascii() else SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", written)
