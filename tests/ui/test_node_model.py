from collections.abc import Callable

import pytest
from callback_lens.payload.nodes import Node
from callback_lens.payload.paths import node_at, walk
from callback_lens.payload.places import Shown, find, place_of
from callback_lens.ui.entries import Entry
from callback_lens.ui.models import node_model
from callback_lens.ui.models.node_model import NAME, VALUE, NodeModel
from callback_lens.ui.session import Session
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

MANY = b"<Response>" + b"".join(b"<A>%d</A>" % number for number in range(23)) + b"<B><C>7</C></B></Response>"


@pytest.fixture
def model(session: Session) -> NodeModel:
    return NodeModel(session)


def show(model: NodeModel, entry: Entry, text: str | None = None) -> Node:
    assert entry.summary is not None
    root = entry.summary.document.root
    shown = None
    if text is not None:
        shown = Shown()
        for place in find(root, lambda name, value: text in (value or "")):
            shown.add(place)
    model.show(root, shown)
    return root


def rows(model: NodeModel, parent: QModelIndex | None = None) -> list[QModelIndex]:
    parent = parent or QModelIndex()
    return [model.index(row, NAME, parent) for row in range(model.rowCount(parent))]


def texts(model: NodeModel, parent: QModelIndex) -> list[str]:
    return [model.data(row) for row in rows(model, parent)]


@pytest.mark.parametrize("sample", ["SpeechRecognition/api-success.xml", "SmartCover/workflow-success.json"])
@pytest.mark.parametrize("text", [None, "Success"])
def test_it_is_a_model(
    qtmodeltester: ModelTester, model: NodeModel, entry: Callable[..., Entry], sample: str, text: str | None
) -> None:
    show(model, entry(sample), text)
    qtmodeltester.check(model)


@pytest.mark.parametrize(
    ("most", "groups", "last"),
    [
        (10, ["nodes 1 to 10", "nodes 11 to 20", "nodes 21 to 24"], "B  (1)"),
        (4, ["nodes 1 to 16", "nodes 17 to 24"], "nodes 21 to 24"),
    ],
)
def test_it_is_a_model_in_groups(
    qtmodeltester: ModelTester,
    model: NodeModel,
    entry: Callable[..., Entry],
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    groups: list[str],
    last: str,
) -> None:
    monkeypatch.setattr(node_model, "GROUP", most)
    root = show(model, entry(MANY))
    (response,) = rows(model)
    assert texts(model, response) == groups
    assert texts(model, rows(model, response)[-1])[-1] == last
    assert model.node(rows(model, response)[0]) is None
    for node in list(walk(root))[1:]:
        index = model.index_of(node)
        found = model.node(index)
        assert found is not None
        assert found.path == node.path
        assert model.place(index) == place_of(node)
    qtmodeltester.check(model)


@pytest.mark.parametrize("sample", ["SpeechRecognition/api-success.xml", "SpeechRecognition/api-success.json"])
def test_every_node_has_its_row(model: NodeModel, entry: Callable[..., Entry], sample: str) -> None:
    root = show(model, entry(sample))
    for node in list(walk(root))[1:]:
        index = model.index_of(node)
        found = model.node(index)
        assert found is not None
        assert (found.path, found.kind) == (node.path, node.kind)
        assert model.hasChildren(index) == (node.child_count > 0)
        assert model.rowCount(index) == node.child_count


def test_a_filter_leaves_matches_with_what_they_stand_in(model: NodeModel, entry: Callable[..., Entry]) -> None:
    root = show(model, entry(MANY), "7")
    (response,) = rows(model)
    assert texts(model, response) == ["A[7]", "A[17]", "B  (1)"]
    assert not model.index_of(node_at(root, "Response.A[3]")).isValid()
    assert model.data(model.index_of(node_at(root, "Response.A[17]")).siblingAtColumn(VALUE)) == "17"


def test_a_filter_that_matches_nothing_leaves_nothing(model: NodeModel, entry: Callable[..., Entry]) -> None:
    show(model, entry(MANY), "no such text")
    assert model.rowCount() == 0
    assert not model.hasChildren()


@pytest.mark.parametrize(
    ("content", "path", "name", "value"),
    [
        (b'{"Operation": {"Output": {"Size": "1048576"}}, "x": 1.50}', "x", "x", "1.50"),
        (
            b'{"JobsDetail": {"Tag": "SmartCover", "State": "Success"}}',
            "JobsDetail",
            "JobsDetail[0]  (2)",
            "SmartCover · Success",
        ),
        (b'{"H": {"Key": "k", "Value": "v"}}', "H", "H  (2)", "k = v"),
        (b'{"H": {"Other": "k"}}', "H", "H  (1)", "Other k"),
        (b'{"H": null}', "H", "H", "null"),
        (b'{"H": "a\\nb\\u001b<b>"}', "H", "H", "a\\nb\\x1b<b>"),
        (b'{"DocPassword": "secret"}', "DocPassword", "DocPassword", "***"),
    ],
)
def test_what_a_row_says(
    model: NodeModel, entry: Callable[..., Entry], content: bytes, path: str, name: str, value: str
) -> None:
    root = show(model, entry(content))
    index = model.index_of(node_at(root, path))
    assert model.data(index) == name
    assert model.data(index.siblingAtColumn(VALUE)) == value


def test_a_number_is_readable_beside_what_is_written(model: NodeModel, entry: Callable[..., Entry]) -> None:
    root = show(model, entry("SpeechRecognition/api-success.xml"))
    index = model.index_of(node_at(root, "Response.JobsDetail[0].Operation.SpeechRecognitionResult.AudioTime"))
    assert model.data(index.siblingAtColumn(VALUE)) == "41.2864  0:41.286"


def test_tooltips_are_the_payloads_text_and_no_markup(model: NodeModel, entry: Callable[..., Entry]) -> None:
    root = show(model, entry(b'{"<b>": 1, "JobsDetail": {"Tag": "x"}}'))
    odd, _ = rows(model)
    assert model.data(odd, Qt.ItemDataRole.ToolTipRole) == "<qt>[&quot;&lt;b&gt;&quot;]</qt>"
    tag = model.index_of(node_at(root, "JobsDetail[0].Tag"))
    tooltip = model.data(tag, Qt.ItemDataRole.ToolTipRole)
    assert tooltip.startswith("<qt>JobsDetail[0].Tag<br>")
    assert model.data(tag, Qt.ItemDataRole.AccessibleDescriptionRole) in tooltip
    assert "任务" in tooltip, "in the other language as well"


def test_another_language_is_told_to_the_header(
    qtbot: QtBot, session: Session, model: NodeModel, entry: Callable[..., Entry]
) -> None:
    show(model, entry(MANY))
    assert model.headerData(NAME, Qt.Orientation.Horizontal) == "Name"
    with qtbot.waitSignal(model.headerDataChanged):
        session.change_language(session.language)


def test_showing_another_document_lets_go_of_the_first(
    qtbot: QtBot, session: Session, model: NodeModel, entry: Callable[..., Entry]
) -> None:
    show(model, entry(MANY))
    levels = model._levels
    rows(model, rows(model)[0])
    assert len(levels) == 2
    model.show(None)
    qtbot.waitUntil(lambda: not levels)
    assert model.rowCount() == 0
