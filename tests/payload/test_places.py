from collections.abc import Callable
from typing import Any

import pytest
from callback_lens.payload.document import Document
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.nodes import Node
from callback_lens.payload.paths import walk
from callback_lens.payload.places import Place, Shown, entries, find, place_of
from callback_lens.payload.reader import read_documents

TEXTS = (
    b'<Response a="1" b="2">one<!--c--><A x="y"/>two<B>three<!--d--></B><A>\n</A><?p?><C><D/><D>4</D></C>!</Response>',
    b"<Response>\n  <A>1</A>\n  <B>\n    <C>2</C>\n    <C>3</C>\n  </B>\n</Response>",
    b'{"A": [1, [2, {"B": null}], {}], "A2": {"x": true, "x": [1.50], "y": "z"}, "": false}',
    b"<Response>" + b"<A/><B/><Tags/>" * 400 + b"<C/></Response>",
    b'{"A": [' + b"1, " * 1200 + b"2], " + b", ".join(b'"k%d": 1' % number for number in range(1100)) + b', "k3": 2}',
    b'{"JobsDetail": {"Tag": "a", "Words": [{"Word": "b"}]}}',
)


def read(content: bytes) -> Document:
    (document,) = read_documents(Input("payload", None, content, None), Limits())
    assert isinstance(document, Document), document
    return document


@pytest.fixture(params=TEXTS)
def root(request: pytest.FixtureRequest) -> Node:
    return read(request.param).root


def at(root: Node, place: Place) -> Node:
    for position in place:
        root = root.children()[position]
    return root


def same(one: list[Node], other: list[Node]) -> bool:
    def told(node: Node) -> object:
        return node.name, node.index, node.kind, node.value, node.path

    return list(map(told, one)) == list(map(told, other))


def test_every_node_is_found_at_its_place_in_document_order(root: Node) -> None:
    places = list(find(root, lambda name, value: True))
    assert same([at(root, place) for place in places], list(walk(root))[1:])
    assert places == sorted(places)
    assert [place_of(at(root, place)) for place in places] == places


def test_a_name_and_a_value_are_told_as_the_nodes_have_them(root: Node) -> None:
    told: list[tuple[str, str | None]] = []
    assert list(find(root, lambda name, value: bool(told.append((name, value))))) == []
    assert told == [(node.name, node.value) for node in list(walk(root))[1:]]


def test_children_are_counted_and_cut_out_without_the_others(root: Node) -> None:
    for node in walk(root):
        children = node.children()
        assert node.child_count == len(children) == len(list(entries(node)))
        assert node.has_children == bool(children)
        for start, child in enumerate(children):
            assert same(node.children_at(range(start, len(children), 3)), children[start::3])
            assert node.position_of(child) == start


def test_the_search_can_be_stopped(root: Node) -> None:
    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        list(find(root, lambda name, value: False, stop))


def test_a_filter_leaves_matches_and_what_they_stand_in(document: Callable[[Any], Document]) -> None:
    root = document({"A": {"B": "x", "C": "y", "D": "x"}, "E": "z", "F": {"G": "x"}}).root
    shown = Shown()
    for place in find(root, lambda name, value: value == "x"):
        shown.add(place)

    def names(place: Place) -> list[str]:
        return [at(root, (*place, position)).name for position in shown.below(place) or []]

    top: Place = (0,) if names(()) == ["Response"] else ()
    assert names(top) == ["A", "F"]
    assert names((*top, 0)) == ["B", "D"]
    assert names((*top, 2)) == ["G"]
    assert shown.below((*top, 0, 0)) is None


def test_a_filter_without_matches_leaves_nothing() -> None:
    assert Shown().below(()) == []
