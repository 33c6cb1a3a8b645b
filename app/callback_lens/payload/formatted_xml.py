"""The formatted source of XML."""

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Comment, Element

from callback_lens.payload.formatted import Formatted, Part, Style
from callback_lens.payload.nodes import REPEATED_NAMES, Kind, Node
from callback_lens.payload.xml_nodes import XmlNode
from callback_lens.payload.xml_parsing import is_element

MARKUP = re.compile("[&<>]")


class FormattedXml(Formatted):
    """An element with nothing but text takes one line, its attributes are on the line of its name."""

    def __init__(self, root: XmlNode, check: Callable[[], None]) -> None:
        super().__init__(root)
        self._add_content(root.element, -1, check)

    def _add_content(self, element: Element, above: int, check: Callable[[], None]) -> None:
        check()
        self._add_text(element.text, above)
        for child in element:
            line = self._add(child, above)
            if len(child):
                self._add_content(child, line, check)
                self.ends[line] = self._add(child, line)
            self._add_text(child.tail, above)

    def _add_text(self, text: str | None, above: int) -> None:
        if text and not text.isspace():
            self._add(text, above)

    def _scalar(self, line: int) -> str:
        raw = self.raw[line]
        return raw if isinstance(raw, str) else raw.text or ""

    def _root_line(self) -> int:
        return -1

    def _parts(self, line: int) -> list[Part]:
        raw = self.raw[line]
        if isinstance(raw, str):
            return [Part(_escaped(raw.strip()), Style.TEXT)]
        if raw.tag is Comment:
            return [Part(f"<!--{raw.text or ''}-->", Style.COMMENT)]
        if not is_element(raw):
            return [Part(f"<?{raw.text or ''}?>", Style.COMMENT)]
        if self.is_closing(line):
            return _tag("</", raw.tag, ">")
        if self.ends[line] > line:
            return [*_tag("<", raw.tag), *_attributes(raw), Part(">", Style.MARK)]
        return _one_line(raw)

    def _content(self, line: int) -> str:
        raw = self.raw[line]
        if isinstance(raw, Element) and not raw.keys() and is_element(raw):
            if self.ends[line] > line:
                return f"<{raw.tag}>"
            if self.is_closing(line):
                return f"</{raw.tag}>"
            if raw.text and not MARKUP.search(raw.text):
                return f"<{raw.tag}>{raw.text}</{raw.tag}>"
        return super()._content(line)

    def _node_below(self, parent: Node, line: int) -> Node:
        raw = self.raw[line]
        kind = _kind(raw)
        if kind is Kind.ELEMENT and isinstance(parent, XmlNode):
            same = [child for child in parent.element if child.tag == raw.tag]
            at = next(index for index, child in enumerate(same) if child is raw)
            return XmlNode(raw, raw.tag, at if len(same) > 1 or raw.tag in REPEATED_NAMES else None, parent)
        alike = [other for other in self.lines_below(self.above[line]) if _kind(self.raw[other]) is kind]
        return [child for child in parent.children() if child.kind is kind][alike.index(line)]

    def _line_below(self, above: int, node: Node) -> int | None:
        if node.kind is Kind.ATTRIBUTE:
            return above
        lines = self.lines_below(above)
        if isinstance(node, XmlNode):
            return next((line for line in lines if self.raw[line] is node.element), None)
        alike = [line for line in lines if _kind(self.raw[line]) is node.kind]
        index = node.index or 0
        return alike[index] if index < len(alike) else None


def _kind(raw: Any) -> Kind:
    if isinstance(raw, str):
        return Kind.TEXT
    if is_element(raw):
        return Kind.ELEMENT
    return Kind.COMMENT if raw.tag is Comment else Kind.INSTRUCTION


def _one_line(element: Element) -> list[Part]:
    start = [*_tag("<", element.tag), *_attributes(element)]
    if not element.text:
        return [*start, Part("/>", Style.MARK)]
    return [*start, Part(">", Style.MARK), Part(_escaped(element.text), Style.TEXT), *_tag("</", element.tag, ">")]


def _tag(before: str, name: str, after: str = "") -> list[Part]:
    return [Part(before, Style.MARK), Part(name, Style.NAME), *([Part(after, Style.MARK)] if after else [])]


def _attributes(element: Element) -> list[Part]:
    parts = []
    for name, value in element.items():
        quoted = _escaped(value).replace('"', "&quot;")
        parts += [Part(f" {name}", Style.KEYWORD), Part("=", Style.MARK), Part(f'"{quoted}"', Style.STRING)]
    return parts


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
