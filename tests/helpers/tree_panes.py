"""What tests of the tree look at and wait for."""

from callback_lens.ui.tree.tree_pane import TreePane
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

TAG = "JobsDetail[0].Tag"


def rows_in_sight(tree: TreePane) -> list[str]:
    """The paths of the rows that are not in a closed one; empty for a row that is no node of the payload."""
    index, names = tree.model.index(0, 0), []
    while index.isValid():
        node = tree.model.node(index)
        names.append(node.path if node else "")
        index = tree.view.indexBelow(index)
    return names


def current_path(tree: TreePane) -> str | None:
    """The path of the current row's node."""
    index = tree.view.currentIndex()
    node = tree.model.node(index) if index.isValid() else None
    return node.path if node else None


def search(qtbot: QtBot, tree: TreePane, text: str) -> None:
    """Type ``text`` and wait until all is found."""
    field = tree.search_bar.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    qtbot.waitUntil(lambda: tree.finding.search.query.text == text and not tree.finding.search.is_running)


def settled(qtbot: QtBot, tree: TreePane) -> None:
    """Wait until nothing is being opened."""
    qtbot.waitUntil(lambda: not tree.expander.is_running, timeout=30_000)
