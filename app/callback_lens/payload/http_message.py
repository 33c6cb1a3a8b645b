"""A saved HTTP request or response: its headers as written, its body decoded."""

import re
import zlib
from dataclasses import dataclass

from callback_lens.errors import Message, Position, UserError
from callback_lens.payload.limits import Allowance, size_text
from callback_lens.payload.unpack import GZIP_MAGIC, damaged, gunzip, inflated

START_LINE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+"
    rb"([A-Z]{3,20} \S+ HTTP/[0-9](?:\.[0-9])?|HTTP/[0-9](?:\.[0-9])? [0-9]{3}(?: [^\r\n]*)?)"
    rb"[ \t]*(?:\r?\n|\Z)"
)
# Files saved by hand may lack the empty line before the body: what begins like XML or JSON is no header.
HEADER_NAME = re.compile(rb"""([^\s:<{\["][^:\r\n]*):""")
HEADER = re.compile(HEADER_NAME.pattern + rb"([^\n]*(?:\n[ \t][^\n]*)*)(?:\n|\Z)")
CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?(?:\r?\n|\Z)")
LINE_END = re.compile(rb"\r?\n")
ZLIB_WBITS, RAW_WBITS = 15, -15


@dataclass(frozen=True, slots=True)
class HttpMessage:
    """A message as it was saved: ``headers`` in order, case and repeats kept, decoded as Latin-1.

    ``body`` is decoded: chunks, gzip and deflate undone. ``body_line`` is the line of the file, from 1, at which
    the body begins; 1 for a body that had to be decoded.
    """

    start_line: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    body_line: int


def begins_like_http(content: bytes) -> bool:
    """True when ``content`` begins with a request line or a status line."""
    return START_LINE.match(content) is not None


def parse_http_message(content: bytes, allowance: Allowance) -> HttpMessage | None:
    """The message saved in ``content``; None when it begins neither with a request line nor with a status line.

    Headers that the body does not bear out (a wrong Content-Length; gzip or chunks, but the body was saved decoded)
    are no fault. Raises UserError for headers without end, damaged chunks, gzip or deflate, and what exceeds limits.
    """
    start = START_LINE.match(content)
    if start is None:
        return None
    headers, head_end = _headers(content, start.end(), allowance)
    blank_line = LINE_END.match(content, head_end)
    body_start = blank_line.end() if blank_line else head_end
    body, line = _decoded(
        _without_added_newline(content[body_start:], headers),
        content.count(b"\n", 0, body_start) + 1,
        headers,
        allowance,
    )
    return HttpMessage(start[1].decode("latin-1").rstrip(), headers, body, line)


def _headers(content: bytes, at: int, allowance: Allowance) -> tuple[tuple[tuple[str, str], ...], int]:
    """The header fields from ``at`` on, folded ones on one line, and where they end."""
    headers: list[tuple[str, str]] = []
    limit = allowance.limits.http_head_bytes
    while at <= limit and (field := HEADER.match(content, at, limit + 1)):
        value = b" ".join(line.strip() for line in field[2].split(b"\n"))
        headers.append((field[1].decode("latin-1").rstrip(), value.decode("latin-1").strip()))
        at = field.end()
    if at > limit or HEADER_NAME.match(content, at):
        raise UserError(Message("the HTTP headers are longer than {limit}", {"limit": size_text(limit)}))
    return tuple(headers), at


def _values(headers: tuple[tuple[str, str], ...], name: str) -> list[str]:
    """All values of the header ``name`` (lower case), lists taken apart, in lower case."""
    values = (value for written, value in headers if written.lower() == name)
    return [item.strip().lower() for value in values for item in value.split(",")]


def _without_added_newline(body: bytes, headers: tuple[tuple[str, str], ...]) -> bytes:
    """Editors end a file with a newline, which Content-Length does not count."""
    length = next(iter(_values(headers, "content-length")), "")
    if re.fullmatch("[0-9]{1,15}", length) and not body[int(length) :].strip(b"\r\n"):
        return body[: int(length)]
    return body


def _decoded(body: bytes, line: int, headers: tuple[tuple[str, str], ...], allowance: Allowance) -> tuple[bytes, int]:
    """The body with its codings undone, last one first, and its first line's number."""
    codings = _values(headers, "content-encoding") + _values(headers, "transfer-encoding")
    for coding in list(reversed(codings))[: allowance.limits.archive_depth]:
        before = body
        if coding == "chunked":
            body = _unchunked(body, line)
        elif coding == "deflate":
            body = _undeflated(body, allowance)
        elif coding in ("gzip", "x-gzip") and body.startswith(GZIP_MAGIC):
            body = gunzip(body, allowance)
        line = line if body is before else 1
    if body.startswith(GZIP_MAGIC):
        return gunzip(body, allowance), 1
    return body, line


def _unchunked(body: bytes, line: int) -> bytes:
    """The body without its chunk sizes; as it is when it does not begin with one (saved decoded)."""
    chunk = CHUNK_SIZE.match(body)
    if chunk is None:
        return body
    decoded = bytearray()
    at = 0
    while chunk is not None:
        size = int(chunk[1], 16)
        if size == 0:
            return bytes(decoded)
        line_end = LINE_END.match(body, chunk.end() + size)
        if line_end is None:
            break
        decoded += body[chunk.end() : chunk.end() + size]
        at = line_end.end()
        chunk = CHUNK_SIZE.match(body, at)
    raise UserError(
        Message("the chunked body is damaged here"),
        Message("a chunk has another length than its size says, or the end is missing"),
        Position(line + body.count(b"\n", 0, at), 1),
    )


def _undeflated(body: bytes, allowance: Allowance) -> bytes:
    """The body inflated; servers send zlib's format or the bare one. As it is when it is neither."""
    has_zlib_header = len(body) > 1 and body[0] & 15 == 8 and int.from_bytes(body[:2]) % 31 == 0
    try:
        return allowance.join(inflated(memoryview(body), ZLIB_WBITS if has_zlib_header else RAW_WBITS))
    except (zlib.error, EOFError):
        if has_zlib_header:
            raise damaged(Message("the deflate data of the body are damaged")) from None
        return body
