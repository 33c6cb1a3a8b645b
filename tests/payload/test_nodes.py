"""One way to read the nodes of XML and JSON alike."""

import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from callback_lens.payload import nodes, xml_nodes
from callback_lens.payload.document import Document
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.nodes import Node, numbered, numbered_at
from callback_lens.payload.paths import walk
from callback_lens.payload.reader import read_documents
from hypothesis import given
from hypothesis import strategies as st


def read(text: str) -> Document:
    [document] = read_documents(Input("file", None, text.encode("utf-8"), None), Limits())
    assert isinstance(document, Document), document
    return document


XML_FORM = """<Response>
  <JobsDetail>
    <Code>Success</Code> <Message/> <Count> 5 </Count> <Flag>true</Flag>
    <ObjectName>a</ObjectName><Deep><Shell><Inner></Inner></Shell></Deep><ObjectName>b</ObjectName>
  </JobsDetail>
</Response>"""
JSON_FORM = """{"JobsDetail": [{
    "Code": "Success", "Count": 5, "Flag": true, "Message": null,
    "ObjectName": ["a", "b"], "Deep": {"Shell": {"Inner": ""}}
}]}"""
FORMS = [pytest.param(XML_FORM, id="xml"), pytest.param(JSON_FORM, id="json")]


@pytest.mark.parametrize("text", FORMS)
def test_xml_and_json_are_read_alike(text: str) -> None:
    payload = read(text).payload
    job = payload.first("JobsDetail")
    assert job is not None
    assert job.text_at("Code") == "Success"
    assert job.text_at("Count") == "5"
    assert job.text_at("Flag") == "true"
    assert job.texts_at("ObjectName") == payload.texts_at("JobsDetail.ObjectName") == ["a", "b"]
    assert [node.path for node in job.all("ObjectName")] == [
        "JobsDetail[0].ObjectName[0]",
        "JobsDetail[0].ObjectName[1]",
    ]
    assert job.first("Message") is None
    assert job.text_at("Message") is None
    assert job.all("Deep") == []
    assert job.all("Code.Code") == []
    assert job.text_at("Deep.Shell") is None
    assert payload.text_at("JobsDetail") is None
    assert {item.name for item in job.items()} >= {"Message", "Deep"}
    assert [child for scalar in job.all("Code") for child in scalar.items()] == []


@pytest.mark.parametrize(
    "text",
    [
        "<Response><W><A>1</A><B> x</B></W><V/><W><A>2</A></W></Response>",
        '{"W": [{"A": "1", "B": " x"}, {"A": "2"}], "V": null}',
        '{"W": {"A": "1", "B": " x"}, "V": 1, "W": {"A": "2"}}',
        "<Response><W><A>1<!-- c --></A><B><!-- c --> x</B><!-- c --></W><W><A>0</A><A>2</A></W></Response>",
    ],
)
def test_records_are_the_scalars_by_name(text: str) -> None:
    records = read(text).payload.records("W")
    assert [{key: record[key] for key in record if isinstance(key, str)} for record in records] == [
        {"A": "1", "B": " x"},
        {"A": "2"},
    ]


def test_records_of_what_is_no_record() -> None:
    assert read('{"W": [1, "x", {"A": 1}], "V": null}').payload.records("W") == [{}, {}, {"A": "1"}]
    assert read('{"W": null}').payload.records("W") == []
    assert read('["W"]').payload.records("W") == []
    assert read("<Response><W>x</W></Response>").payload.records("W") == [{}]


def leaves(node: Node) -> Iterator[tuple[str, str | None]]:
    children = list(node.items())
    if not children:
        yield node.path, node.text
    for child in children:
        yield from leaves(child)


def test_a_name_that_repeats_in_documented_payloads_has_an_index_even_alone() -> None:
    xml = read("<Response><JobsDetail><Tags><Tag>x</Tag></Tags></JobsDetail></Response>").payload
    single = read('{"JobsDetail": {"Tags": {"Tag": "x"}}}').payload
    lists = read('{"JobsDetail": [{"Tags": [{"Tag": "x"}]}]}').payload
    assert list(leaves(xml)) == list(leaves(single)) == list(leaves(lists)) == [("JobsDetail[0].Tags[0].Tag", "x")]


@pytest.mark.parametrize(
    "text",
    [
        XML_FORM,
        JSON_FORM,
        '<a x="1" y="2">1<b/>2<!-- c -->3<b/><?pi d?></a>',
        "<a><b/><c/><b/><ObjectName/></a>",
        "<a><b/><!-- c --><b/></a>",
        "<a>x<!-- c -->y</a>",
        '{"a": [1, [2, {}], []], "b": {}, "ObjectName": "x", "c": null}',
        '{"a": [1], "b": 1, "a": [2, 3], "ObjectName": [4], "a": 5}',
        "[[], {}, 1]",
    ],
)
def test_any_part_of_the_children_of_a_node_can_be_had_alone(text: str) -> None:
    for node in walk(read(text).root):
        children = [(child.path, child.kind, child.value) for child in node.children()]
        assert (node.child_count, node.has_children) == (len(children), children != [])
        assert [node.position_of(child) for child in node.children()] == list(range(len(children)))
        for start in range(len(children) + 1):
            part = node.children_at(range(start, min(start + 2, len(children))))
            assert [(child.path, child.kind, child.value) for child in part] == children[start : start + 2]


NAMES = st.lists(st.sampled_from(["a", "b", "Words"]), max_size=12)


@given(NAMES, st.sets(st.integers(0, 11)), st.sampled_from([0, 100]), st.sampled_from([1, 100]))
def test_indexes_are_the_same_for_few_and_for_very_many(
    names: list[str], wanted: set[int], many: int, few: int
) -> None:
    positions = sorted(position for position in wanted if position < len(names))
    with patch.multiple(nodes, MANY_NAMES=many, FEW_KINDS=few):
        assert numbered_at(names, positions) == [numbered(names)[position] for position in positions]


@given(NAMES, st.sets(st.integers(0, 11)), st.sampled_from(["", "x", "<!-- c -->"]))
def test_children_of_many_are_the_same_as_of_few(names: list[str], wanted: set[int], beside: str) -> None:
    text = f"<Response>{''.join(f'<{name}/>' for name in names)}{beside}<z/></Response>"
    positions = sorted(position for position in wanted if position < len(names))
    few = read(text).payload
    with patch.object(nodes, "MANY_NAMES", 0), patch.object(xml_nodes, "MANY_NAMES", 0):
        many = read(text).payload
        for _ in range(2):  # what is kept of the first look is used for the second
            assert [child.path for child in many.children_at(positions)] == [
                few.children()[at].path for at in positions
            ]
            assert many.child_count == few.child_count
            assert [many.position_of(child) for child in many.children()] == list(range(few.child_count))


ITEMS = st.recursive(st.sampled_from([None, "", " ", "x", {}, {"a": "1"}]), lambda item: st.lists(item, max_size=3))


@given(st.lists(ITEMS, max_size=6), st.sampled_from(["Words", "b"]), st.data())
def test_some_nodes_of_a_name_are_the_same_as_among_all(items: list[Any], name: str, data: st.DataObject) -> None:
    xml = "".join(f"<{name}>{'<a>1</a>' if item else ''}</{name}>" for item in items)
    repeated = ", ".join(f'"{name}": {json.dumps(item)}' for item in items)
    for text in (json.dumps({name: items}), f"{{{repeated}}}", f"<Response>{xml}</Response>"):
        payload = read(text).payload
        same = [(node.path, node.index, node.data()) for node in payload.named(name)]
        wanted = data.draw(st.lists(st.integers(0, len(same) - 1))) if same else []
        found = payload.named_at(name, wanted, len(same))
        assert [(node.path, node.index, node.data()) for node in found] == [same[place] for place in wanted]


@pytest.mark.parametrize("text", ["<Response><W>1</W><W>2</W><W>3</W></Response>", '{"W": ["1", "2", "3"]}'])
def test_one_node_of_a_name_is_had_without_the_others(text: str) -> None:
    payload = read(text).payload
    with patch.object(type(payload), "named", side_effect=AssertionError("all are made")):
        assert [node.text for node in payload.named_at("W", [2, 0], 3)] == ["3", "1"]
