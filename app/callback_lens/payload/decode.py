"""Bytes to text: the encodings callbacks and saved copies of them come in."""

import codecs
import re
from dataclasses import dataclass

from callback_lens.errors import Message, Position, UserError

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARATION = re.compile(rb"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
# GB18030 holds all of the older two, and files marked with their names do use characters only it has.
CHINESE = {"gb2312", "gbk", "gb18030", "hz"}


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A payload's text without byte order mark, and the name of the encoding it came in."""

    text: str
    encoding: str


def decode(content: bytes) -> DecodedText:
    """The text of ``content``: by byte order mark, zero bytes, XML declaration, UTF-8, then GB18030.

    Raises UserError where the bytes are no text of the encoding that they claim or appear to have.
    """
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return DecodedText(_strict(content[len(bom) :], encoding), encoding)
    encoding = _wide_encoding(content) or _declared_encoding(content)
    if encoding == "utf-8" and not _is_utf8(content):
        encoding = _fallback_encoding(content)
    return DecodedText(_strict(content, encoding), encoding)


def position_at(text: str, offset: int) -> Position:
    """The line and column of the character at ``offset``."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Position(text.count("\n", 0, offset) + 1, offset - line_start + 1)


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 without a byte order mark shows as a zero byte beside the first, always ASCII, character."""
    first = content[:2]
    if len(content) % 2 or len(first) < 2:
        return None
    if first[1] == 0 and first[0] in b"<{[ \r\n\t":
        return "utf-16-le"
    return "utf-16-be" if first[0] == 0 and first[1] in b"<{[ \r\n\t" else None


def _declared_encoding(content: bytes) -> str:
    match = DECLARATION.search(content, 0, 4096)
    if match is None:
        return "utf-8"
    declared = match[1].decode("ascii").lower()
    try:
        name = codecs.lookup(declared).name
        b"<".decode(name)  # codecs that are no text encodings ("hex") refuse this
    except (LookupError, ValueError, TypeError) as error:
        raise UserError(
            Message("unknown encoding {encoding} in the XML declaration", {"encoding": declared}),
            Message("change the declaration to the encoding the file really has"),
            position_at(content[: match.start(1)].decode("latin-1"), match.start(1)),
        ) from error
    # What was found reading single bytes cannot be UTF-16 or UTF-32: the text was converted, its declaration not.
    return "gb18030" if name in CHINESE else "utf-8" if name.startswith("utf") else name


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _fallback_encoding(content: bytes) -> str:
    """GB18030 if all bytes fit it and nothing before the first misfit was UTF-8 beyond ASCII."""
    valid = content.decode("utf-8", "ignore") if len(content) < 4 else _valid_start(content)
    if not valid.isascii():
        return "utf-8"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return "utf-8"
    return "gb18030"


def _valid_start(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        return content[: error.start].decode("utf-8")


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding)
        at_end = error.end >= len(content) or "end of data" in error.reason or "truncated" in error.reason
        message = "the text ends in the middle of a character ({encoding})" if at_end else None
        raise UserError(
            Message(message, {"encoding": encoding})
            if message
            else Message(
                "byte {byte} is not valid {encoding}",
                {"byte": f"0x{content[error.start]:02x}", "encoding": encoding},
            ),
            Message("the file was cut off") if message else Message("save it as UTF-8, or check that it is text"),
            position_at(before, len(before)),
        ) from error
