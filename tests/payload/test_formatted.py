"""The formatted source: its lines, their nodes, and finding in them."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import xmltodict
from callback_lens.errors import UserError
from callback_lens.payload.document import Document
from callback_lens.payload.formatted import Formatted, Hit
from callback_lens.payload.formatted_json import FormattedJson
from callback_lens.payload.formatted_xml import FormattedXml
from callback_lens.payload.inputs import Input
from callback_lens.payload.json_nodes import JsonNode
from callback_lens.payload.limits import Limits
from callback_lens.payload.nodes import Kind
from callback_lens.payload.paths import node_at, walk
from callback_lens.payload.reader import read_documents
from callback_lens.payload.xml_nodes import XmlNode
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_json, synthetic_speech_xml
from hypothesis import given
from hypothesis import strategies as st

XML = (
    '<Response><!--made by hand--><JobsDetail a="1&amp;&quot;"><Tag>A &lt; B</Tag><Empty/><Input>x<Object>k</Object>y'
    "</Input></JobsDetail><JobsDetail>\n<Code>Success</Code>\n</JobsDetail><?later yes?></Response>"
)
XML_LINES = [
    "<Response>",
    "  <!--made by hand-->",
    '  <JobsDetail a="1&amp;&quot;">',
    "    <Tag>A &lt; B</Tag>",
    "    <Empty/>",
    "    <Input>",
    "      x",
    "      <Object>k</Object>",
    "      y",
    "    </Input>",
    "  </JobsDetail>",
    "  <JobsDetail>",
    "    <Code>Success</Code>",
    "  </JobsDetail>",
    "  <?later yes?>",
    "</Response>",
]
JSON = '{"EventName":"a\\n\\"b\\"","JobsDetail":[{"Tag":1.50,"ok":true,"x":{},"y":[],"z":null},[2]],"k":1,"k":2}'
JSON_LINES = [
    "{",
    '  "EventName": "a\\n\\"b\\"",',
    '  "JobsDetail": [',
    "    {",
    '      "Tag": 1.50,',
    '      "ok": true,',
    '      "x": {},',
    '      "y": [],',
    '      "z": null',
    "    },",
    "    [",
    "      2",
    "    ]",
    "  ],",
    '  "k": 1,',
    '  "k": 2',
    "}",
]


def read(content: bytes) -> Document:
    (result,) = read_documents(Input("payload", None, content, None), Limits())
    assert not isinstance(result, UserError)
    return result


def lines_of(document: Document) -> Formatted:
    root = document.root
    if isinstance(root, XmlNode):
        return FormattedXml(root, lambda: None)
    assert isinstance(root, JsonNode)
    return FormattedJson(root, lambda: None)


def texts(source: Formatted) -> list[str]:
    return [source.text(line) for line in range(len(source))]


@pytest.mark.parametrize(("text", "lines"), [(XML, XML_LINES), (JSON, JSON_LINES)])
def test_a_line_for_each_node(text: str, lines: list[str]) -> None:
    assert texts(lines_of(read(text.encode()))) == lines


@pytest.mark.parametrize("text", [XML, JSON, "<a>text</a>", "<a/>", "[]", "7", '{"JobsDetail": {"Tag": "T"}}'])
def test_a_node_leads_to_its_line_and_back(text: str) -> None:
    document = read(text.encode())
    source = lines_of(document)
    for node in walk(document.root):
        lines = source.lines_of(node)
        assert lines is not None
        for line in lines:
            found = source.node(line)
            if node.kind is not Kind.ATTRIBUTE and node.name != "#document":
                assert (found.path, found.kind, found.value) == (node.path, node.kind, node.value)
                assert found.index == node.index


def test_an_attribute_is_on_the_line_of_its_element() -> None:
    document = read(XML.encode())
    attribute = node_at(document.payload, 'JobsDetail[0]["@a"]')
    assert attribute is not None
    assert lines_of(document).lines_of(attribute) == (2, 10)


def test_a_single_element_is_no_closing_line() -> None:
    source = lines_of(read(b"<a>text</a>"))
    assert texts(source) == ["<a>text</a>"]
    assert list(source.find(re.compile("<a>"), lambda: None)) == [Hit(0, 0, 3)]


@pytest.mark.parametrize(
    ("text", "pattern"), [(XML, "o"), (XML, "<"), (XML, "&lt;"), (XML, "Detail"), (JSON, '"'), (JSON, "1"), (JSON, ",")]
)
def test_finds_what_stands_on_the_lines(text: str, pattern: str) -> None:
    source = lines_of(read(text.encode()))
    expected = [
        Hit(line, match.start(), match.end() - match.start())
        for line, written in enumerate(texts(source))
        for match in re.finditer(re.escape(pattern), written)
    ]
    assert expected
    assert list(source.find(re.compile(re.escape(pattern)), lambda: None)) == expected


def test_searching_and_building_can_be_stopped() -> None:
    document = read(XML.encode())
    source = lines_of(document)

    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        next(source.find(re.compile("x"), stop))
    assert isinstance(document.root, XmlNode)
    with pytest.raises(InterruptedError):
        FormattedXml(document.root, stop)


@pytest.mark.parametrize("make", [synthetic_speech_xml, synthetic_speech_json])
def test_many_blocks_of_lines(make: Callable[[SyntheticSpeech], bytes]) -> None:
    document = read(make(SyntheticSpeech(sentences=60, words_per_sentence=10)))
    source = lines_of(document)
    assert len(source) > 4 * 512
    hits = list(source.find(re.compile("SpeechSpeed.*?([0-9.]+)"), lambda: None))
    assert len(hits) == 60
    for hit in hits:
        assert source.text(hit.line)[hit.column :].startswith("SpeechSpeed")
        assert source.node(hit.line).name == "SpeechSpeed"


@pytest.mark.parametrize("text", ["<a><b>%s</b>%s<c>d</c></a>", '{"b": "%s", "c": ["%s", 1, null]}'])
def test_tells_the_lines_of_long_texts(text: str) -> None:
    source = lines_of(read((text % ("x" * 100, "y" * 100)).encode()))
    assert [source.text(line).strip(' "<>b:,')[:1] for line in source.long_lines(99)] == ["x", "y"]
    assert source.long_lines(100) == []


def test_half_a_character_is_written_as_its_escape() -> None:
    assert texts(lines_of(read(b'{"a": "\\ud83d-\xe8\x8c\xb6"}')))[1] == '  "a": "\\ud83d-茶"'


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


@given(VALUES.map(lambda value: {"data": value}))
def test_json_is_what_json_writes(value: object) -> None:
    source = lines_of(read(json.dumps(value).encode()))
    assert json.loads("\n".join(texts(source))) == value


@given(
    st.recursive(st.text("a&<>\"' b", max_size=5), lambda inner: st.lists(inner, min_size=1, max_size=3), max_leaves=9)
)
def test_xml_keeps_its_data(value: object) -> None:
    def element(inner: object) -> object:
        return {"item": [element(item) for item in inner]} if isinstance(inner, list) else inner

    document = read(xmltodict.unparse({"Response": element(value)}).encode())
    assert xmltodict.parse("\n".join(texts(lines_of(document)))) == document.data()


def test_documented_payloads_keep_their_data(corpus: Path) -> None:
    for path in sorted(corpus.rglob("*.[xj][ms]*")):
        for document in read_documents(Input(path.name, None, path.read_bytes(), None), Limits()):
            if isinstance(document, Document):
                text = "\n".join(texts(lines_of(document)))
                again = xmltodict.parse(text) if document.source.format == "xml" else json.loads(text)
                assert again == document.data(), path
