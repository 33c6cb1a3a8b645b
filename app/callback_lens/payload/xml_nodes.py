"""XML: the nodes of a tree of elements."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from xml.etree.ElementTree import Comment, Element

from callback_lens.payload.nodes import MANY_NAMES, REPEATED_NAMES, Kind, Node, numbered, numbered_at
from callback_lens.payload.xml_parsing import is_element


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
        nodes: list[Node] = [XmlLeaf(Kind.ATTRIBUTE, f"@{name}", value, self) for name, value in self.element.items()]
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
        return len(self.element.keys()) + len(self.element) + self._text_count()

    @property
    def has_children(self) -> bool:
        return len(self.element) > 0 or bool(self.element.keys())

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
        is_plain = not self.element.keys() and not self._text_count()
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
        has_index = len(same) > 1 or name in REPEATED_NAMES
        return [
            XmlNode(child, name, place if has_index else None, self)
            for place, child in enumerate(same)
            if not _is_blank(child)
        ]

    def named_at(self, name: str, positions: Sequence[int], count: int) -> list[Node]:
        same = [child for child in self.element if child.tag == name]
        if len(same) != count:
            return super().named_at(name, positions, count)
        has_index = count > 1 or name in REPEATED_NAMES
        return [XmlNode(same[place], name, place if has_index else None, self) for place in positions]

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

    def record_names(self, name: str) -> set[str]:
        return {field.tag for child in self.element if child.tag == name for field in child}

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
    data: dict[str, Any] = {f"@{name}": value for name, value in element.items()}
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
