"""Neutral paths: every node's path leads back to it, and what people write by hand leads somewhere."""

from typing import Any

import pytest
from callback_lens.payload.document import Document
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.nodes import Kind, Node, join_path, path_step
from callback_lens.payload.paths import node_at, walk
from callback_lens.payload.reader import read_documents
from hypothesis import given, settings
from hypothesis import strategies as st


def payload_of(text: str) -> Node:
    [document] = read_documents(Input("file", None, text.encode(), None), Limits())
    assert isinstance(document, Document), document
    return document.payload


def seen(node: Node | None) -> tuple[Any, ...] | None:
    return node and (node.path, node.name, node.index, node.kind, node.value, repr(node.data()))


XML_NAMES = st.sampled_from(["a", "b", "Response", "JobsDetail", "ns:a", "a.b", "值", "_", "a-b"])
XML_CONTENT = st.recursive(
    st.sampled_from(["", "text", "<!-- comment -->", "<?pi data?>"]),
    lambda content: st.lists(
        st.sampled_from(["text", "<!-- comment -->", "<?pi data?>"])
        | st.builds('<{0} x="1" ns:y="2" z.z="3">{1}</{0}>'.format, XML_NAMES, content),
        max_size=5,
    ).map("".join),
    max_leaves=15,
)
KEYS = [
    "a",
    "b",
    "Response",
    "JobsDetail",
    "",
    " ",
    "a.b",
    "a[0]",
    '"',
    '["a"]',
    "\\",
    "\n",
    "#text",
    "@a",
    "\ud800",
    "值",
    "0",
]


def pairs_text(pairs: list[tuple[str, str]]) -> str:
    import json

    return "{" + ",".join(f"{json.dumps(key)}:{value}" for key, value in pairs) + "}"


JSON_TEXT = st.recursive(
    st.sampled_from(["1", '"x"', "null", "true", '""']),
    lambda values: (
        st.lists(values, max_size=4).map(lambda items: f"[{','.join(items)}]")
        | st.lists(st.tuples(st.sampled_from(KEYS), values), max_size=4).map(pairs_text)
    ),
    max_leaves=15,
)


@settings(max_examples=300)
@given(st.sampled_from(["Response", "a", "值"]), XML_CONTENT)
def test_the_path_of_every_xml_node_leads_back_to_it(root: str, content: str) -> None:
    payload = payload_of(f"<{root}>{content}</{root}>")
    for node in walk(payload):
        assert seen(node_at(payload, node.path)) == seen(node)


@settings(max_examples=300)
@given(JSON_TEXT)
def test_the_path_of_every_json_node_leads_back_to_it(text: str) -> None:
    payload = payload_of(f'{{"top": {text}}}')
    for node in walk(payload):
        assert seen(node_at(payload, node.path)) == seen(node)


@given(st.lists(JSON_TEXT, max_size=3))
def test_the_path_of_every_node_in_an_array_leads_back_to_it(items: list[str]) -> None:
    payload = payload_of(f"[[],{','.join(items)}]" if items else "[]")
    for node in walk(payload):
        assert seen(node_at(payload, node.path)) == seen(node)


XML_FORM = """<Response><!-- one job --><JobsDetail kind="x"><Operation><Output><Object>k</Object></Output>
<Tag>A</Tag><Tag>B</Tag></Operation></JobsDetail></Response>"""
JSON_FORM = '{"JobsDetail": [{"Operation": {"Output": {"Object": "k"}, "Tag": ["A", "B"]}}]}'
OBJECT_FORM = '{"JobsDetail": {"Operation": {"Output": {"Object": "k"}, "Tag": ["A", "B"]}}}'


@pytest.mark.parametrize("text", [XML_FORM, JSON_FORM, OBJECT_FORM], ids=["xml", "array", "object"])
@pytest.mark.parametrize(
    ("path", "value", "written"),
    [
        ("JobsDetail[0].Operation.Output.Object", "k", "JobsDetail[0].Operation.Output.Object"),
        ("JobsDetail.Operation.Output.Object", "k", "JobsDetail[0].Operation.Output.Object"),
        ("Response.JobsDetail.Operation.Tag[1]", "B", "JobsDetail[0].Operation.Tag[1]"),
        (" JobsDetail[0].Operation.Output[0].Object[0] ", "k", "JobsDetail[0].Operation.Output.Object"),
        ('["JobsDetail"][0].Operation["Tag"][0]', "A", "JobsDetail[0].Operation.Tag[0]"),
        ("JobsDetail[0].Operation.Tag[0]", "A", "JobsDetail[0].Operation.Tag[0]"),
    ],
)
def test_paths_are_lenient_about_form(text: str, path: str, value: str, written: str) -> None:
    node = node_at(payload_of(text), path)
    assert node is not None
    assert (node.value, node.path) == (value, written)


@pytest.mark.parametrize("text", [XML_FORM, JSON_FORM], ids=["xml", "json"])
def test_a_name_without_index_is_the_first_of_several(text: str) -> None:
    node = node_at(payload_of(text), "JobsDetail.Operation.Tag")
    assert node is not None
    assert node.data() in ("A", ["A", "B"])


@pytest.mark.parametrize("path", ["", "Response", "Response."])
def test_the_payload_itself(path: str) -> None:
    payload = payload_of(XML_FORM)
    assert node_at(payload, path) is payload


def test_attributes_and_comments_have_paths() -> None:
    payload = payload_of(XML_FORM)
    assert [(node.path, node.value) for node in walk(payload) if node.kind in (Kind.ATTRIBUTE, Kind.COMMENT)] == [
        ("#comment", " one job "),
        ("JobsDetail[0].@kind", "x"),
    ]
    attribute = node_at(payload, "JobsDetail.@kind")
    assert attribute is not None
    assert attribute.value == "x"


@pytest.mark.parametrize(
    "path",
    [
        "Absent",
        "JobsDetail[1]",
        "JobsDetail[0][0][0].Absent",
        "JobsDetail[-1]",
        "JobsDetail[x]",
        "JobsDetail[99999999999999999999]",
        "JobsDetail[" + "9" * 5000 + "]",
        "JobsDetail[١]",
        "JobsDetail.",
        "JobsDetail..Operation",
        ".",
        "[",
        "]",
        '["JobsDetail',
        r'["Jobs\xDetail"]',
        '["a\nb"]',
        "MyResponse.JobsDetail",
        "JobsDetail.Operation.Output.Object.Deeper",
        "ResponseJobsDetail",
    ],
)
@pytest.mark.parametrize("text", [XML_FORM, JSON_FORM], ids=["xml", "json"])
def test_a_path_that_leads_nowhere(text: str, path: str) -> None:
    assert node_at(payload_of(text), path) is None


@given(st.text("aJobsDetail.[]\"\\0123 Response'\n", max_size=30))
def test_no_path_raises(path: str) -> None:
    node = node_at(payload_of(JSON_FORM), path)
    assert node is None or isinstance(node.path, str)


def test_steps_and_paths_are_joined_by_dots_except_before_brackets() -> None:
    assert join_path("", path_step("a")) == "a"
    assert join_path("a", path_step("b", 2)) == "a.b[2]"
    assert join_path("a", path_step('b."c"')) == r'a["b.\"c\""]'
    assert path_step("") == '[""]'


def test_walking_is_in_document_order() -> None:
    payload = payload_of('<Response x="1"><a>1<b/>2</a><c/></Response>')
    assert [node.path for node in walk(payload)] == ["", "@x", "a", "a.#text[0]", "a.b", "a.#text[1]", "c"]
