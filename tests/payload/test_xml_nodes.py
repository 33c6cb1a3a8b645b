"""XML nodes: the document as written, its data as xmltodict gives it, whatever its size."""

from itertools import groupby
from typing import Any
from unittest.mock import patch
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

import pytest
import xmltodict
from callback_lens.errors import Position
from callback_lens.payload import xml_nodes, xml_parsing
from callback_lens.payload.document import SMALL, Document
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.nodes import Kind, Node
from callback_lens.payload.paths import walk
from callback_lens.payload.reader import read_documents
from callback_lens.payload.xml_nodes import XmlNode
from callback_lens.payload.xml_parsing import DOCUMENT, parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

NAMES = ("a", "b", "ns:tag", "a.b", "a-b", "_x", "Words", "Message", "值")
TEXTS = st.text("ab1 \n\t\r<>&\"'];中，é😀\x85\u3000", max_size=8)


def read(text: str) -> Document:
    [document] = read_documents(Input("file", None, text.encode("utf-8"), None), Limits())
    assert isinstance(document, Document), document
    return document


def locate(offset: int) -> Position:
    return Position(1, offset + 1)


def join(parts: list[str]) -> str:
    return "".join(parts)


MARKUP = st.sampled_from(
    [
        "<!-- a > <b> -->",
        "<!---->",
        "<?php a > ?>",
        "<![CDATA[<x> & ]] ]]>",
        "<![CDATA[]]>",
        "&amp;",
        "&#20013;",
        "&#x41;",
    ]
)
CHARACTERS = TEXTS.map(escape)
ATTRIBUTES = st.dictionaries(st.sampled_from(["x", "y", "ns:z", "属性"]), TEXTS, max_size=3).map(
    lambda attributes: "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
)


def elements(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    filled = st.builds("<{0}{1}>{2}</{0} >".format, st.sampled_from(NAMES), ATTRIBUTES, content)
    return filled | st.builds("<{0}{1} />".format, st.sampled_from(NAMES), ATTRIBUTES)


CONTENT = st.recursive(
    st.lists(CHARACTERS | MARKUP, max_size=3).map(join),
    lambda content: st.lists(elements(content) | CHARACTERS | MARKUP, max_size=5).map(join),
    max_leaves=12,
)
MISC = st.lists(st.sampled_from([" ", "\n", "<!-- beside -->", "<?pi beside?>"]), max_size=2).map(join)
DECLARATION = st.sampled_from(["", '<?xml version="1.0"?>', "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>"])
XML = st.builds("{}{}{}{}".format, DECLARATION, MISC, elements(CONTENT), MISC)


@settings(max_examples=300)
@given(XML)
def test_xml_data_is_what_xmltodict_gives_for_small_and_large_documents(text: str) -> None:
    document = read(text)
    assert document.data() == document.root.data() == xmltodict.parse(text)


@settings(max_examples=300)
@given(XML, st.integers(1, 40))
def test_where_the_text_is_cut_into_pieces_makes_no_difference(text: str, piece: int) -> None:
    with patch.multiple(xml_parsing, PIECE=piece, FIRST_PIECE=piece):
        tree, end = parse_xml(text + "<next/>", 0, locate)
    assert xml_nodes.xml_data(tree) == xmltodict.parse(text)
    assert end == len(text)


class StuckParser:
    """Stands for a parser in the middle of a long tag: it takes what it is given and gets no further."""

    CurrentByteIndex = 0

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def Parse(self, piece: bytes, is_last: bool) -> None:  # noqa: N802 - expat's name
        self.sizes.append(len(piece))


def test_a_long_tag_is_given_in_ever_larger_pieces() -> None:
    parser = StuckParser()
    xml_parsing._feed(parser, "x" * 1_000_000, 0)
    assert parser.sizes == [4096 << n for n in range(7)] + [1_000_000 - 127 * 4096]


def test_a_document_larger_than_a_piece_is_the_same_as_xmltodict_has_it() -> None:
    item = '<Words x="1"><Word>锄禾&amp;</Word><!-- c --> <Empty/><OffsetStartMs> 12 </OffsetStartMs></Words>\n'
    text = f"<Response>{item * 2000}</Response>"
    document = read(text)
    assert len(text) > 2 * xml_parsing.PIECE > SMALL
    assert document.data() == xmltodict.parse(text)


class Written:
    """What stands in an element by expat's own account, to compare nodes with."""

    def __init__(self, text: str) -> None:
        self.root: list[Any] = []
        self._open = [self.root]
        parser = expat.ParserCreate("utf-8")
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = lambda _: self._open.pop()
        parser.CharacterDataHandler = lambda data: self._open[-1].append(("text", "#text", data))
        parser.CommentHandler = lambda data: self._open[-1].append(("comment", "#comment", data))
        parser.ProcessingInstructionHandler = lambda *pi: self._open[-1].append(
            ("instruction", "#instruction", " ".join(filter(None, pi)))
        )
        parser.Parse(text.encode(), True)

    def _start(self, name: str, attributes: list[str]) -> None:
        content = [
            ("attribute", f"@{key}", value) for key, value in zip(attributes[::2], attributes[1::2], strict=True)
        ]
        self._open[-1].append(("element", name, content))
        self._open.append(content)


def as_written(content: list[Any]) -> list[Any]:
    """Text pieces joined, blank ones left out; an element that holds text alone is (name, text)."""
    joined: list[Any] = []
    for kind, group in groupby(content, key=lambda item: item[0]):
        items = list(group)
        joined += [("text", "#text", "".join(item[2] for item in items))] if kind == "text" else items
    if [item[0] for item in joined if item[0] != "attribute"] == ["text"]:
        return joined
    kept = [item for item in joined if item[0] != "text" or item[2].strip()]
    return [(kind, name, as_written(value) if kind == "element" else value) for kind, name, value in kept]


def nodes_as_written(node: Node) -> list[Any]:
    content = [
        (child.kind.value, child.name, nodes_as_written(child) if child.kind is Kind.ELEMENT else child.value)
        for child in node.children()
    ]
    holds_text_alone = all(kind == "attribute" for kind, _, _ in content) and node.value
    return content + ([("text", "#text", node.value)] if holds_text_alone else [])


@settings(max_examples=300)
@given(XML)
def test_xml_nodes_are_the_document_as_written(text: str) -> None:
    tree, _ = parse_xml(text, 0, locate)
    assert nodes_as_written(XmlNode(tree, DOCUMENT, None, None)) == as_written(Written(text).root)


@pytest.mark.parametrize(
    ("xml", "is_empty"),
    [
        ("<a/>", True),
        ("<a> \n\u3000</a>", True),
        ("<a><b/><c> </c></a>", True),
        ("<a><!-- nothing --></a>", True),
        ("<a><?pi nothing?></a>", True),
        ("<a><b><!-- nothing --></b> </a>", True),
        ("<a>0</a>", False),
        ("<a><b/>x</a>", False),
        ("<a><!-- c -->x</a>", False),
        ("<a><b><c>x</c></b></a>", False),
        ('<a x=""/>', False),
        ('<a><b x="1"/></a>', False),
    ],
)
def test_an_element_is_empty_without_text_and_attributes(xml: str, is_empty: bool) -> None:
    [element] = read(xml).root.items()
    assert element.is_empty is is_empty


def test_a_comment_beside_the_text_hides_nothing() -> None:
    payload = read("<Response><JobId><!-- the id -->j<!-- x -->1</JobId></Response>").payload
    assert payload.text_at("JobId") == "j1"
    [job_id] = payload.items()
    assert [(child.name, child.value) for child in job_id.children()] == [
        ("#comment", " the id "),
        ("#text", "j"),
        ("#comment", " x "),
        ("#text", "1"),
    ]


def test_text_between_elements_is_no_value_of_their_parent() -> None:
    payload = read("<Response>x<A/>y<!-- z --></Response>").payload
    assert payload.value is None
    assert [(child.kind, child.path, child.value) for child in payload.children()] == [
        (Kind.TEXT, "#text[0]", "x"),
        (Kind.ELEMENT, "A", None),
        (Kind.TEXT, "#text[1]", "y"),
        (Kind.COMMENT, "#comment", " z "),
    ]


def test_leaves_of_xml_say_what_they_are() -> None:
    root = read('<?xml version="1.0"?><!-- c --><a x="1"><?php run?></a>').root
    assert [
        (node.kind, node.name, node.value, node.data()) for node in walk(root) if node.kind is not Kind.ELEMENT
    ] == [
        (Kind.COMMENT, "#comment", " c ", " c "),
        (Kind.ATTRIBUTE, "@x", "1", "1"),
        (Kind.INSTRUCTION, "#instruction", "php run", "php run"),
    ]
    assert [node.is_empty for node in walk(root)] == [False, False, False, False, False]
    for leaf in (node for node in walk(root) if node.kind is not Kind.ELEMENT):
        assert list(leaf.items()) == leaf.children() == leaf.named("x") == leaf.records("x") == []
