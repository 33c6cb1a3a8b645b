"""Neutral paths: from a path back to its node, and all nodes in order."""

import json
import re
from collections.abc import Iterator

from callback_lens.payload.nodes import Kind, Node

STEP = re.compile(r'\.?(?:\[(?P<index>\d+)\]|\[(?P<quoted>"(?:[^"\\]|\\.)*")\]|(?P<name>[^.\[\]]+))')


def node_at(top: Node, path: str) -> Node | None:
    """The node at ``path`` below ``top`` (a payload's node), or None where there is none or the path is malformed.

    Lenient about form: ``[0]`` also names what stands alone, a name without index the first of several, and a
    leading ``Response`` is passed over.
    """
    node: Node | None = top
    path = path.strip().removeprefix("Response.")
    end = 0
    nodes = [top]
    while end < len(path):
        match = STEP.match(path, end)
        if match is None:
            return None
        end = match.end()
        nodes = _below(nodes, match)
        node = nodes[0] if nodes else None
    return node


def _below(nodes: list[Node], step: re.Match[str]) -> list[Node]:
    if not nodes:
        return []
    if step["index"] is not None:
        return _item(nodes, int(step["index"]))
    name = step["name"] or json.loads(step["quoted"])
    first = nodes[0].children() if nodes[0].kind is Kind.ARRAY else [nodes[0]]
    return [child for node in first[:1] for child in node.children() if child.name == name]


def _item(nodes: list[Node], index: int) -> list[Node]:
    if len(nodes) == 1 and nodes[0].kind is Kind.ARRAY:
        nodes = nodes[0].children()
    return nodes[index : index + 1]


def walk(top: Node) -> Iterator[Node]:
    """``top`` and every node below it, in document order."""
    waiting = [top]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children()))
