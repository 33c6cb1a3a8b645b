"""Neutral paths: from a path back to its node, and all nodes in order."""

import json
import re
from collections.abc import Iterator

from callback_lens.payload.nodes import Kind, Node

STEP = re.compile(
    r"""\.?(?:\[(?P<index>[0-9]{1,9})\]
          |\[(?P<quoted>"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*")\]
          |(?P<name>[^.\[\]]+))""",
    re.VERBOSE,
)
LEADING_RESPONSE = re.compile(r"\AResponse(?:\.|\Z)")


def node_at(top: Node, path: str) -> Node | None:
    """The node at ``path`` below ``top`` (a payload's node), or None where there is none or the path is malformed.

    Lenient about form: ``[0]`` also names what stands alone, a name without index the first of several, and a
    leading ``Response`` is passed over.
    """
    path = path.strip()
    node = _follow(top, path)
    return node if node is not None else _follow(top, LEADING_RESPONSE.sub("", path))


def _follow(top: Node, path: str) -> Node | None:
    nodes = [top]
    end = 0
    while nodes and end < len(path):
        match = STEP.match(path, end)
        if match is None:
            return None
        end = match.end()
        nodes = _below(nodes, match)
    return nodes[0] if nodes else None


def _below(nodes: list[Node], step: re.Match[str]) -> list[Node]:
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
