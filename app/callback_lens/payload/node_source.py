"""A node and all below it as text: as the payload has it, or as JSON of its data."""

import json
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from callback_lens.payload.json_nodes import CONTAINER, JsonNode, JsonNumber, json_members
from callback_lens.payload.nodes import Kind, Node
from callback_lens.payload.xml_nodes import XmlNode
from callback_lens.payload.xml_parsing import is_element

Say = Callable[[str, str], str]
INDENT = "  "
ATTRIBUTE_REFERENCES = (("\n", "&#10;"), ("\r", "&#13;"), ("\t", "&#9;"))


def as_it_is(_name: str, text: str) -> str:
    """The text of a node, with all that is secret in it."""
    return text


def node_source(node: Node, say: Say = as_it_is) -> str:
    """The node in its document's own language; ``say(name, text)`` gives the text to show for a node's (masked?)."""
    if isinstance(node, XmlNode):
        return "".join(_xml(node.element, say))
    if isinstance(node, JsonNode):
        return "".join(_json(node.json, node.name, "\n", say))
    text = say(node.name, node.value or "")
    if node.kind is Kind.ATTRIBUTE:
        return f"{node.name.removeprefix('@')}={_attribute(text)}"
    return (
        f"<!--{text}-->"
        if node.kind is Kind.COMMENT
        else f"<?{text}?>"
        if node.kind is Kind.INSTRUCTION
        else escape(text, quote=False)
    )


def node_json(node: Node, say: Say = as_it_is) -> str:
    """What xmltodict or ``json.loads`` gives for the node, as JSON."""
    encoder = json.JSONEncoder(ensure_ascii=False, indent=INDENT)  # written in Python: it lets other threads run
    return "".join(encoder.iterencode(_said(node.data(), node.name.removeprefix("@"), say)))


def _said(data: Any, name: str, say: Say) -> Any:
    if isinstance(data, dict):
        return {
            key: _said(value, name if key == "#text" else key.removeprefix("@"), say) for key, value in data.items()
        }
    if isinstance(data, list):
        return [_said(item, name, say) for item in data]
    return say(name, data) if isinstance(data, str) else data


def _xml(element: Any, say: Say) -> Iterator[str]:
    if not is_element(element):
        mark = "<!--{}-->" if "Comment" in element.tag.__name__ else "<?{}?>"
        yield mark.format(element.text or "")
        return
    attributes = "".join(f" {name}={_attribute(say(name, value))}" for name, value in element.items())
    if not len(element) and not element.text:
        yield f"<{element.tag}{attributes}/>"
        return
    yield f"<{element.tag}{attributes}>{escape(say(element.tag, element.text or ''), quote=False)}"
    for child in element:
        yield from _xml(child, say)
        if child.tail:
            yield escape(child.tail, quote=False)
    yield f"</{element.tag}>"


def _attribute(text: str) -> str:
    """As xml.sax.saxutils.quoteattr, which would load urllib, http and ssl for it."""
    text = escape(text, quote=False)
    for character, reference in ATTRIBUTE_REFERENCES:
        text = text.replace(character, reference)
    if '"' in text and "'" not in text:
        return f"'{text}'"
    return '"' + text.replace('"', "&quot;") + '"'


def _json(value: Any, name: str, line: str, say: Say) -> Iterator[str]:
    if not isinstance(value, CONTAINER):
        yield str(value) if isinstance(value, JsonNumber) else _scalar(value, name, say)
        return
    is_list = isinstance(value, list)
    members = list(json_members(name, value))
    if not members:
        yield "[]" if is_list else "{}"
        return
    yield "[" if is_list else "{"
    for number, (key, item) in enumerate(members):
        yield ("," if number else "") + line + INDENT
        if not is_list:
            yield json.dumps(key, ensure_ascii=False) + ": "
        yield from _json(item, key, line + INDENT, say)
    yield line + ("]" if is_list else "}")


def _scalar(value: Any, name: str, say: Say) -> str:
    return json.dumps(say(name, value) if isinstance(value, str) else value, ensure_ascii=False)
