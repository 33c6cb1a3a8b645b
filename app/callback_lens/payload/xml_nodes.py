"""XML: text to a C-built tree, and the nodes of that tree."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from xml.etree.ElementTree import Comment, Element, TreeBuilder
from xml.parsers import expat

from callback_lens.errors import Message, Position, UserError
from callback_lens.payload.faults import CUT_OFF
from callback_lens.payload.nodes import MANY_NAMES, Kind, Node, numbered, numbered_at

# A C call holds the interpreter, and with it the window, until it returns: 64 kB take about 2 ms.
PIECE = 65536
FIRST_PIECE = 4096  # most documents are small, and many may stand behind each other
DOCUMENT = "#document"

TAG = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?P<end>/?)(?:[^<>"'/]++|"[^"]*+"|'[^']*+'|/(?!>))*+(?P<empty>/)?>""",
    re.DOTALL,
)
MISC = re.compile(r"(?:\s++|<!--.*?-->|<\?.*?\?>)*+", re.DOTALL)  # what may stand behind the root
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


def is_element(child: Any) -> bool:
    """False for the comments and processing instructions that a tree holds among its elements."""
    return isinstance(child.tag, str)


def comment_kind(tag: object) -> tuple[Kind, str]:
    """Kind and name of a comment or a processing instruction, by the tag of its element."""
    return (Kind.COMMENT, "#comment") if tag is Comment else (Kind.INSTRUCTION, "#instruction")


class XmlNode(Node):
    """An element of the tree."""

    __slots__ = ("_names", "_texts", "element")

    def __init__(self, element: Element, name: str, index: int | None, parent: Node | None) -> None:
        super().__init__(name, index, parent)
        self.element = element
        self._names: list[str] | None = None
        self._texts: int | None = None

    @property
    def kind(self) -> Kind:
        return Kind.ELEMENT

    @property
    def value(self) -> str | None:
        return own_text(self.element)

    @property
    def is_empty(self) -> bool:
        return _is_blank(self.element)

    def children(self) -> list[Node]:
        nodes: list[Node] = [
            XmlLeaf(Kind.ATTRIBUTE, f"@{name}", value, self) for name, value in self.element.attrib.items()
        ]
        if len(self.element):
            nodes += self._text(self.element.text)
        for make, tail in self._makers():
            nodes.append(make())
            nodes += self._text(tail)
        unnamed = [node for node in nodes if node.name.startswith("#")]
        for node, index in zip(unnamed, numbered([node.name for node in unnamed]), strict=True):
            node.index = index
        return nodes

    @property
    def child_count(self) -> int:
        return len(self.element.attrib) + len(self.element) + self._text_count()

    @property
    def has_children(self) -> bool:
        return len(self.element) > 0 or bool(self.element.attrib)

    def children_at(self, positions: Sequence[int]) -> list[Node]:
        names = self._names_alone()
        if not names:
            return super().children_at(positions)
        numbers = zip(positions, numbered_at(names, positions), strict=True)
        return [XmlNode(self.element[position], names[position], index, self) for position, index in numbers]

    def position_of(self, child: Node) -> int:
        if isinstance(child, XmlNode) and self._names_alone():
            return list(self.element).index(child.element)
        return super().position_of(child)

    def _names_alone(self) -> list[str]:
        """The names of all children, if these are elements and nothing else; kept where there are many."""
        if self._names is not None:
            return self._names
        is_plain = not self.element.attrib and not self._text_count()
        names = [child.tag for child in self.element] if is_plain else []
        names = names if set(map(type, names)) <= {str} else []
        if len(names) >= MANY_NAMES:
            self._names = names
        return names

    def _text_count(self) -> int:
        element = self.element
        if not len(element) or self._texts is not None:
            return self._texts or 0
        tails = [child.tail for child in element if child.tail]
        texts = has_text(element.text) + sum(not tail.isspace() for tail in tails)
        if len(element) >= MANY_NAMES:
            self._texts = texts
        return texts

    def items(self) -> Iterator[Node]:
        elements = [child for child in self.element if is_element(child)]
        for child, index in zip(elements, numbered([child.tag for child in elements]), strict=True):
            yield XmlNode(child, child.tag, index, self)

    def named(self, name: str) -> list[Node]:
        same = [child for child in self.element if child.tag == name]
        if not same:
            return []
        return [
            XmlNode(child, name, index, self)
            for child, index in zip(same, numbered([name] * len(same)), strict=True)
            if not _is_blank(child)
        ]

    def text_at(self, path: str) -> str | None:
        if "." in path:
            return super().text_at(path)
        for child in self.element:  # without a node for each: envelopes are made of such texts
            if child.tag == path and not _is_blank(child):
                return (own_text(child) or "").strip() or None
        return None

    def records(self, name: str) -> list[Mapping[str, object]]:
        return [
            {field.tag: own_text(field) if len(field) else field.text for field in child}
            for child in self.element
            if child.tag == name
        ]

    def data(self) -> object:
        return xml_data(self.element)

    def _text(self, text: str | None) -> list[Node]:
        return [XmlLeaf(Kind.TEXT, "#text", text, self)] if text and text.strip() else []

    def _makers(self) -> Iterator[tuple[Callable[[], Node], str | None]]:
        named = self.items()
        for child in self.element:
            if is_element(child):
                yield partial(next, named), child.tail
            else:
                yield partial(XmlLeaf, *comment_kind(child.tag), child.text or "", self), child.tail


class XmlLeaf(Node):
    """An attribute, a comment, a processing instruction, or text between elements."""

    __slots__ = ("_kind", "_value")

    def __init__(self, kind: Kind, name: str, value: str, parent: Node) -> None:
        super().__init__(name, None, parent)
        self._kind = kind
        self._value = value

    @property
    def kind(self) -> Kind:
        return self._kind

    @property
    def is_empty(self) -> bool:
        return self.text is None

    @property
    def value(self) -> str | None:
        return self._value

    def data(self) -> object:
        return self._value


def has_text(text: str | None) -> bool:
    """False for the whitespace between elements."""
    return bool(text and text.strip())


def own_text(element: Element) -> str | None:
    """The text of an element that holds no other, without the comments in it."""
    if len(element) == 0:
        return element.text
    if any(map(is_element, element)):
        return None
    return "".join([element.text or "", *(comment.tail or "" for comment in element)])


def _is_blank(element: Element) -> bool:
    """Whether neither text nor an attribute stands in ``element`` or below it; comments say nothing."""
    if (element.text and element.text.strip()) or element.keys():
        return False
    for child in element:
        if (child.tail and child.tail.strip()) or (is_element(child) and not _is_blank(child)):
            return False
    return True


def xml_data(element: Element) -> Any:
    """What ``xmltodict.parse`` gives for ``element``: None, a text, or a dict with ``@`` and ``#text`` keys."""
    data: dict[str, Any] = {f"@{name}": value for name, value in element.attrib.items()}
    for child in element:
        if is_element(child):
            _push(data, child.tag, xml_data(child))
    text = "".join([element.text or "", *(child.tail or "" for child in element)]).strip()
    if not data:
        return text or None
    if text:
        _push(data, "#text", text)
    return data


def _push(data: dict[str, Any], key: str, value: Any) -> None:
    if key not in data:
        data[key] = value
    elif isinstance(data[key], list):
        data[key].append(value)
    else:
        data[key] = [data[key], value]
