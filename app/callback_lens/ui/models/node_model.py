"""The nodes of a payload as a tree model: nothing is made before somebody looks at it."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from callback_lens.errors import Message
from callback_lens.payload.nodes import Node
from callback_lens.payload.places import Place, Shown, place_of
from callback_lens.ui.background import Job
from callback_lens.ui.models.node_cells import Cell, node_name, node_note, node_tooltip, node_value
from callback_lens.ui.session import Session

# A view lays out the rows of an opened node in one go, at about 10 µs each: more siblings come in groups of as many,
# and more groups in groups of these.
GROUP = 100
LEVELS_REMEMBERED = 256
FORGOTTEN_AT_ONCE = 500
NAME, VALUE = range(2)
TITLES = (Message("Name"), Message("Value"))
ROOT = QModelIndex()

AnyIndex = QModelIndex | QPersistentModelIndex


class Level:
    """The rows below one row: ``positions`` of children of ``node``, ``span`` of them to a row (1: no groups).

    ``parent`` and ``row`` say below which row of which level; ``below`` are the numbers of the levels of its rows.
    """

    __slots__ = ("below", "node", "parent", "positions", "row", "row_count", "span")

    def __init__(self, node: Node, positions: Sequence[int], parent: int, row: int) -> None:
        self.node = node
        self.positions = positions
        self.parent = parent
        self.row = row
        self.span = 1
        while len(positions) > self.span * GROUP:
            self.span *= GROUP
        self.row_count = -(-len(positions) // self.span)
        self.below: dict[int, int] = {}

    @property
    def is_grouped(self) -> bool:
        """Whether the rows are groups of nodes."""
        return self.span > 1

    def group(self, row: int) -> Sequence[int]:
        """The positions in the group at ``row``."""
        return self.positions[row * self.span : (row + 1) * self.span]


class NodeModel(QAbstractItemModel):
    """The nodes below ``top``, or those of them that ``shown`` leaves.

    An index carries the number of its level, never an object. Rows are made when asked for.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.top: Node | None = None
        self.shown: Shown | None = None
        self._levels: list[Level] = []
        self._nodes = lru_cache(LEVELS_REMEMBERED)(self._make_nodes)
        session.language_changed.connect(self._speak)

    def show(self, top: Node | None, shown: Shown | None = None) -> None:
        """Show the nodes below ``top``; with ``shown`` only those."""
        self.beginResetModel()
        self._nodes.cache_clear()
        forgotten, self._levels = self._levels, []
        self.top, self.shown = top, shown
        if top is not None:
            self._add_level(top, -1, -1)
        self.endResetModel()
        if forgotten:
            self._session.background.run(partial(_forget, forgotten), lambda _: None, self)

    def node(self, index: AnyIndex) -> Node | None:
        """The node of a row; None for a group of nodes and for no row."""
        if not index.isValid() or self._levels[index.internalId()].is_grouped:
            return None
        return self._nodes(index.internalId())[index.row()]

    def place(self, index: AnyIndex) -> Place:
        """The place of a row's node; of a group that of the node it is part of, of no row the document's."""
        return self._place(index.internalId(), index.row()) if index.isValid() else ()

    def _place(self, number: int, row: int) -> Place:
        positions: list[int] = []
        while number >= 0:
            level = self._levels[number]
            if not level.is_grouped:
                positions.append(level.positions[row])
            number, row = level.parent, level.row
        return tuple(reversed(positions))

    def index_of(self, node: Node | None) -> QModelIndex:
        """The row of a node of the same document; no row where the filter hides it."""
        if node is None or self.top is None or node.parent is None:
            return QModelIndex()
        return self.index_at(place_of(node))

    def index_at(self, place: Place) -> QModelIndex:
        """The row of the node at a place; no row where there is none or the filter hides it."""
        index = QModelIndex()
        for position in place:
            index = self._child_at(index, position)
            if not index.isValid():
                break
        return index

    def _child_at(self, parent: QModelIndex, position: int) -> QModelIndex:
        level = self._levels[self._level_below(parent)]
        row = position if isinstance(level.positions, range) else bisect_left(level.positions, position)
        if row >= len(level.positions) or level.positions[row] != position:
            return QModelIndex()
        while level.is_grouped:
            parent, row = self.index(row // level.span, NAME, parent), row % level.span
            level = self._levels[self._level_below(parent)]
        return self.index(row, NAME, parent)

    def index(self, row: int, column: int, parent: AnyIndex = ROOT) -> QModelIndex:
        if not self._levels or parent.column() > NAME:
            return QModelIndex()
        number = self._level_below(parent)
        if 0 <= row < self._levels[number].row_count and 0 <= column < len(TITLES):
            return self.createIndex(row, column, number)
        return QModelIndex()

    def parent(self, index: AnyIndex = ROOT) -> QModelIndex:  # type: ignore[override]  # QObject.parent is another
        level = self._levels[index.internalId()] if index.isValid() else None
        return QModelIndex() if level is None or level.parent < 0 else self.createIndex(level.row, NAME, level.parent)

    def rowCount(self, parent: AnyIndex = ROOT) -> int:
        if not self._levels or parent.column() > 0:
            return 0
        return self._levels[self._level_below(parent)].row_count

    def columnCount(self, parent: AnyIndex = ROOT) -> int:  # Qt's signature
        return len(TITLES)

    def hasChildren(self, parent: AnyIndex = ROOT) -> bool:
        if not parent.isValid():
            return self.rowCount() > 0
        number = parent.internalId()
        is_group = self._levels[number].is_grouped
        return parent.column() == NAME and (is_group or self._nodes(number)[parent.row()].has_children)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._session.say(TITLES[section])
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node, language = self.node(index), self._session.language
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.cell(index).said
        if role == Qt.ItemDataRole.ToolTipRole and node is not None:
            return node_tooltip(node, language)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and node is not None:
            return node_note(node, language)
        return None

    def cell(self, index: AnyIndex) -> Cell:
        """What a cell shows."""
        node = self.node(index)
        if node is None:
            return self._group_name(index) if index.column() == NAME else Cell("")
        return node_name(node) if index.column() == NAME else node_value(node, self._session.language)

    def _make_nodes(self, number: int) -> list[Node]:
        level = self._levels[number]
        return level.node.children_at(level.positions)

    def _level_below(self, index: AnyIndex) -> int:
        """The number of the level below a row, which is made when it is first asked for."""
        if not index.isValid():
            return 0
        number, row = index.internalId(), index.row()
        level = self._levels[number]
        below = level.below.get(row)
        if below is None:
            below = level.below[row] = (
                self._open_group(number, row) if level.is_grouped else self._open_node(number, row)
            )
        return below

    def _open_group(self, number: int, row: int) -> int:
        level = self._levels[number]
        self._levels.append(Level(level.node, level.group(row), number, row))
        return len(self._levels) - 1

    def _open_node(self, number: int, row: int) -> int:
        return self._add_level(self._nodes(number)[row], number, row)

    def _add_level(self, node: Node, parent: int, row: int) -> int:
        shown = self.shown.below(self._place(parent, row)) if self.shown is not None else None
        positions = range(node.child_count) if shown is None else shown  # a match is shown with all that is in it
        self._levels.append(Level(node, positions, parent, row))
        return len(self._levels) - 1

    def _group_name(self, index: AnyIndex) -> Cell:
        group = self._levels[index.internalId()].group(index.row())
        values = {"first": f"{group[0] + 1:,}", "last": f"{group[-1] + 1:,}"}
        return Cell(self._session.say(Message("nodes {first} to {last}", values)), "", "muted")

    def _speak(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, NAME, VALUE)


def _forget(levels: list[Level], _: Job) -> None:
    """Let go of the levels: a hundred thousand of them at once would hold up the window."""
    while levels:
        del levels[-FORGOTTEN_AT_ONCE:]
