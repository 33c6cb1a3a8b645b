"""JSON nodes: the document as written, its data as ``json.loads`` gives it."""

import json
from typing import Any

import pytest
from callback_lens.errors import Position
from callback_lens.payload.document import Document
from callback_lens.payload.inputs import Input
from callback_lens.payload.json_nodes import JsonNode, parse_json
from callback_lens.payload.limits import Limits
from callback_lens.payload.nodes import Kind, Node
from callback_lens.payload.reader import read_documents
from hypothesis import given, settings
from hypothesis import strategies as st

NUMBERS = st.from_regex(r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?", fullmatch=True)


def read(text: str) -> Document:
    [document] = read_documents(Input("file", None, text.encode("utf-8"), None), Limits())
    assert isinstance(document, Document), document
    return document


def locate(offset: int) -> Position:
    return Position(1, offset + 1)


class Pairs(list[tuple[str, Any]]):
    """An object as written: keys may stand more than once."""


class Number(str):
    """A number as written."""

    __slots__ = ()


KEYS = st.sampled_from(
    ["a", "b", "Words", "Message", "值", "", "a b", 'a"b', "a[0]", "a\\", "\n", "#text", "@a", "\ud800", "0"]
)
STRINGS = st.text(max_size=5) | st.sampled_from(["\ud800", "\udc00\ud800", "\0", ",]", '"'])
SCALARS = (
    st.none() | st.booleans() | STRINGS | (NUMBERS | st.sampled_from(["NaN", "Infinity", "-Infinity"])).map(Number)
)
VALUES = st.recursive(
    SCALARS,
    lambda values: st.lists(values, max_size=4) | st.lists(st.tuples(KEYS, values), max_size=4).map(Pairs),
    max_leaves=15,
)


def json_text(value: Any, blank: str = "") -> str:
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, Pairs):
        members = [f"{json.dumps(key)}{blank}:{blank}{json_text(item, blank)}" for key, item in value]
        return "{" + blank + f"{blank},{blank}".join(members) + blank + "}"
    if isinstance(value, list):
        return "[" + blank + f"{blank},{blank}".join(json_text(item, blank) for item in value) + blank + "]"
    return json.dumps(value)


@settings(max_examples=300)
@given(VALUES, st.sampled_from(["", " ", "\n\t"]))
def test_json_data_is_what_json_loads_gives(value: Any, blank: str) -> None:
    text = json_text(value, blank)
    node = JsonNode(parse_json(text, 0, locate).value, "", None, None)
    assert repr(node.data()) == repr(json.loads(text))


@settings(max_examples=300)
@given(st.lists(st.tuples(KEYS, VALUES), max_size=4).map(Pairs))
def test_a_json_document_is_read_as_json_loads_does(value: Pairs) -> None:
    text = json_text(value)
    assert repr(read(text).data()) == repr(json.loads(text))


def json_as_written(node: Node) -> Any:
    if node.kind is Kind.OBJECT:
        return Pairs((child.name, json_as_written(child)) for child in node.children())
    if node.kind is Kind.ARRAY:
        return [json_as_written(child) for child in node.children()]
    if node.kind is Kind.NUMBER:
        return Number(node.value)
    return {Kind.NULL: None, Kind.BOOLEAN: node.value == "true", Kind.STRING: node.value}[node.kind]


@settings(max_examples=300)
@given(VALUES)
def test_json_nodes_are_the_document_as_written(value: Any) -> None:
    node = JsonNode(parse_json(json_text(value), 0, locate).value, "", None, None)
    assert json_as_written(node) == value


def test_an_integer_with_more_digits_than_python_converts_stays_text() -> None:
    digits = "9" * 5000
    node = JsonNode(parse_json(f'{{"a": {digits}, "b": -{digits}}}', 0, locate).value, "", None, None)
    assert node.data() == {"a": digits, "b": f"-{digits}"}


@pytest.mark.parametrize(
    ("value", "is_empty"),
    [
        ("null", True),
        ('""', True),
        ('" \\n"', True),
        ("[]", True),
        ("{}", True),
        ('[{"b": [null, {}]}]', True),
        ("0", False),
        ("false", False),
        ('"x"', False),
        ('[[], {"b": 0}]', False),
        ('{"b": "x", "b": ""}', False),
    ],
)
def test_a_json_value_is_empty_without_text_numbers_and_truths(value: str, is_empty: bool) -> None:
    [member] = read(f'{{"a": {value}}}').root.children()
    assert member.is_empty is is_empty


def test_arrays_in_arrays_are_taken_apart() -> None:
    payload = read('{"a": [[1, [2]], [], 3]}').payload
    assert [(item.path, item.value) for item in payload.items()] == [
        ("a[0][0]", "1"),
        ("a[0][1][0]", "2"),
        ("a[2]", "3"),
    ]


def test_every_value_of_a_repeated_key_is_found() -> None:
    payload = read('{"a": 1, "b": 0, "a": [2, 3], "a": null}').payload
    assert [(item.path, item.value) for item in payload.named("a")] == [
        ("a[0]", "1"),
        ("a[1][0]", "2"),
        ("a[1][1]", "3"),
    ]
    assert [child.path for child in payload.children()] == ["a[0]", "b", "a[1]", "a[2]"]


def test_a_scalar_has_no_nodes_below() -> None:
    [scalar] = read('{"a": "x"}').payload.items()
    assert scalar.children() == list(scalar.items()) == scalar.named("a") == scalar.all("b.c") == []


def test_kinds_of_json_values() -> None:
    children = read('{"a": 1, "b": "1", "c": true, "d": null, "e": [], "f": {}}').payload.children()
    assert [child.kind for child in children] == [
        Kind.NUMBER,
        Kind.STRING,
        Kind.BOOLEAN,
        Kind.NULL,
        Kind.ARRAY,
        Kind.OBJECT,
    ]
    assert [child.value for child in children] == ["1", "1", "true", None, None, None]
