"""From bytes to documents: nothing raises, everything says where it came from and what is odd about it."""

import gc
import json
from pathlib import Path
from typing import Any

import pytest
import xmltodict
from callback_lens.errors import Position, UserError
from callback_lens.payload.document import SMALL, Document
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.http_message import HttpMessage
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.paths import walk
from callback_lens.payload.reader import LARGE, read_documents

LIMITS = Limits()


def read(
    content: str | bytes, limits: Limits = LIMITS, request: HttpMessage | None = None
) -> list[Document | UserError]:
    content = content.encode() if isinstance(content, str) else content
    return read_documents(Input("file", None, content, request), limits)


def one(content: str | bytes) -> Document:
    [document] = read(content)
    assert isinstance(document, Document), document
    return document


def test_a_document_knows_where_it_came_from() -> None:
    results = read_documents(Input("saved.zip", "b/jobs.json", b'{"a": 1}\n{"b" 2}\n{"c": 3}', None), LIMITS)
    assert [
        (item.source.file, item.source.member, item.source.index, item.source.format, item.source.encoding)
        if isinstance(item, Document)
        else item.source
        for item in results
    ] == [
        ("saved.zip", "b/jobs.json", 0, "json", "utf-8"),
        "saved.zip!b/jobs.json",
        ("saved.zip", "b/jobs.json", 2, "json", "utf-8"),
    ]


def test_format_and_encoding_are_those_of_the_content() -> None:
    document = one("<a>中</a>".encode("utf-16"))
    assert (document.source.format, document.source.encoding) == ("xml", "utf-16-le")


def test_the_text_is_the_documents_own() -> None:
    results = read('before\n<Response/>\nbehind {"a": 1}\n')
    assert [item.text.strip() for item in results if isinstance(item, Document)] == ["<Response/>", '{"a": 1}']


@pytest.mark.parametrize(
    ("content", "payload"),
    [
        ("<Response><a/></Response>", {"a": None}),
        ("<!-- c --><Response><a/></Response>", {"a": None}),
        ("<a><b/></a>", {"a": {"b": None}}),
        ('{"a": 1}', {"a": 1}),
        ('{"Response": {"a": 1}}', {"a": 1}),
        ('{"Response": [{"a": 1}]}', {"a": 1}),
        ("[1]", [1]),
    ],
)
def test_the_payload_is_what_stands_in_the_response(content: str, payload: Any) -> None:
    document = one(content)
    assert document.payload.data() == payload
    assert document.payload is document.root or document.payload.name in ("Response", "")


def test_data_is_the_same_for_small_and_large_xml_and_after_repairs() -> None:
    small = "<Response><a>x</a><a/></Response>"
    large = f"<Response><a>x</a><!--{' ' * SMALL}--><a/></Response>"
    repaired = "text\n" + small
    bare = "<EventName>x</EventName><JobsDetail/>"
    assert one(small).data() == one(large).data() == one(repaired).data() == {"Response": {"a": ["x", None]}}
    assert one(bare).data() == {"Response": {"EventName": "x", "JobsDetail": None}}


def test_documented_payloads_are_what_xmltodict_and_json_make_of_them(corpus: Path) -> None:
    files = [file for file in sorted(corpus.iterdir()) if file.suffix in (".xml", ".json")]
    for file in files:
        document = one(file.read_bytes())
        text = file.read_text("utf-8")
        data = json.loads(text) if file.suffix == ".json" else xmltodict.parse(text)
        assert document.findings == (), file.name
        assert document.data() == data, file.name
        if file.suffix == ".xml":
            assert document.root.data() == data, file.name
    assert len(files) > 50


def test_a_json_array_of_callbacks_is_as_many_documents() -> None:
    results = read('[{"EventName": "A"}, {"x": 1}, {"JobsDetail": {}}]\n')
    documents = [item for item in results if isinstance(item, Document)]
    assert [document.data() for document in documents] == [{"EventName": "A"}, {"x": 1}, {"JobsDetail": {}}]
    assert [document.source.index for document in documents] == [0, 1, 2]
    assert [node.path for node in walk(documents[2].payload)] == ["", "JobsDetail[0]"]
    assert documents[0].text is documents[2].text


@pytest.mark.parametrize("key", ["EventName", "JobsDetail", "WorkflowExecution", "Response", "data"])
def test_callbacks_in_an_array_are_known_by_a_root_key(key: str) -> None:
    assert len(read(json.dumps([{key: 1}, {}]))) == 2


@pytest.mark.parametrize("text", ["[]", '[{"x": 1}, {"x": 2}]', '[{"EventName": "A"}, 1]', '[[{"EventName": "A"}]]'])
def test_other_arrays_are_one_document(text: str) -> None:
    assert one(text).data() == json.loads(text)


def finding(result: Document | UserError) -> list[tuple[str, str, str, str | None]]:
    assert isinstance(result, Document), result
    assert all(isinstance(item, Finding) and item.severity is Severity.WARNING for item in result.findings)
    return [(item.code, item.path, str(item.message), item.found) for item in result.findings]


def test_keys_that_stand_twice_are_told_with_their_path() -> None:
    [result] = read('{"a": 1, "b": [{"x.y": 1, "x.y": 2, "x.y": 3}], "a": {"c": 1, "c": 1}}')
    words = 'the key "{}" stands more than once in one object; most programs see only the last'
    assert finding(result) == [
        ("duplicate-key", "a", words.format("a"), None),
        ("duplicate-key", 'b[0]["x.y"]', words.format("x.y"), None),
        ("duplicate-key", "a[1].c", words.format("c"), None),
    ]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "-1e400", "9" * 310])
def test_numbers_that_other_programs_cannot_read_are_told_with_their_path(number: str) -> None:
    [result] = read(f'{{"JobsDetail": {{"Score": {number}, "Fine": 1e300}}}}')
    quoted = number if len(number) < 80 else number[:80] + "…"
    message = f"{quoted} is not a number other programs can read"
    assert finding(result) == [("bad-number", "JobsDetail[0].Score", message, quoted)]


def test_a_long_key_is_quoted_by_its_beginning() -> None:
    key = "k" * 10_000
    [result] = read(f'{{"{key}": 1, "{key}": 2}}')
    assert len(finding(result)[0][2]) < 200


def test_what_is_odd_is_told_of_the_callback_it_stands_in() -> None:
    first, second = read('[{"EventName": "A"}, {"EventName": "B", "x": NaN}]')
    assert (finding(first), [code for code, *_ in finding(second)]) == ([], ["bad-number"])


def request_at(line: int) -> HttpMessage:
    return HttpMessage("POST / HTTP/1.1", (), b"", line)


def test_positions_count_from_the_first_line_of_the_file() -> None:
    [error] = read('{\n"a" 1}', request=request_at(5))
    assert isinstance(error, UserError)
    assert error.position == Position(6, 5)
    [error] = read(b"\xff", request=request_at(5))
    assert isinstance(error, UserError)
    assert error.position == Position(5, 1)


def test_a_document_keeps_the_request_it_came_in() -> None:
    request = request_at(3)
    [document] = read("<a/>", request=request)
    assert isinstance(document, Document)
    assert document.request is request


@pytest.mark.parametrize("content", ['{"a": 1}\n' * 5, json.dumps([{"data": 1}] * 5), "<a/>" * 5, '{"event": 1\n' * 5])
def test_no_more_documents_than_the_limit(content: str) -> None:
    *documents, last = read(content, Limits(documents=3))
    assert len(documents) == 3
    assert isinstance(last, UserError)
    assert (last.source, str(last.message), str(last.hint)) == (
        "file",
        "holds more than 3 documents",
        "the rest of it was not read; split it into several files",
    )
    assert len(read(content, Limits(documents=5))) == 5


def test_an_error_keeps_nothing_of_the_text_alive() -> None:
    for result in read('{"a": "' + "x" * 100 + "\n" + '{"a": [\n' + "<Response><a>\n<Response><b></a>\n"):
        assert isinstance(result, UserError)
        assert (result.__traceback__, result.__cause__, result.__context__) == (None, None, None)


@pytest.mark.parametrize("content", [b"<a>" + b"x" * LARGE + b"</a>", b"{" + b" " * LARGE, b"x" * LARGE])
def test_the_garbage_collector_is_only_paused(content: bytes) -> None:
    read(content)
    assert gc.isenabled()
    gc.disable()
    try:
        read(content)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_collector_passes_over_a_large_document_until_it_is_dropped() -> None:
    results = read(b"<a>" + b"x" * LARGE + b"</a>")
    frozen = gc.get_freeze_count()
    results.clear()
    assert frozen > 0
    assert gc.get_freeze_count() == 0
