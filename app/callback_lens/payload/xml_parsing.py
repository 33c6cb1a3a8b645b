"""XML: text to a C-built tree of elements."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from callback_lens.errors import Message, Position, UserError
from callback_lens.payload.faults import CUT_OFF

# A C call holds the interpreter, and with it the window, until it returns: 64 kB take about 2 ms.
PIECE = 65536
FIRST_PIECE = 4096  # most documents are small, and many may stand behind each other
DOCUMENT = "#document"

# No possessive groups: before Python 3.11.5 they lose what alternatives in them have matched (gh-106052).
TAG = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?P<end>/?)(?:[^<>"'/]++|"[^"]*+"|'[^']*+'|/(?!>))*(?P<empty>/)?>""",
    re.DOTALL,
)
MISC = re.compile(r"(?:\s++|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)  # what may stand behind the root
INVALID_TOKEN = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
BARE_MARK = re.compile(r"[&<][\w:#.-]*\Z")
LONGEST_NAME = 100

UNESCAPED = Message("in XML, & is written &amp; and < is written &lt;")
CONTROL = Message("XML allows no control characters")
FAULTS: dict[str, tuple[Message, Message | None]] = {
    expat.errors.XML_ERROR_NO_ELEMENTS: (Message("the document ends before it is complete"), CUT_OFF),
    expat.errors.XML_ERROR_UNCLOSED_TOKEN: (Message("a tag, a comment or an entity is not closed"), CUT_OFF),
    expat.errors.XML_ERROR_INVALID_TOKEN: (Message("this character is not allowed here"), None),
    expat.errors.XML_ERROR_TAG_MISMATCH: (
        Message("this closing tag does not match the tag that is open"),
        Message("a tag is missing, misspelt or in another order"),
    ),
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: (Message("undefined entity"), UNESCAPED),
    expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE: (Message("an attribute stands twice in one tag"), None),
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION: (Message("a CDATA section is not closed"), CUT_OFF),
    expat.errors.XML_ERROR_MISPLACED_XML_PI: (Message("an XML declaration stands only at the beginning"), None),
    expat.errors.XML_ERROR_XML_DECL: (
        Message("the XML declaration is malformed"),
        Message('it is written <?xml version="1.0" encoding="UTF-8"?>'),
    ),
    expat.errors.XML_ERROR_BAD_CHAR_REF: (Message("there is no character of this number"), None),
    expat.errors.XML_ERROR_SYNTAX: (Message("this cannot stand here"), None),
}


def parse_xml(text: str, start: int, locate: Callable[[int], Position]) -> tuple[Element, int]:
    """The document that begins at ``start``, and the offset where the text behind it begins.

    The element given is a ``#document`` that holds the root element and the comments beside it. Document types
    are refused. Raises UserError with the position of the fault, which ``locate`` tells by its offset.
    """
    builder = TreeBuilder(insert_comments=True, insert_pis=True)
    document = builder.start(DOCUMENT, {})
    parser = _parser(builder)
    try:
        _feed(parser, text, start)
    except expat.ExpatError as error:
        at = _reached(parser, text, start)
        is_complete = builder.end(DOCUMENT) is document and any(map(is_element, document))
        if is_complete:
            # Of a token that is none the parser tells not where it begins, only where it got stuck.
            return document, _end(text, start, at) if error.code == INVALID_TOKEN else at
        raise _fault(error, text, at, locate) from error
    except UserError as error:
        error.position = locate(text.rfind("<!DOCTYPE", start, _reached(parser, text, start)))
        raise
    return document, len(text)


def is_element(child: Any) -> bool:
    """False for the comments and processing instructions that a tree holds among its elements."""
    return isinstance(child.tag, str)


def levels(document: Element, most: int) -> int:
    """How deep ``document`` is nested, counted up to ``most`` + 1."""
    level = [document]
    depth = 0
    while level and depth <= most:
        level = [child for element in level for child in element if len(child)]
        depth += 1
    return depth


def deep_offset(text: str, start: int, most: int) -> int:
    """Where the document at ``start``, known to be well-formed, first nests deeper than ``most`` levels."""
    return next((tag.start() for tag, inside, _ in _tags(text, start) if inside > most), start)


def _end(text: str, start: int, stop: int) -> int:
    """Where the document at ``start`` ends, known to be well-formed up to something before ``stop`` behind its root."""
    root_end = next((tag.end() for tag, _, behind in _tags(text, start) if behind == 0), stop)
    misc = MISC.match(text, root_end, stop)
    return misc.end() if misc else root_end


def _tags(text: str, start: int) -> Iterator[tuple[re.Match[str], int, int]]:
    """Each tag from ``start`` on, and how many elements are open in it and behind it."""
    level = 0
    for tag in TAG.finditer(text, start):
        if tag["end"] is not None:
            is_end = tag["end"] == "/"
            behind = level - 1 if is_end else level + (tag["empty"] is None)
            yield tag, level if is_end else level + 1, behind
            level = behind


def _parser(builder: TreeBuilder) -> expat.XMLParserType:
    # The builder's own C methods are the handlers: names with prefixes stay as written (ElementTree's parser would
    # replace them), at three times the speed of handlers written in Python.
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.CommentHandler = builder.comment
    parser.ProcessingInstructionHandler = builder.pi
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> None:
    raise UserError(
        Message("a document type (DTD) is not accepted"),
        Message("callbacks have none, and entities declared in one can do harm: remove the DOCTYPE"),
    )


def _feed(parser: expat.XMLParserType, text: str, start: int) -> None:
    offset, size = start, FIRST_PIECE
    while offset <= len(text):
        reached = parser.CurrentByteIndex
        piece = text[offset : offset + size]
        offset += size
        parser.Parse(piece.encode("utf-8", "surrogatepass"), offset > len(text))
        # Older expats look at a long tag or comment again from its beginning with every piece of it.
        size = PIECE if parser.CurrentByteIndex > reached else size * 2


def _reached(parser: expat.XMLParserType, text: str, start: int) -> int:
    """The offset in ``text`` of what the parser was looking at when it stopped."""
    size = max(parser.CurrentByteIndex, 0)
    for offset in range(start, len(text), PIECE):
        piece = text[offset : offset + min(PIECE, size + 1)].encode("utf-8", "surrogatepass")
        if size < len(piece):
            return offset + len(piece[:size].decode("utf-8", "ignore"))
        size -= len(piece)
    return len(text)


def _fault(error: expat.ExpatError, text: str, at: int, locate: Callable[[int], Position]) -> UserError:
    reason = expat.ErrorString(error.code)
    message, hint = FAULTS.get(reason, (Message("XML fault: {reason}", {"reason": reason}), None))
    if reason == expat.errors.XML_ERROR_INVALID_TOKEN:
        mark = BARE_MARK.search(text, max(at - LONGEST_NAME, 0), at)
        if text[at] < " ":
            hint = CONTROL
        elif mark:
            at, hint = mark.start(), UNESCAPED  # the parser stops only behind the name that could have followed
    elif reason == expat.errors.XML_ERROR_TAG_MISMATCH:
        at -= len("</")
    return UserError(message, hint, locate(at))
