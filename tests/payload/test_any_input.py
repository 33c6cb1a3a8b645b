"""No bytes at all make reading raise anything, and whatever is found can be used."""

import json
import sys

from callback_lens.errors import Message, UserError
from callback_lens.payload.document import Document
from callback_lens.payload.envelope import read_envelope
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.paths import node_at, walk
from callback_lens.payload.reader import read_documents
from hypothesis import given, settings
from hypothesis import strategies as st

XML = """<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <EventName>TaskFinish</EventName>
  <JobsDetail>
    <Code>Success</Code><Message/><JobId>j0123456789abcdef0123456789abcdef</JobId><Tag>Transcode</Tag>
    <Input><BucketId>b-1</BucketId><Object>影片 &amp; 1.mp4</Object><Region>ap-x</Region></Input>
    <CreationTime>2024-06-01T10:00:00+0800</CreationTime>
  </JobsDetail>
</Response>
"""
JSON = """{
  "EventName": "TaskFinish",
  "JobsDetail": [{"Code": "Success", "JobId": "j1", "Tag": "Transcode", "Score": 1.50, "Ok": true, "No": null,
    "Input": {"BucketId": "b-1", "Object": "影片\\n\\u00e9 \\"1\\".mp4"}, "CreationTime": "2024-06-01T10:00:00+0800"}]
}
"""


def read(content: bytes) -> list[Document | UserError]:
    return read_documents(Input("file", None, content, None), Limits())


def one(content: str | bytes) -> Document:
    [document] = read(content.encode() if isinstance(content, str) else content)
    assert isinstance(document, Document), document
    return document


def assert_is_told_well(error: UserError, text: str) -> None:
    assert isinstance(error.message, Message)
    assert "{" not in error.message.id or error.message.values
    assert str(error.message).strip() == str(error.message) != ""
    assert error.hint is None or str(error.hint).strip()
    assert error.source == "file"
    if error.position is not None and "\0" not in text[:4]:  # which makes it look like UTF-16
        lines = text.split("\n")
        assert 1 <= error.position.line <= len(lines)
        assert 1 <= error.position.column <= len(lines[error.position.line - 1]) + 1


def assert_can_be_used(document: Document) -> None:
    json.dumps(document.data())
    for node in [*walk(document.payload), *(job.node for job in read_envelope(document.payload).jobs)]:
        found = node_at(document.payload, node.path)
        assert found is not None
        assert (found.path, found.value, found.text) == (node.path, node.value, node.text)
    for told in document.findings:
        assert str(told.message)
        assert not told.path or node_at(document.payload, told.path) is not None


def assert_reads(content: bytes, text: str | None = None) -> None:
    results = read(content)
    assert results
    for result in results:
        if isinstance(result, UserError):
            assert_is_told_well(result, content.decode("latin-1") if text is None else text)
        else:
            assert_can_be_used(result)


@settings(max_examples=500)
@given(st.binary(max_size=80))
def test_any_bytes(content: bytes) -> None:
    assert read(content)
    for result in read(content):
        if isinstance(result, Document):
            assert_can_be_used(result)


MARKS = st.text('<>&{}[]",:/\\ \nab1?!-=中\ud800', max_size=50)
TOKENS = st.lists(
    st.sampled_from(
        [
            "<a>",
            "</a>",
            "<Response>",
            "</Response>",
            "<JobsDetail>",
            "<EventName>",
            "</EventName>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?xml ",
            "?>",
            "&amp;",
            "&#1;",
            "<!DOCTYPE a>",
            '{"EventName":',
            '{"',
            '":',
            "[{",
            "}]",
            "],",
            ",}",
            "{}",
            "[]",
            '"',
            "\\",
            "\\u",
            "NaN",
            "1e999",
            "null",
            "\n",
            " ",
            "2024-01-01 12:00:00 ",
            "<Response>x",
            "中",
            "\ufeff",
            "\0",
        ]
    ),
    max_size=25,
).map("".join)


@settings(max_examples=500)
@given(MARKS | TOKENS)
def test_any_text_of_what_payloads_are_made_of(text: str) -> None:
    text = text.encode("utf-8", "replace").decode("utf-8")
    assert_reads(text.encode(), text.removeprefix("\ufeff"))


@settings(max_examples=300)
@given(st.sampled_from([XML, JSON, XML * 2, JSON * 2, f"log line {JSON}"]), st.data())
def test_payloads_cut_anywhere(payload: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(payload)))
    stop = data.draw(st.integers(start, len(payload)))
    assert_reads(payload[start:stop].encode(), payload[start:stop])


@settings(max_examples=300)
@given(
    st.sampled_from([XML, JSON]),
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from('<>&{}[]",:\\/\n x\0é')), max_size=4),
    st.booleans(),
)
def test_payloads_with_characters_changed(payload: str, changes: list[tuple[float, str]], insert: bool) -> None:
    for place, sign in changes:
        at = int(place * len(payload))
        payload = payload[:at] + sign + payload[at + (not insert) :]
    assert_reads(payload.encode(), payload)


@settings(max_examples=200)
@given(
    st.sampled_from([XML, JSON]),
    st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-32"]),
    st.data(),
)
def test_payloads_in_any_encoding_with_bytes_changed(payload: str, encoding: str, data: st.DataObject) -> None:
    content = bytearray(payload.encode(encoding))
    for _ in range(data.draw(st.integers(0, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(0, len(content))) :]
    results = read(bytes(content))
    assert results
    for result in results:
        if isinstance(result, Document):
            assert_can_be_used(result)


@given(
    st.sampled_from([XML, JSON]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
)
def test_the_encoding_makes_no_difference(payload: str, encoding: str) -> None:
    assert one(payload.encode(encoding)).data() == one(payload).data()


def test_reading_is_not_at_the_mercy_of_the_callers_stack() -> None:
    text = '{"a":' * 150 + "1" + "}" * 150

    def deep(frames: int) -> Document:
        return deep(frames - 1) if frames else one(text)

    assert deep(sys.getrecursionlimit() // 3).source.format == "json"
