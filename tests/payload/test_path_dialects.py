import json
from typing import Any
from xml.etree import ElementTree

import pytest
from callback_lens.payload.document import Document
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.nodes import Kind, Node
from callback_lens.payload.path_dialects import data_steps, json_path, neutral_path, python_accessor, xpath
from callback_lens.payload.paths import node_at, walk
from callback_lens.payload.reader import read_documents

XML = (
    b'<Response><JobsDetail><Tag>a</Tag><Words n="1"><W>b</W></Words><Words n="2">c</Words><Md5Info/></JobsDetail>'
    b'<x-y z="1">t</x-y><One><A><B>1</B></A><A><B>2</B></A></One></Response>'
)
MIXED = b'<Response>one<!--c--><A q="1">x<B/></A>two<?p i?></Response>'
JSON = (
    b'{"JobsDetail": [{"Tag": "a", "Words": [{"W": "b"}, {"W": [1, [2.50]]}]}], "with space": {"\\"": null}, "": true}'
)
REPEATED = b'{"A": 1, "A": {"B": 2}, "C": [3]}'


def read(content: bytes) -> Document:
    (document,) = read_documents(Input("payload", None, content, None), Limits())
    assert isinstance(document, Document), document
    return document


def nodes(document: Document) -> list[Node]:
    return [node for node in walk(document.root) if node is not document.root]


@pytest.mark.parametrize("content", [XML, JSON, b"<Response><A>1</A></Response>"])
def test_the_accessor_gives_the_data_of_the_node(content: bytes) -> None:
    document = read(content)
    data: Any = document.data()
    for node in nodes(document):
        accessor = python_accessor(node)
        assert accessor is not None
        assert eval(accessor, {"data": data}) == node.data()  # noqa: S307


def test_what_the_data_lacks_has_no_accessor() -> None:
    found = {node.kind: python_accessor(node) for node in nodes(read(MIXED)) if node.name.startswith("#")}
    assert found == {Kind.TEXT: 'data["Response"]["#text"]', Kind.COMMENT: None, Kind.INSTRUCTION: None}


def test_of_a_key_that_stands_twice_only_the_last_is_in_the_data() -> None:
    document = read(REPEATED)
    told = [(node.path, data_steps(node)) for node in nodes(document)]
    assert told == [
        ("A[0]", None),
        ("A[1]", ["A"]),
        ("A[1].B", ["A", "B"]),
        ("C", ["C"]),
        ("C[0]", ["C", 0]),
    ]


def test_xpath_leads_to_the_element() -> None:
    document = read(XML)
    tree = ElementTree.ElementTree(ElementTree.fromstring(XML))  # noqa: S314  # our own
    for node in nodes(document):
        if node.kind is Kind.ELEMENT:
            (found,) = tree.findall("." + xpath(node).removeprefix("/Response")) if node.path else [tree.getroot()]
            assert (found.tag, found.text) == (node.name, node.element.text)


@pytest.mark.parametrize(
    ("content", "path", "dialects"),
    [
        (
            XML,
            "JobsDetail[0].Tag",
            ("/Response/JobsDetail[1]/Tag", "$.Response.JobsDetail.Tag", 'data["Response"]["JobsDetail"]["Tag"]'),
        ),
        (
            XML,
            "JobsDetail[0].Words[1].@n",
            (
                "/Response/JobsDetail[1]/Words[2]/@n",
                '$.Response.JobsDetail.Words[1]["@n"]',
                'data["Response"]["JobsDetail"]["Words"][1]["@n"]',
            ),
        ),
        (
            JSON,
            "JobsDetail[0].Words[1].W",
            (
                "/Response/JobsDetail[1]/Words[2]/W",
                "$.JobsDetail[0].Words[1].W",
                'data["JobsDetail"][0]["Words"][1]["W"]',
            ),
        ),
        (
            MIXED,
            "#text[1]",
            ("/Response/text()[normalize-space()][2]", '$.Response["#text"]', 'data["Response"]["#text"]'),
        ),
    ],
)
def test_a_node_in_every_dialect_and_back(content: bytes, path: str, dialects: tuple[str, str, str]) -> None:
    document = read(content)
    node = node_at(document.payload, path)
    assert node is not None
    assert (xpath(node), json_path(node), python_accessor(node)) == dialects
    is_text = node.kind is Kind.TEXT
    for dialect in dialects[: 1 if is_text else 3]:
        back = node_at(document.payload, neutral_path(dialect))
        assert back is not None
        assert back.path == node.path


@pytest.mark.parametrize("path", ["", "JobsDetail[0].Tag", '["with space"]', "a.b[3].@c"])
def test_a_neutral_path_stays_as_it_is(path: str) -> None:
    assert neutral_path(f" {path} ") == path


def test_a_prefixed_name_is_reached_without_its_declaration() -> None:
    document = read(b'<Response xmlns:p="u"><p:A/></Response>')
    assert xpath(document.payload.children()[1]) == "/Response/*[name()='p:A']"


def test_json_path_quotes_what_is_no_identifier() -> None:
    paths = {node.name: json_path(node) for node in nodes(read(JSON))}
    assert paths["with space"] == '$["with space"]'
    assert paths['"'] == f'$["with space"][{json.dumps(chr(34))}]'
