"""Saved HTTP messages: what counts as one, its headers as written, its body decoded."""

import gzip
import tracemalloc
import zlib

import pytest
from callback_lens.errors import Position, UserError
from callback_lens.payload.http_message import HttpMessage, parse_http_message
from callback_lens.payload.limits import Allowance, Limits
from hypothesis import given
from hypothesis import strategies as st

XML = b"<Response>\n  <EventName>TaskFinish</EventName>\n</Response>"
REQUEST_LINE = b"POST /callback?token=1 HTTP/1.1\r\n"


def parse(content: bytes, limits: Limits | None = None) -> HttpMessage:
    message = parse_http_message(content, Allowance(limits or Limits()))
    assert message is not None
    return message


def request(body: bytes, *headers: bytes) -> bytes:
    return REQUEST_LINE + b"".join(header + b"\r\n" for header in headers) + b"\r\n" + body


def error(content: bytes, limits: Limits | None = None) -> UserError:
    with pytest.raises(UserError) as raised:
        parse(content, limits)
    return raised.value


def chunked(*chunks: bytes, end: bytes = b"\r\n") -> bytes:
    sized = b"".join(b"%x%s%s%s" % (len(chunk), end, chunk, end) for chunk in chunks)
    return sized + b"0" + end + end


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def test_a_request_as_ci_sends_it() -> None:
    message = parse(
        request(
            XML,
            b"Host: example.com:9000",
            b"User-Agent: Go-http-client/1.1",
            b"Content-Length: %d" % len(XML),
            b"Content-Type: application/xml",
        )
    )
    assert message.start_line == "POST /callback?token=1 HTTP/1.1"
    assert message.headers == (
        ("Host", "example.com:9000"),
        ("User-Agent", "Go-http-client/1.1"),
        ("Content-Length", str(len(XML))),
        ("Content-Type", "application/xml"),
    )
    assert (message.body, message.body_line) == (XML, 7)


@pytest.mark.parametrize(
    "start",
    [b"POST / HTTP/1.1", b"PUT http://example.com/ HTTP/1.0", b"HTTP/1.1 200 OK", b"HTTP/2 204", b"HTTP/1.1 404 "],
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_every_start_line_and_line_end(start: bytes, end: bytes) -> None:
    message = parse(start + end + b"A: 1" + end + end + XML)
    assert message.start_line == start.decode().rstrip()
    assert message.headers == (("A", "1"),)
    assert (message.body, message.body_line) == (XML, 4)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        XML,
        b'{"a": 1}',
        b"POST /\r\n\r\n",
        b"POST / HTTP/1.1 and more\r\n\r\n",
        b"post / HTTP/1.1\r\n\r\n",
        b"INFO got POST / HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/1.1\r\n\r\n",
        b"\0POST / HTTP/1.1\r\n\r\n",
    ],
)
def test_what_is_no_message(content: bytes) -> None:
    assert parse_http_message(content, Allowance(Limits())) is None


def test_order_case_and_repeats_of_headers_are_kept() -> None:
    message = parse(request(XML, b"x-a: 1", b"X-A:2", b"B :\t3 \t", b"x-a: 1", b"Name: \xe9\xff"))
    assert message.headers == (("x-a", "1"), ("X-A", "2"), ("B", "3"), ("x-a", "1"), ("Name", "éÿ"))


def test_folded_headers_become_one_line() -> None:
    assert parse(request(XML, b"A: one\r\n two\r\n\tthree", b"B: 1")).headers == (("A", "one two three"), ("B", "1"))


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n\n", b"\xef\xbb\xbf\n"])
def test_what_an_editor_puts_before_the_start_line(before: bytes) -> None:
    message = parse(before + request(XML, b"A: 1"))
    assert message.headers == (("A", "1"),)
    assert message.body_line == 4 + before.count(b"\n")


@pytest.mark.parametrize("body", [XML, b'{"EventName": "TaskFinish"}', b'[{"a": 1}]', b'"a": 1'])
def test_the_empty_line_before_the_body_may_be_missing(body: bytes) -> None:
    message = parse(b"POST / HTTP/1.1\nA: 1\n" + body)
    assert (message.headers, message.body, message.body_line) == ((("A", "1"),), body, 3)


@pytest.mark.parametrize("content", [b"POST / HTTP/1.1", b"POST / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"])
def test_a_message_without_body(content: bytes) -> None:
    assert parse(content).body == b""


@pytest.mark.parametrize("length", [b"0", b"5", b"99999", b"-1", b"x", b"9" * 5000, b"3, 4", b"\xb2"])
def test_a_wrong_content_length_takes_nothing_away(length: bytes) -> None:
    assert parse(request(XML, b"Content-Length: " + length)).body == XML


def test_a_newline_added_behind_the_content_length_is_dropped() -> None:
    packed = gzip.compress(XML)
    length = b"content-length: %d" % len(packed)
    assert parse(request(packed + b"\r\n", length, b"Content-Encoding: gzip")).body == XML
    assert parse(request(XML + b"\n", b"Content-Length: %d" % len(XML))).body == XML
    assert parse(request(XML + b"\n")).body == XML + b"\n"


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_chunks_are_joined(end: bytes) -> None:
    body = chunked(XML[:10], XML[10:11], XML[11:], end=end)
    message = parse(request(body, b"Transfer-Encoding: Chunked", b"Content-Length: 3"))
    assert (message.body, message.body_line) == (XML, 1)


def test_chunk_extensions_trailers_and_what_follows_are_ignored() -> None:
    body = b'003a;name="v;1"\r\n' + XML + b"\r\n" + b"0;last\r\nX-Md5: 1\r\nX-B: 2\r\n\r\n\n"
    assert len(XML) == 0x3A
    assert parse(request(body, b"transfer-encoding: chunked")).body == XML


def test_the_last_chunk_may_end_the_file() -> None:
    assert parse(request(b"3\r\n<a>\r\n4\r\n</a>\r\n0", b"Transfer-Encoding: chunked")).body == b"<a></a>"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (b"3\r\n<a>\r\nzz\r\n</a>\r\n0\r\n\r\n", 6),  # no size
        (b"2\r\n<a>\r\n0\r\n\r\n", 4),  # longer than its size
        (b"3\r\n<a>\r\n6\r\n</a>\r\n0\r\n\r\n", 6),  # shorter than its size
        (b"3\r\n<a>\r\n4\r\n</a>\r\n", 8),  # no last chunk
        (b"3\r\n<a>\r\n4\r\n</a", 6),  # cut off
        (b"fffffffffffffff\r\n<a>\r\n", 4),  # a size beyond all files
    ],
)
def test_damaged_chunks_are_reported_with_their_line(body: bytes, line: int) -> None:
    found = error(request(body, b"Transfer-Encoding: chunked"))
    assert str(found.message) == "the chunked body is damaged here"
    assert found.position == Position(line, 1)


@pytest.mark.parametrize("coding", [b"gzip", b"GZIP", b"x-gzip", b"identity, gzip", b"identity", b"br"])
def test_gzip_is_undone_whatever_the_header_calls_it(coding: bytes) -> None:
    message = parse(request(gzip.compress(XML), b"Content-Encoding: " + coding))
    assert (message.body, message.body_line) == (XML, 1)


@pytest.mark.parametrize("pack", [zlib.compress, raw_deflate])
def test_both_kinds_of_deflate_are_undone(pack: type[bytes]) -> None:
    message = parse(request(pack(XML), b"Content-Encoding: deflate"))
    assert (message.body, message.body_line) == (XML, 1)


def test_codings_are_undone_last_one_first() -> None:
    twice = chunked(gzip.compress(zlib.compress(XML)))
    assert parse(request(twice, b"Content-Encoding: deflate, gzip", b"Transfer-Encoding: chunked")).body == XML
    assert parse(request(twice, b"Content-Encoding: deflate", b"Transfer-Encoding: gzip, chunked")).body == XML
    separate = (b"Transfer-Encoding: gzip", b"Content-Encoding: deflate", b"Transfer-Encoding: chunked")
    assert parse(request(twice, *separate)).body == XML


@pytest.mark.parametrize("header", [b"Content-Encoding: gzip", b"Content-Encoding: deflate", b"Content-Encoding: br"])
@pytest.mark.parametrize("body", [XML, b'{"a": 1}', b"[1]", b"\xef\xbb\xbf<a/>", b"x"])
def test_a_body_saved_decoded_is_used_as_it_is(header: bytes, body: bytes) -> None:
    message = parse(request(body, header, b"Transfer-Encoding: chunked"))
    assert (message.body, message.body_line) == (body, 5)


@pytest.mark.parametrize(
    ("body", "header", "message"),
    [
        (gzip.compress(XML)[:-9], b"Content-Encoding: gzip", "the gzip data end early"),
        (gzip.compress(XML)[:-8] + bytes(8), b"Content-Encoding: gzip", "the gzip data are damaged"),
        (zlib.compress(XML)[:-1], b"Content-Encoding: deflate", "the deflate data of the body are damaged"),
        (zlib.compress(XML)[:-4] + b"1234", b"Content-Encoding: deflate", "the deflate data of the body are damaged"),
    ],
)
def test_damaged_codings_are_reported(body: bytes, header: bytes, message: str) -> None:
    assert str(error(request(body, header)).message) == message


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, raw_deflate])
def test_a_body_unpacks_to_no_more_than_the_limit(pack: type[bytes]) -> None:
    header = b"Content-Encoding: " + (b"gzip" if pack is gzip.compress else b"deflate")
    content = request(pack(bytes(1001)), header)
    assert len(parse(content, Limits(document_bytes=1001)).body) == 1001
    assert str(error(content, Limits(document_bytes=1000)).message) == "unpacks to more than 1000 B"


@pytest.mark.parametrize("limit", [255, 256, 257, 258])
@pytest.mark.parametrize(
    "headers", [b"a:\n" * 100, b"a: " + b"x" * 300, b"a: 1\n" + b" folded\n" * 50, b"a" * 300 + b":"]
)
def test_headers_without_end_are_refused(headers: bytes, limit: int) -> None:
    found = error(b"POST / HTTP/1.1\n" + headers + b"\n\n" + XML, Limits(http_head_bytes=limit))
    assert str(found.message) == f"the HTTP headers are longer than {limit} B"


def test_the_body_may_be_longer_than_the_headers_may() -> None:
    assert parse(b"POST / HTTP/1.1\na: 1\n\n" + XML, Limits(http_head_bytes=30)).body == XML
    assert parse(b"POST / HTTP/1.1\na: 1\n" + XML, Limits(http_head_bytes=30)).body == XML


def test_long_runs_of_folded_lines_and_codings_cost_neither_memory_nor_time() -> None:
    folded = b"POST / HTTP/1.1\na:" + b"\n x" * 1_000_000
    coded = b"POST / HTTP/1.1\nContent-Encoding: " + b"deflate," * 20_000 + b"\n\n" + b"x" * 1_000_000
    tracemalloc.start()
    try:
        assert str(error(folded).message) == "the HTTP headers are longer than 256 KiB"
        assert len(parse(coded).body) == 1_000_000
        assert tracemalloc.get_traced_memory()[1] < 1 << 24
    finally:
        tracemalloc.stop()


PARTS = st.sampled_from(
    [
        REQUEST_LINE,
        b"HTTP/1.1 200 OK\n",
        b"Content-Encoding: gzip\r\n",
        b"content-encoding:deflate\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Length: 7\n",
        b"\r\n",
        b"\n",
        b" ",
        b"5\r\nabcde\r\n",
        b"ff;a\n",
        b"0\r\n\r\n",
        XML,
        gzip.compress(XML),
        gzip.compress(XML)[:20],
        zlib.compress(XML),
        raw_deflate(XML),
    ]
)


@given(st.sampled_from([b"", REQUEST_LINE]), st.lists(PARTS | st.binary(max_size=20), max_size=12))
def test_no_bytes_raise_anything_but_user_errors(start: bytes, rest: list[bytes]) -> None:
    try:
        message = parse_http_message(start + b"".join(rest), Allowance(Limits(document_bytes=1000)))
    except UserError:
        return
    assert not start or message is not None
