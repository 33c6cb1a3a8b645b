"""The middle of the window: the tree of the payload with all that belongs to it."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QByteArray, QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.payload.nodes import Node
from callback_lens.payload.path_dialects import neutral_path
from callback_lens.payload.places import Shown
from callback_lens.ui.entries import Entry
from callback_lens.ui.models.node_model import NAME, NodeModel
from callback_lens.ui.selection import NodeSelected, Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT
from callback_lens.ui.tree.breadcrumb import Breadcrumb
from callback_lens.ui.tree.copying import NodeCopier
from callback_lens.ui.tree.expanding import Expander
from callback_lens.ui.tree.node_delegate import NodeDelegate
from callback_lens.ui.tree.node_line import NodeLine
from callback_lens.ui.tree.node_menu import copy_choices
from callback_lens.ui.tree.node_search import NodeSearch
from callback_lens.ui.tree.search_bar import SearchBar
from callback_lens.ui.tree.stop_line import StopLine
from callback_lens.ui.tree.tree_view import TreeView
from callback_lens.ui.widgets.label import Label
from callback_lens.ui.widgets.menus import show_menu
from callback_lens.ui.widgets.object_menu import Choice

TREE = Message("Tree of the payload")
NOTHING_OPEN = Message("Open a callback to see its tree.")
UNREADABLE = Message("This could not be read as a callback. The Raw tab shows what it is.")
NO_MATCH = Message("No node matches.")
MOST_OPENED_BY_FILTER = 20_000  # rows: nobody reads on, and to let go of a hundred thousand holds up the window


class TreePane(QWidget):
    """Shows the document of the entry that is open, and selects nodes in it and with the other parts of the window."""

    def __init__(self, session: Session, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self.model = NodeModel(session, self)
        self.view = TreeView(self.model, self)
        self.expander = Expander(self.view)
        self.copier = NodeCopier(session, self)
        self.search_bar = SearchBar(session, self)
        self.breadcrumb = Breadcrumb(session, self)
        self._problem = Label(session, "", self, meaning="error", wraps=True)
        self._stop_line = StopLine(session, self.expander, self)
        self._node_line = NodeLine(session, self)
        self.finding = NodeSearch(session, self.search_bar, self.view, self.model, self._problem)
        self.view.setItemDelegate(NodeDelegate(session, self.model, self.finding.is_match, self.view))
        self._arrange()
        self._connect()
        self._speak()
        self._open(selection.entry)

    def state(self) -> QByteArray:
        """The widths of the columns as the user likes them, to be kept; empty where none was changed."""
        return self.view.column_state()

    def restore(self, state: QByteArray) -> None:
        """Widths as they were kept."""
        self.view.header().restoreState(state)

    # What the window's actions call

    def expand_to_level(self, level: int) -> None:
        """Open so many levels of the tree, and close what is deeper."""
        self.collapse_all()
        self.expander.start(QModelIndex(), level)

    def expand_all(self) -> None:
        """Open all there is, in steps; ``stop`` ends it."""
        self.expander.start(QModelIndex())

    def expand_below(self, index: QModelIndex) -> None:
        """Open a row and all below it, in steps."""
        self.expander.start(index)

    def collapse_all(self) -> None:
        """Close everything but the document itself."""
        self.stop()
        current = self.model.place(self.view.currentIndex())
        self.model.show(self.model.top, self.model.shown)  # quicker than to close each row
        if self.model.rowCount() == 1:
            self.view.expand(self.model.index(0, NAME))
        if current:
            self.view.setCurrentIndex(_topmost_shown(self.view, self.model.index_at(current)))

    def stop(self) -> None:
        """Stop opening rows."""
        self.expander.stop()

    def go_to(self, path: str) -> bool:
        """Select the node at a neutral path, an XPath, a JSONPath or a Python accessor; False where there is none."""
        return self._selection.select_path(neutral_path(path))

    def focus_search(self) -> None:
        """Let the user type what to look for."""
        self.search_bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_bar.field.selectAll()

    def find_next(self) -> None:
        """Go to the next match."""
        self.finding.step(1)

    def find_previous(self) -> None:
        """Go to the match before."""
        self.finding.step(-1)

    def toggle_filter(self) -> None:
        """Show only the matches, or all nodes again."""
        self.search_bar.filter.toggle()

    def copy_value(self) -> None:
        """Copy the value of the selected node."""
        self._copy(self.copier.value)

    def copy_name(self) -> None:
        """Copy the name of the selected node."""
        self._copy(self.copier.name)

    def copy_path(self) -> None:
        """Copy the neutral path of the selected node."""
        self._copy(self.copier.path)

    def copy_xpath(self) -> None:
        """Copy the XPath of the selected node."""
        self._copy(self.copier.xpath)

    def copy_jsonpath(self) -> None:
        """Copy the JSONPath of the selected node."""
        self._copy(self.copier.json_path)

    def copy_python(self) -> None:
        """Copy how Python reaches the selected node."""
        self._copy(self.copier.python)

    def copy_json(self) -> None:
        """Copy the selected node and all below it as JSON."""
        self._copy(self.copier.json)

    def copy_subtree(self) -> None:
        """Copy the selected node and all below it as the payload has it."""
        self._copy(self.copier.subtree)

    def _copy(self, copy: Callable[[Node], None]) -> None:
        node = self.model.node(self.view.currentIndex()) if self.view.currentIndex().isValid() else None
        if node is not None:
            copy(node)

    # How it is put together

    def _arrange(self) -> None:
        top = QWidget(self)
        head = QVBoxLayout(top)
        head.setContentsMargins(GAP, TIGHT, TIGHT, TIGHT)
        head.setSpacing(TIGHT)
        for widget in (self.search_bar, self._problem, self._stop_line):
            head.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addWidget(self.view, 1)
        self._strip = QWidget(self)
        strip = QVBoxLayout(self._strip)
        strip.setContentsMargins(0, 0, 0, 0)
        strip.setSpacing(0)
        for part in (_line(self), self.breadcrumb, self._node_line):
            strip.addWidget(part)
        layout.addWidget(self._strip)
        self._problem.hide()
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self._selection.entry_changed.connect(self._open)
        self._selection.node_changed.connect(self._follow)
        self.view.current_changed.connect(self._select)
        self.view.opened_below.connect(self.expand_below)
        self.view.typed.connect(self._type)
        self.view.escaped.connect(self._escape)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.breadcrumb.chosen.connect(self._selection.select)
        self.search_bar.field.left.connect(self.view.setFocus)
        self.search_bar.field.escaped.connect(self._escape)
        self.finding.filtered.connect(self._show_filtered)
        self._session.language_changed.connect(self._speak)
        self._session.theme_changed.connect(self.view.viewport().update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the window's actions do, where there is no window."""
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_F3:
            self.finding.step(-1 if is_shifted else 1)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_value()
        elif event.matches(QKeySequence.StandardKey.Find):
            self.focus_search()
        else:
            super().keyPressEvent(event)

    def _speak(self) -> None:
        say = self._session.say
        self.view.setAccessibleName(say(TREE))
        entry = self._selection.entry
        state = NOTHING_OPEN if entry is None else UNREADABLE if entry.summary is None else NO_MATCH
        self.view.empty_text = say(state)
        self.view.viewport().update()

    # Entry and node

    def _open(self, entry: Entry | None) -> None:
        self.expander.stop()
        summary = entry.summary if entry else None
        self._show_model(summary.document.root if summary else None)
        self._speak()
        self._strip.setVisible(summary is not None)
        self._show_node(None)
        self.finding.restart()

    def _show_model(self, top: Node | None, shown: Shown | None = None) -> None:
        self.expander.stop()
        self.model.show(top, shown)
        if shown is None:
            self.view.open_first_rows()
        else:
            self.expander.start(
                QModelIndex(),
                opens=lambda index: shown.below(self.model.place(index)) is not None,
                most=MOST_OPENED_BY_FILTER,
            )

    def _show_filtered(self, shown: Shown | None) -> None:
        self._show_model(self.model.top, shown)
        index = self.model.index_of(self._selection.node)
        if index.isValid():
            self.view.reveal(index)
        else:
            self.finding.go_to_first()

    def _type(self, text: str) -> None:
        self.focus_search()
        self.search_bar.field.setText(text)

    def _follow(self, selected: NodeSelected) -> None:
        self._show_node(selected.node)
        if selected.origin is not self and selected.node is not None:
            self._reveal(selected.node)

    def _reveal(self, node: Node) -> None:
        index = self.model.index_of(node)
        if not index.isValid() and self.model.shown is not None:
            self.search_bar.filter.setChecked(False)  # shows all nodes, and this one among them
            index = self.model.index_of(node)
        if index.isValid():
            self.view.reveal(index)

    def _select(self, index: QModelIndex) -> None:
        node = self.model.node(index) if index.isValid() else None
        if node is not None:
            self._selection.select(node, self)
            self.finding.tell()

    def _show_node(self, node: Node | None) -> None:
        self.breadcrumb.show_node(node)
        self._node_line.show_node(node)

    def _escape(self) -> None:
        """Stop what is going on; otherwise forget the search; then back to the tree."""
        if self.expander.is_running:
            self.expander.stop()
        elif not self.finding.escape():
            self.view.setFocus()

    # Context menu

    def _show_menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at) if self.view.indexAt(at).isValid() else self.view.currentIndex()
        node = self.model.node(index) if index.isValid() else None
        choices = [*(copy_choices(self.copier, node) if node else ()), *self._open_choices(index)]
        show_menu(self._session, choices, self.view.viewport().mapToGlobal(at), self.view)

    def _open_choices(self, index: QModelIndex) -> Iterator[Choice]:
        if index.isValid() and self.model.hasChildren(index):
            yield Message("Expand all below"), lambda: self.expand_below(index)
            yield Message("Collapse"), lambda: self.view.collapse(index)


def _topmost_shown(view: TreeView, index: QModelIndex) -> QModelIndex:
    """``index``, or what it stands in that is not hidden in a closed row."""
    shown = index
    while index.parent().isValid():
        index = index.parent()
        shown = shown if view.isExpanded(index) else index
    return shown


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setForegroundRole(QPalette.ColorRole.Mid)
    line.setFixedHeight(1)
    return line
