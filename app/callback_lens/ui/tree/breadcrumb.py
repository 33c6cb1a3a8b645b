"""The way from the document to the selected node, each step a button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from callback_lens.errors import Message
from callback_lens.payload.nodes import Node
from callback_lens.ui.models.node_cells import node_name
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT
from callback_lens.ui.widgets.button import RingedButton
from callback_lens.ui.widgets.elided_label import ElidedLabel

LONGEST_NAME = 40
BETWEEN = "›"
LEFT_OUT = "…"
NAME = Message("Where the selected node stands")
HINT = Message("Select a node to see what it means")


class Breadcrumb(QWidget):
    """``chosen`` carries the Node of the button that was pressed. Where it is too long, its beginning is left out.

    Where no node is selected, it says that one can be.
    """

    chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._nodes: list[Node] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        # However long the way is, the splitter has no reason to lay out the window anew.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(self.fontMetrics().height() + 2 * TIGHT)
        session.language_changed.connect(self._speak)
        session.theme_changed.connect(self._fill)
        self._speak()

    def show_node(self, node: Node | None) -> None:
        """Show the way to ``node``."""
        nodes: list[Node] = []
        while node is not None and node.parent is not None:
            nodes.append(node)
            node = node.parent
        self._nodes = nodes[::-1]
        self._fill()

    @property
    def buttons(self) -> list[QToolButton]:
        """The steps that are shown, from the document on."""
        items = (self._layout.itemAt(number) for number in range(self._layout.count()))
        return [item.widget() for item in items if item and isinstance(item.widget(), QToolButton)]  # type: ignore[misc]  # narrowed by the condition

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fill()

    def _speak(self) -> None:
        self.setAccessibleName(self._session.say(NAME))
        self._fill()

    def _fill(self) -> None:
        while item := self._layout.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not self._nodes:
            self._layout.addSpacing(GAP)
            self._layout.addWidget(ElidedLabel(self._session, HINT, self, "muted"))
        shown = self._fitting()
        if len(shown) < len(self._nodes):
            self._layout.addWidget(self._mark(LEFT_OUT))
        for number, node in enumerate(shown):
            if number or len(shown) < len(self._nodes):
                self._layout.addWidget(self._mark(BETWEEN))
            self._layout.addWidget(self._button(node))
        self._layout.addStretch(1)

    def _fitting(self) -> list[Node]:
        """The last nodes for which there is room, at least one."""
        room = self.width() - 4 * TIGHT
        for number, node in enumerate(reversed(self._nodes)):
            room -= self.fontMetrics().horizontalAdvance(_name(node)) + 7 * TIGHT
            if room < 0 and number:
                return self._nodes[-number:]
        return self._nodes

    def _button(self, node: Node) -> QToolButton:
        button = RingedButton(self._session, self)
        button.setText(_name(node).replace("&", "&&"))
        button.setAccessibleName(_name(node))
        button.setAutoRaise(True)
        button.clicked.connect(lambda: self.chosen.emit(node))
        return button

    def _mark(self, text: str) -> QLabel:
        mark = QLabel(text, self)
        mark.setTextFormat(Qt.TextFormat.PlainText)
        mark.setForegroundRole(self.foregroundRole())
        mark.setContentsMargins(2, 0, 2, 0)
        return mark


def _name(node: Node) -> str:
    name = node_name(node).text
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
