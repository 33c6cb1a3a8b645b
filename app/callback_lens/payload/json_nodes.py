"""JSON: text to values that keep what was written, and the nodes over them."""

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from callback_lens.errors import Message, Position, UserError
from callback_lens.payload.faults import CUT_OFF
from callback_lens.payload.nodes import REPEATED_NAMES, Kind, Node, join_path, numbered_at

CONTAINER = (dict, list)
DOUBLE_DIGITS = 308  # an integer of no more is in the range of a double
WHOLE = re.compile("-?[0-9]+")
# A string without end reaches to the end of the text, so that no quote in it is tried as the beginning of another.
STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*"?|[\[{\]}]', re.DOTALL)
LEVEL = {"[": 1, "{": 1, "]": -1, "}": -1}
LAST_WORD = re.compile(r"\s*([A-Za-z-]*)\s*\Z")
LITERALS = ("true", "false", "null", "NaN", "Infinity", "-Infinity")

NOTATION = Message("in JSON, names and texts stand in double quotes; comments, None and True are no JSON")
FAULTS: dict[str, tuple[Message, Message | None]] = {
    "Expecting property name enclosed in double quotes": (Message("a name in double quotes is missing here"), NOTATION),
    "Expecting ':' delimiter": (Message("a colon is missing here"), None),
    "Expecting ',' delimiter": (
        Message("a comma or a closing bracket is missing here"),
        Message('inside a text, a double quote is written \\"; comments are no JSON'),
    ),
    "Expecting value": (Message("a value is missing here"), NOTATION),
    "Illegal trailing comma before end of array": (Message("a value is missing here"), NOTATION),
    "Illegal trailing comma before end of object": (Message("a name in double quotes is missing here"), NOTATION),
    "Unterminated string starting at": (Message("a text in double quotes is not closed"), CUT_OFF),
    "Invalid control character at": (
        Message("a control character inside a text"),
        Message("inside a text, a line break is written \\n and a tab \\t"),
    ),
    "Invalid \\escape": (
        Message("a backslash before a character that it cannot stand before"),
        Message("inside a text, a backslash is written \\\\"),
    ),
    "Invalid \\uXXXX escape": (Message("\\u without four hexadecimal digits"), None),
}


class JsonNumber(str):
    """A number with the digits it was written with (also NaN and Infinity, which are no JSON)."""

    __slots__ = ()

    @property
    def is_finite(self) -> bool:
        """False for NaN, Infinity, and what is too large for a double."""
        return math.isfinite(float(self))


class RepeatedKeys(dict[str, Any]):
    """An object in which a key stands twice: as a dict the last one wins, ``pairs`` has them all."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs

    def repeated(self) -> list[str]:
        """The keys that stand more than once."""
        return [key for key, times in Counter(key for key, _ in self.pairs).items() if times > 1]


@dataclass(frozen=True, slots=True)
class JsonText:
    """A value read from a text, the offset behind it, and whether keys stand twice in it or numbers are none."""

    value: Any
    end: int
    is_odd: bool


def parse_json(text: str, start: int, locate: Callable[[int], Position]) -> JsonText:
    """The value that begins at ``start``: objects are dicts (``RepeatedKeys`` where a key stands twice), numbers
    ``JsonNumber``.

    Raises UserError with the position of the fault, which ``locate`` tells by its offset; RecursionError where values
    nest many hundred levels deep.
    """
    oddities: list[object] = []
    try:
        value, end = _decoder(oddities).raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise _fault(error, locate(error.pos)) from error
    return JsonText(value, end, bool(oddities))


def _decoder(oddities: list[object]) -> json.JSONDecoder:
    # Python functions on purpose: between two calls of one the interpreter can give other threads their turn.
    def make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) == len(pairs):
            return members
        oddities.append(pairs)
        return RepeatedKeys(pairs)

    def make_number(digits: str) -> JsonNumber:
        number = JsonNumber(digits)
        if not number.is_finite:
            oddities.append(number)
        return number

    def make_integer(digits: str) -> JsonNumber:
        return JsonNumber(digits) if len(digits) <= DOUBLE_DIGITS else make_number(digits)

    return json.JSONDecoder(
        object_pairs_hook=make_object, parse_int=make_integer, parse_float=make_number, parse_constant=make_number
    )


def levels(value: Any, most: int) -> int:
    """How deep ``value`` is nested, counted up to ``most`` + 1."""
    level = [value] if isinstance(value, CONTAINER) else []
    depth = 0
    while level and depth <= most:
        level = [
            child
            for container in level
            for child in (container.values() if isinstance(container, dict) else container)
            if isinstance(child, CONTAINER)
        ]
        depth += 1
    return depth


def _fault(error: json.JSONDecodeError, position: Position) -> UserError:
    last = LAST_WORD.match(error.doc, error.pos)
    if last and any(literal.startswith(last[1]) for literal in LITERALS):
        return UserError(Message("the document ends before it is complete"), CUT_OFF, position)
    message, hint = FAULTS.get(error.msg, (Message("JSON fault: {reason}", {"reason": error.msg}), None))
    return UserError(message, hint, position)


def deep_offset(text: str, start: int, most: int) -> int:
    """Where the value at ``start`` first nests deeper than ``most`` levels."""
    return next((offset for offset, level in _brackets(text, start) if level > most), start)


def value_end(text: str, start: int) -> int:
    """The offset behind the object or array at ``start``; the end of the text where it has no end."""
    return next((offset + 1 for offset, level in _brackets(text, start) if level == 0), len(text))


def _brackets(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The offset of each bracket from ``start`` on, and how many are open behind it."""
    level = 0
    for match in STRING_OR_BRACKET.finditer(text, start):
        if match[0] in LEVEL:
            level += LEVEL[match[0]]
            yield match.start(), level


class JsonNode(Node):
    """A value of the document; an array's items carry the array's name."""

    __slots__ = ("json",)

    def __init__(self, json_value: Any, name: str, index: int | None, parent: Node | None) -> None:
        super().__init__(name, index, parent)
        self.json = json_value

    @property
    def kind(self) -> Kind:
        for type_, kind in KINDS:
            if isinstance(self.json, type_):
                return kind
        return Kind.NULL

    @property
    def value(self) -> str | None:
        if isinstance(self.json, bool):
            return "true" if self.json else "false"
        return self.json if isinstance(self.json, str) else None

    @property
    def is_empty(self) -> bool:
        return _is_empty(self.json)

    @property
    def path(self) -> str:
        if isinstance(self.parent, JsonNode) and isinstance(self.parent.json, list):
            return join_path(self.parent.path, f"[{self.index}]")
        return super().path

    def children(self) -> list[Node]:
        return self.children_at(range(self.child_count))

    @property
    def child_count(self) -> int:
        if isinstance(self.json, RepeatedKeys):
            return len(self.json.pairs)
        return len(self.json) if isinstance(self.json, CONTAINER) else 0

    def children_at(self, positions: Sequence[int]) -> list[Node]:
        if isinstance(self.json, list):
            return [JsonNode(self.json[position], self.name, position, self) for position in positions]
        return [JsonNode(value, name, index, self) for name, value, index in self._members(positions)]

    def position_of(self, child: Node) -> int:
        if isinstance(self.json, list) and child.index is not None:
            return child.index
        return super().position_of(child)

    def items(self) -> Iterator[Node]:
        for child in self.children():
            yield from _flat(child)

    def named(self, name: str) -> list[Node]:
        if not isinstance(self.json, dict) or name not in self.json:
            return []
        if isinstance(self.json, RepeatedKeys):
            return [item for item in self.items() if item.name == name and not item.is_empty]
        value = self.json[name]
        index = 0 if name in REPEATED_NAMES and not isinstance(value, list) else None
        return [item for item in _flat(JsonNode(value, name, index, self)) if not item.is_empty]

    def named_at(self, name: str, positions: Sequence[int], count: int) -> list[Node]:
        value = self.json.get(name) if isinstance(self.json, dict) and not isinstance(self.json, RepeatedKeys) else None
        if not isinstance(value, list) or len(value) != count or list in set(map(type, value)):
            return super().named_at(name, positions, count)
        return JsonNode(value, name, None, self).children_at(positions)

    def records(self, name: str) -> list[Mapping[str, object]]:
        values = [value for key, value in _pairs(self.json) if key == name and value is not None]
        items = [item for value in values for item in (value if isinstance(value, list) else [value])]
        return [item if isinstance(item, dict) else {} for item in items]

    def data(self) -> object:
        return json_data(self.json)

    def _members(self, positions: Sequence[int]) -> Iterator[tuple[str, Any, int | None]]:
        pairs = list(_pairs(self.json))
        names = [name for name, _ in pairs]
        is_repeated = isinstance(self.json, RepeatedKeys)
        for position, index in zip(positions, numbered_at(names, positions), strict=True):
            name, value = pairs[position]
            is_alone = isinstance(value, list) and not (is_repeated and names.count(name) > 1)
            yield name, value, None if is_alone else index


KINDS: tuple[tuple[type, Kind], ...] = (
    (JsonNumber, Kind.NUMBER),
    (str, Kind.STRING),
    (dict, Kind.OBJECT),
    (list, Kind.ARRAY),
    (bool, Kind.BOOLEAN),
)


def _flat(node: Node) -> Iterator[Node]:
    if node.kind is Kind.ARRAY:
        for child in node.children():
            yield from _flat(child)
    else:
        yield node


def _pairs(value: Any) -> Iterable[tuple[str, Any]]:
    """The members of an object as written; none of anything else."""
    if isinstance(value, RepeatedKeys):
        return value.pairs
    return value.items() if isinstance(value, dict) else ()


def json_members(name: str, value: Any) -> Iterable[tuple[str, Any]]:
    """Name and value of what ``value`` holds, as written; an array's items have its ``name``. None of a scalar."""
    return ((name, item) for item in value) if isinstance(value, list) else _pairs(value)


def _is_empty(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_is_empty(member) for _, member in _pairs(value))
    if isinstance(value, list):
        return all(map(_is_empty, value))
    return value is None or (isinstance(value, str) and not value.strip())


def json_data(value: Any) -> Any:
    """What ``json.loads`` gives for what ``parse_json`` read."""
    if isinstance(value, dict):
        return {key: json_data(item) for key, item in value.items()}
    if isinstance(value, list):
        return [json_data(item) for item in value]
    return _number(value) if isinstance(value, JsonNumber) else value


def _number(number: JsonNumber) -> int | float | str:
    if not WHOLE.fullmatch(number):
        return float(number)
    try:
        return int(number)
    except ValueError:  # more digits than Python turns into a number
        return str(number)
