"""Where nodes stand by number, and finding them by name or value in the raw trees: fast at half a million nodes."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any
from xml.etree.ElementTree import Element

from callback_lens.payload.json_nodes import CONTAINER, JsonNode, json_members
from callback_lens.payload.nodes import Node
from callback_lens.payload.xml_nodes import XmlNode, comment_kind, has_text, own_text
from callback_lens.payload.xml_parsing import is_element

# A node's position among its siblings, for it and each node above it: in the order of the document, and below the
# place of another node exactly where that is the beginning of it.
Place = tuple[int, ...]
Wanted = Callable[[str, str | None], bool]
Entry = tuple[str, str | None, Any]
CHECK_EVERY = 64  # levels opened or left: some hundred nodes, well below a millisecond


def place_of(node: Node) -> Place:
    """The place of ``node`` below the document."""
    positions: list[int] = []
    while node.parent is not None:
        positions.append(node.parent.position_of(node))
        node = node.parent
    return tuple(reversed(positions))


def find(top: Node, wanted: Wanted, check: Callable[[], None] = lambda: None) -> Iterator[Place]:
    """The places of all nodes below ``top`` for whose name and value ``wanted`` is true, in document order.

    ``check`` is called often, to stop the search by raising.
    """
    below_of: Callable[[Any], Iterator[Entry]] = _xml_entries if isinstance(top, XmlNode) else _json_entries
    open_levels: list[tuple[Place, Iterator[tuple[int, Entry]]]] = [((), enumerate(entries(top)))]
    for step in count():
        if not open_levels:
            return
        if step % CHECK_EVERY == 0:
            check()
        above, siblings = open_levels[-1]
        for position, (name, value, below) in siblings:
            if wanted(name, value):
                yield (*above, position)
            if below is not None:
                open_levels.append(((*above, position), enumerate(below_of(below))))
                break
        else:
            open_levels.pop()


def entries(node: Node) -> Iterator[Entry]:
    """Name, value and what is below it of each child of ``node``, without a node for each."""
    if isinstance(node, XmlNode):
        return _xml_entries(node.element)
    return _json_entries((node.name, node.json)) if isinstance(node, JsonNode) else iter(())


def _xml_entries(element: Element) -> Iterator[Entry]:
    """Name, value and what is below, as ``XmlNode.children`` has them."""
    for name, value in element.items():  # .attrib would leave a dict at each element that has none
        yield f"@{name}", value, None
    if len(element) and has_text(element.text):
        yield "#text", element.text, None
    for child in element:
        if not is_element(child):
            yield comment_kind(child.tag)[1], child.text or "", None
        elif len(child):
            yield child.tag, own_text(child), child
        else:
            yield child.tag, child.text, child if child.keys() else None
        if child.tail and not child.tail.isspace():
            yield "#text", child.tail, None


def _json_entries(named: tuple[str, Any]) -> Iterator[Entry]:
    """Name, value and what is below, as ``JsonNode.children`` has them."""
    for key, value in json_members(*named):
        if isinstance(value, str):
            yield key, value, None
        elif isinstance(value, CONTAINER):
            yield key, None, (key, value)
        else:
            yield key, None if value is None else str(value).lower(), None


class Shown:
    """The places that a filter leaves: matches and the nodes above them."""

    def __init__(self) -> None:
        self._positions: dict[Place, list[int]] = {(): []}

    def add(self, place: Place) -> None:
        """Show the node at ``place``; places are added in document order."""
        while place:
            place, position = place[:-1], place[-1]
            known = self._positions.setdefault(place, [])
            if known and known[-1] == position:
                return
            known.append(position)

    def below(self, place: Place) -> list[int] | None:
        """The positions shown below a place; None where nothing below it matches."""
        return self._positions.get(place)
