"""Finding documents in a text: one, several behind each other, in lines, in a log."""

import json
from itertools import pairwise
from typing import Any

import pytest
from callback_lens.errors import UserError
from callback_lens.payload.json_nodes import json_data, value_end
from callback_lens.payload.limits import Limits
from callback_lens.payload.scan import PATIENCE, Parsed, scan
from callback_lens.payload.xml_nodes import xml_data
from hypothesis import given, settings
from hypothesis import strategies as st

LIMITS = Limits()


def said(text: str, limits: Limits = LIMITS) -> list[Any]:
    """Data of what was found, and for what was not "LINE:COLUMN message"."""
    return [
        f"{item.position and f'{item.position.line}:{item.position.column}'} {item.message}"
        if isinstance(item, UserError)
        else xml_data(item.tree)
        if item.is_xml
        else json_data(item.tree)
        for item in scan(text, limits)
    ]


def documents(text: str) -> list[Parsed]:
    found = list(scan(text, LIMITS))
    assert all(isinstance(item, Parsed) for item in found), found
    return [item for item in found if isinstance(item, Parsed)]


def findings(text: str) -> list[list[str]]:
    return [[str(finding.message) for finding in item.findings] for item in documents(text)]


ONE = st.sampled_from(
    [
        ("<a>1</a>", {"a": "1"}),
        ('<?xml version="1.0"?>\n<a x="&lt;"/>', {"a": {"@x": "<"}}),
        ('{"a": [1, "<b/>"]}', {"a": [1, "<b/>"]}),
        ("[[]]", [[]]),
        ("{\n}", {}),
        ("<根>值</根>", {"根": "值"}),
    ]
)
BETWEEN = st.sampled_from(["", " ", "\n", "\r\n\r\n", ",\n", "\x1e", "\ufeff"])


@settings(max_examples=300)
@given(st.lists(st.tuples(BETWEEN, ONE), min_size=1, max_size=5), BETWEEN)
def test_documents_behind_each_other_are_all_found(parts: list[tuple[str, tuple[str, Any]]], end: str) -> None:
    text = "".join(between + document for between, (document, _) in parts) + end
    found = documents(text)
    assert said(text) == [data for _, (_, data) in parts]
    assert [text[item.start : item.end].strip(" \r\n") for item in found] == [document for _, (document, _) in parts]
    assert [item.findings for item in found] == [()] * len(parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('received:\n<Response/>', ["text beside the document was ignored, at line 1, column 1; characters: 9"]),
        ('body = {"a": 1};', [
            "text beside the document was ignored, at line 1, column 1; characters: 6",
            "text beside the document was ignored, at line 1, column 16; characters: 1",
        ]),
        ("<a/>\n</b>", ["text beside the document was ignored, at line 2, column 1; characters: 4"]),
        ('<a/>" took 5 ms', ["text beside the document was ignored, at line 1, column 5; characters: 11"]),
        (
            "<a><b/></a> <!-- > --><?pi > ?> NaN<a/>",
            ["text beside the document was ignored, at line 1, column 33; characters: 7"],
        ),
        ('<a/>">\x01"', ["text beside the document was ignored, at line 1, column 5; characters: 4"]),
        ("<a/>}<!-- c -->", ["text beside the document was ignored, at line 1, column 5; characters: 11"]),
        ("<a/>&x", ["text beside the document was ignored, at line 1, column 5; characters: 2"]),
        ("<a/>\0\0", ["text beside the document was ignored, at line 1, column 5; characters: 2"]),
        ("<a/> \n任务", ["text beside the document was ignored, at line 2, column 1; characters: 2"]),
        ('[{"a": 1}]]', ["text beside the document was ignored, at line 1, column 11; characters: 1"]),
        ('5" disk {"a": ",]",}', [
            "text beside the document was ignored, at line 1, column 1; characters: 7",
            "commas before a closing bracket were ignored: 1, the first at line 1, column 19",
        ]),
    ],
)  # fmt: skip
def test_text_around_a_document_is_told(text: str, expected: list[str]) -> None:
    assert findings(text) == [expected]


def test_a_broken_comment_behind_a_document_is_told_and_costs_it_nothing() -> None:
    assert said("<a/><!-- > -- -->") == [{"a": None}, "1:14 this character is not allowed here"]


@pytest.mark.parametrize("tail", ["", " x", "{}", "]", '"', "\n[[["])
@pytest.mark.parametrize("value", ["{}", "[]", '{"a": "}"}', '[{"\\"]": []}, "[["]', '[1, {"a": [2]}]'])
def test_where_a_json_value_ends(value: str, tail: str) -> None:
    assert value_end(value + tail, 0) == len(value)
    assert value_end("x{" + value + tail, 2) == len(value) + 2


@pytest.mark.parametrize("text", ["[", '{"a": "}', "[[]", '["\\"]', '{"a": "\\'])
def test_where_a_json_value_has_no_end(text: str) -> None:
    assert value_end(text, 0) == len(text)


def test_strings_are_untouched_by_repairs() -> None:
    assert said('5" disk {"a": ",]",} <- 3" {"b": ",}",}') == [{"a": ",]"}, {"b": ",}"}]


@pytest.mark.parametrize("text", ["-- <a>1</a>", "note: {a}", "[main] {}", "<13>Nov 20", "[INFO] [1, 2]"])
def test_what_looks_like_no_payload_is_not_looked_for_in_text(text: str) -> None:
    assert said(text) == ["1:1 this is neither XML nor JSON"]


@pytest.mark.parametrize(
    "payload",
    [
        "<?xml version='1.0'?><a/>",
        "<Response/>",
        "<EventName>x</EventName>",
        "<JobsDetail/>",
        "<WorkflowExecution/>",
        '{"a": 1}',
        '{\n "a": 1}',
        '[ { "a": 1}]',
    ],
)
def test_payloads_are_found_in_text(payload: str) -> None:
    [parsed] = documents("note <x> {1} [main]: " + payload)
    assert parsed.start == 21
    assert parsed.end == 21 + len(payload)


LOG = """\
2024-06-01 12:00:01 [main] got {"EventName": "A"} in 3 ms
2024-06-01 12:00:02 [main] idle
2024-06-01 12:00:03 [main] got {"EventName": "B
2024-06-01 12:00:04 [main] got {"EventName": "C",}
2024-06-01 12:00:05 [main] got <Response><EventName>D</Response>
2024-06-01 12:00:06 [main] got <Response>
2024-06-01 12:00:07 [main] got <Response><EventName>E</EventName></Response>
"""


def test_every_payload_of_a_log_is_found_and_every_broken_one_told() -> None:
    assert said(LOG) == [
        {"EventName": "A"},
        "3:46 a text in double quotes is not closed",
        {"EventName": "C"},
        "5:54 this closing tag does not match the tag that is open",
        "6:42 the document ends before it is complete",
        {"Response": {"EventName": "E"}},
    ]


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(['"B"}', 'B"}', '"B"', '"B",}', '"B', '["B"', "NaN]}", '"B"} {"x": 1}', '"\\u12"}']),
        min_size=2,
        max_size=8,
    )
)
def test_a_broken_line_of_json_lines_costs_no_other(tails: list[str]) -> None:
    whole = {'"B"}': 1, '"B",}': 1, '"B"} {"x": 1}': 2}
    found = said("\n".join(f'{{"EventName": {tail}' for tail in tails))
    assert [isinstance(item, dict) for item in found] == [
        is_read for tail in tails for is_read in [tail in whole] * whole.get(tail, 1)
    ]
    lines = [int(item.split(":")[0]) for item in found if isinstance(item, str)]
    assert lines == [number for number, tail in enumerate(tails, 1) if tail not in whole]


MANY = 3 * PATIENCE


@pytest.mark.parametrize(
    ("document", "data"),
    [
        ('{\n "a": 1,\n}\n', {"a": 1}),
        ('{"a": [1,], "b": "}",}\n', {"a": [1], "b": "}"}),
        ('note {\n}\n[{\n"a": 1},]\n', [{"a": 1}]),
        ("<EventName>A</EventName>\n<JobsDetail/>\n", {"Response": {"EventName": "A", "JobsDetail": None}}),
        ("text\n<Response>\n</Response>\n", {"Response": None}),
    ],
)
def test_it_makes_no_difference_how_many_have_been_repaired(document: str, data: Any) -> None:
    assert said(document * MANY) == [data] * MANY


def test_lines_of_json_need_not_begin_with_the_same_key() -> None:
    assert said('{"a": 1}\r\n{"EventName" 1}\n{"code": 2}\n\n{"b": \n{"c": 3}') == [
        {"a": 1},
        "2:14 a colon is missing here",
        {"code": 2},
        "5:7 the document ends before it is complete",
        {"c": 3},
    ]


def test_a_line_that_only_opens_a_value_is_no_record() -> None:
    assert said('{"JobsDetail": [\n{"Code": "x"},\n{"Code" "x"}\n]}') == ["3:9 a colon is missing here"]


def test_every_broken_record_is_told_however_many_there_are() -> None:
    found = said("<Response><a>x\n" * MANY + "<Response/>\n" + '{"EventName": 1\n' * MANY + '{"EventName": 1}')
    assert found == [
        *[f"{line}:15 the document ends before it is complete" for line in range(1, MANY + 1)],
        {"Response": None},
        *[f"{line}:16 the document ends before it is complete" for line in range(MANY + 2, 2 * MANY + 2)],
        {"EventName": 1},
    ]


def test_documents_cut_across_lines_are_found_though_their_lines_begin_alike() -> None:
    one = '<?xml version="1.0"?>\n<Response><a>x</a></Response>'
    assert said(one * MANY) == [{"Response": {"a": "x"}}] * MANY


def test_behind_a_broken_document_that_is_no_record_nothing_is_guessed() -> None:
    assert said('{\n  "a": {"b" 1}\n}\n{\n  "c": 1\n}') == ["2:13 a colon is missing here"]


def test_a_document_may_span_lines_that_begin_alike() -> None:
    text = '{"a": 1,\n "b": [\n  {"c": 1},\n  {"c": 2}\n ]}\n'
    assert said(text) == [json.loads(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<EventName>A</EventName>\n<JobsDetail/>", [{"Response": {"EventName": "A", "JobsDetail": None}}]),
        (
            "<JobsDetail/>,<JobsDetail/><RequestId>r</RequestId>",
            [{"Response": {"JobsDetail": [None, None], "RequestId": "r"}}],
        ),
        (
            "<!-- c --><EventName>A</EventName><!-- d --><JobsDetail/><EventName>B</EventName><WorkflowExecution/>",
            [
                {"Response": {"EventName": "A", "JobsDetail": None}},
                {"Response": {"EventName": "B", "WorkflowExecution": None}},
            ],
        ),
        ("<EventName>A</EventName><Other/>", [{"Response": {"EventName": "A"}}, {"Other": None}]),
        (
            "<EventName>A</EventName>\n<JobsDetail><Code></JobsDetail>",
            ["2:19 this closing tag does not match the tag that is open"],
        ),
    ],
)
def test_roots_without_their_response_are_put_into_one(text: str, expected: list[Any]) -> None:
    assert said(text) == expected


def test_a_missing_response_is_told() -> None:
    assert findings("<EventName>A</EventName><JobsDetail/>") == [
        ["the Response element around the payload is missing; its content was read without it"]
    ]


@pytest.mark.parametrize("text", ["42", '"text"', "true", "null", "[1, 2]", '["a"]', ' "x" \n', "-1.5e3"])
def test_a_single_json_value_is_a_document(text: str) -> None:
    assert said(text) == [json.loads(text)]


@pytest.mark.parametrize("text", ["42 43", "[1", '"text', "tru", "[1, 2] x", "nul"])
def test_what_only_begins_like_a_json_value_is_no_document(text: str) -> None:
    assert said(text) == ["1:1 this is neither XML nor JSON"]


def nested_xml(depth: int) -> str:
    return "<a>" * (depth - 1) + "<b/>" + "</a>" * (depth - 1)


def bare_xml(depth: int) -> str:
    return f"<EventName/><JobsDetail>{nested_xml(depth)}</JobsDetail>"


# What looks like tags in comments, instructions, attributes and CDATA opens no level.
TRICKY_XML = f"<?x <?>\n<!--<a>--><a b='/>'><b>x</b>{'<a>' * 4}<![CDATA[<a>]]><b x='/>'/>{'</a>' * 5}"


@pytest.mark.parametrize(
    ("at_limit", "beyond", "place"),
    [
        (nested_xml(5), nested_xml(6), "1:16"),
        ("<a>" * 5 + "</a>" * 5, "<a>" * 6 + "</a>" * 6, "1:16"),
        ("<a>" * 4 + "<b/>" * 9 + "</a>" * 4, TRICKY_XML, "2:56"),
        ('[{"a": [{"b": {}}]}]', '[{"[[[": [{"\\"[": {"c": []}}]}]', "1:25"),
        ('[{"a": [{"b": {}}],},]', '[{"a": [{"b": [[],]}],},]', "1:16"),
        (bare_xml(3), bare_xml(4), "1:34"),
    ],
)  # fmt: skip
def test_nesting_up_to_the_limit(at_limit: str, beyond: str, place: str) -> None:
    limits = Limits(depth=5)
    assert len(documents_within(at_limit, limits)) == 1
    assert said(beyond, limits) == [f"{place} nested deeper than 5 levels"]


def documents_within(text: str, limits: Limits) -> list[Parsed]:
    return [item for item in scan(text, limits) if isinstance(item, Parsed)]


def test_nesting_that_json_itself_refuses() -> None:
    assert said("[" * 100_000) == ["1:201 nested deeper than 200 levels"]
    assert said('{"a":' * 100_000) == ["1:1001 nested deeper than 200 levels"]


@pytest.mark.parametrize(
    ("at_limit", "beyond"),
    [
        ("<a>" + "<b/>" * 9 + "</a>", "<a>" + "<b/>" * 10 + "</a>"),
        ('{"a": [' + "1," * 8 + "1]}", '{"a": [' + "1," * 9 + "1]}"),
        ("[" + "{}," * 4 + "{}]", "[" + "{}," * 5 + "{}]"),
        ("<a " + " ".join(f'b{n}=""' for n in range(9)) + "/>", "<a " + " ".join(f'b{n}=""' for n in range(10)) + "/>"),
        ("{} " * 10, "{} " * 11),
        ('["</</</", 1, 1, 1, 1, 1, 1, 1]', '["</</</", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]'),
    ],
)
def test_nodes_up_to_the_limit(at_limit: str, beyond: str) -> None:
    limits = Limits(nodes=10)
    assert documents_within(at_limit, limits)
    assert said(beyond, limits) == ["None more than 10 nodes"]


def test_a_web_page_is_told() -> None:
    assert said("<!DOCTYPE html>\n<html><br></html>") == ["1:1 this is a web page (HTML), not a callback"]


@settings(max_examples=300)
@given(st.text('<>&{}[]",: \n/a1中?!-', max_size=40))
def test_nothing_is_found_twice_and_nothing_raises(text: str) -> None:
    found = list(scan(text, LIMITS))
    assert found
    spans = [(item.start, item.end) for item in found if isinstance(item, Parsed)]
    assert spans == sorted(spans)
    assert all(start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
