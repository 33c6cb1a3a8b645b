"""A node's place as XPath, JSONPath and Python say it, and back to the neutral path."""

import json
import re

from callback_lens.payload.json_nodes import JsonNode, RepeatedKeys
from callback_lens.payload.nodes import Kind, Node
from callback_lens.payload.xml_nodes import XmlNode

Step = str | int

IDENTIFIER = re.compile(r"[^\W\d]\w*")
BRACKETED_NAME = re.compile(r"""\[(?P<quote>["'])(?P<name>[@#]?[^\W\d][\w:-]*)(?P=quote)\]""")
XPATH_STEP = re.compile(r"/(?P<name>[^/\[\]]+)(?:\[normalize-space\(\)\])?(?:\[(?P<number>[0-9]+)\])?")
NODE_TESTS = {
    "#text": "text()[normalize-space()]",  # whitespace between elements is no node here
    "#comment": "comment()",
    "#instruction": "processing-instruction()",
}


def xpath(node: Node) -> str:
    """The XPath of ``node``; for JSON that of the same node in the callback's XML form."""
    parts: list[str] = []
    top = node
    while top.parent is not None:
        parts.append(_xpath_step(top.name, None if top.kind is Kind.ARRAY else top.index))
        is_item = top.parent.kind is Kind.ARRAY and top.parent.parent is not None
        top = top.parent.parent if is_item and top.parent.parent is not None else top.parent
    if isinstance(top, JsonNode) and (not parts or parts[-1] != "Response"):
        parts.append("Response")
    return "/" + "/".join(reversed(parts))


def _xpath_step(name: str, index: int | None) -> str:
    number = "" if index is None else f"[{index + 1}]"
    if ":" in name:  # a prefix means nothing without its declaration
        return f"*[name()='{name}']{number}"
    return NODE_TESTS.get(name, name) + number


def json_path(node: Node) -> str | None:
    """The JSONPath of ``node`` in the document's data; None for what the data does not have (a comment)."""
    steps = data_steps(node)
    return None if steps is None else "$" + "".join(map(_json_path_step, steps))


def python_accessor(node: Node) -> str | None:
    """The expression that reaches ``node.data()`` in ``data``, the document's data; None where the data lacks it."""
    steps = data_steps(node)
    return None if steps is None else "data" + "".join(map(_subscript, steps))


def _json_path_step(step: Step) -> str:
    return f".{step}" if isinstance(step, str) and IDENTIFIER.fullmatch(step) else _subscript(step)


def _subscript(step: Step) -> str:
    return f"[{step}]" if isinstance(step, int) else f"[{json.dumps(step, ensure_ascii=False)}]"


def data_steps(node: Node) -> list[Step] | None:
    """The keys and indices from ``Document.data()`` to ``node.data()``; None where the data does not have it.

    A text that stands in several pieces in its element is one in the data.
    """
    steps: list[Step] = []
    while node.parent is not None:
        own = _xml_steps(node, node.parent) if isinstance(node.parent, XmlNode) else _json_steps(node, node.parent)
        if own is None:
            return None
        steps = own + steps
        node = node.parent
    return steps


def _xml_steps(node: Node, parent: XmlNode) -> list[Step] | None:
    if node.kind in (Kind.COMMENT, Kind.INSTRUCTION):
        return None
    if node.kind is Kind.TEXT:
        return ["#text"] if isinstance(parent.data(), dict) else []
    is_list = node.kind is Kind.ELEMENT and sum(child.tag == node.name for child in parent.element) > 1
    return [node.name, node.index] if is_list and node.index is not None else [node.name]


def _json_steps(node: Node, parent: Node) -> list[Step] | None:
    above = parent.json if isinstance(parent, JsonNode) else None
    if isinstance(above, list) and node.index is not None:
        return [node.index]
    if isinstance(above, RepeatedKeys) and node.index is not None:
        last = sum(name == node.name for name, _ in above.pairs) - 1
        return [node.name] if last in (node.index, 0) else None
    return [node.name]


def neutral_path(text: str) -> str:
    """The neutral path for what people paste: itself, an XPath, a JSONPath or a Python accessor."""
    text = text.strip()
    if text.startswith("/"):
        return re.sub(r"\A\.", "", XPATH_STEP.sub(_from_xpath, text))
    without_root = re.sub(r"\A(?:\$|data(?=\[))\.?", "", text)
    return BRACKETED_NAME.sub(r".\g<name>", without_root).removeprefix(".")


def _from_xpath(step: re.Match[str]) -> str:
    name = step["name"]
    names = {"text()": "#text", "comment()": "#comment", "processing-instruction()": "#instruction"}
    number = "" if step["number"] is None else f"[{max(int(step['number']) - 1, 0)}]"
    return f".{names.get(name, name)}{number}"
