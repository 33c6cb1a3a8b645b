"""Bytes to text: the encodings callbacks and saved copies of them come in."""

import codecs
import re
from dataclasses import dataclass

from callback_lens.errors import Message, UserError
from callback_lens.payload.faults import CUT_OFF, position_at

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Without a byte order mark, UTF-16 and UTF-32 show as zero bytes beside the first, always ASCII, character.
WIDE = (
    (re.compile(rb"[<{\[\s]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0[<{\[\s]"), "utf-32-be"),
    (re.compile(rb"[<{\[\s]\0"), "utf-16-le"),
    (re.compile(rb"\0[<{\[\s]"), "utf-16-be"),
)
DECLARATION = re.compile(rb"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
JSON_START = re.compile(rb"\s*(?:\[\s*)?\{")  # a declaration further on is somebody's text
# GB18030 holds all of the older two, and files marked with their names do use characters only it has.
CHINESE = frozenset(("gb2312", "gbk", "gb18030"))
# Codecs of Python that read ASCII as it is, but are notations, no character sets.
NOTATIONS = frozenset(("charmap", "idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"))
FROM_THREE_BYTES = re.compile("[^\0-\u07ff]")  # the other way round it takes 4 ms to compile
PIECE = 1 << 18  # bytes decoded at a time: a C call holds the interpreter, and with it the window
INCOMPLETE = frozenset(("unexpected end of data", "truncated data", "incomplete multibyte sequence"))


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A payload's text without byte order mark, and the name of the encoding it came in."""

    text: str
    encoding: str


def decode(content: bytes) -> DecodedText:
    """The text of ``content``: by byte order mark, zero bytes, XML declaration, UTF-8, then GB18030.

    What is UTF-8 beyond doubt is read as that, whatever is declared: editors convert texts and leave declarations.
    Raises UserError where the bytes are no text of the encoding that they claim or appear to have.
    """
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return DecodedText(_strict(content[len(bom) :], encoding), encoding)
    encoding = _wide_encoding(content) or _declared_encoding(content)
    text = _utf8(content)
    if text is not None and (encoding == "utf-8" or FROM_THREE_BYTES.search(text)):
        return DecodedText(text, "utf-8")
    if encoding == "utf-8":
        encoding = _fallback_encoding(content)
    return DecodedText(_strict(content, encoding), encoding)


def _wide_encoding(content: bytes) -> str | None:
    return next((encoding for beginning, encoding in WIDE if beginning.match(content)), None)


def _declared_encoding(content: bytes) -> str:
    match = None if JSON_START.match(content) else DECLARATION.search(content, 0, 4096)
    if match is None:
        return "utf-8"
    declared = match[1].decode("ascii").lower()
    name = _charset(declared)
    if name is None:
        raise UserError(
            Message("unknown encoding {encoding} in the XML declaration", {"encoding": declared}),
            Message("change the declaration to the encoding the file really has"),
            position_at(content[: match.start(1)].decode("latin-1"), match.start(1)),
        )
    return "gb18030" if name in CHINESE else name


def _charset(declared: str) -> str | None:
    """Python's name for the character set ``declared``; None where a declaration cannot be written in it."""
    try:
        name = codecs.lookup(declared).name
        # What was found reading single bytes cannot be UTF-16 or UTF-32: the text was converted, its declaration not.
        if name.startswith("utf"):
            return "utf-8"
        return name if name not in NOTATIONS and b"<?xml".decode(name) == "<?xml" else None
    except (LookupError, ValueError):
        return None


def _utf8(content: bytes) -> str | None:
    try:
        return _decoded(content, "utf-8")
    except UnicodeDecodeError:
        return None


def _decoded(content: bytes, encoding: str) -> str:
    """Piece by piece what ``content.decode(encoding)`` gives, or raises."""
    if len(content) <= PIECE:
        return content.decode(encoding)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        pieces = [decoder.decode(content[start : start + PIECE]) for start in range(0, len(content), PIECE)]
        return "".join([*pieces, decoder.decode(b"", final=True)])
    except UnicodeDecodeError:
        return content.decode(encoding)  # raises it with the place in all of it


def _fallback_encoding(content: bytes) -> str:
    """GB18030 if all bytes fit it, and more of them are misfits in UTF-8 than are characters of that beyond ASCII."""
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return "utf-8"
    text = content.decode("utf-8", "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return "gb18030" if text.count("\ufffd") * 2 > beyond_ascii else "utf-8"


def _strict(content: bytes, encoding: str) -> str:
    try:
        return _decoded(content, encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "replace")
        position = position_at(before, len(before))
        if error.reason in INCOMPLETE:
            message = Message("the text ends in the middle of a character ({encoding})", {"encoding": encoding})
            raise UserError(message, CUT_OFF, position) from error
        byte = f"0x{content[error.start]:02x}"
        raise UserError(
            Message("byte {byte} is not valid {encoding}", {"byte": byte, "encoding": encoding}),
            Message("save it as UTF-8, or check that it is text"),
            position,
        ) from error
