"""What the selected node means, in three lines."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.payload.nodes import Node
from callback_lens.ui.models.node_cells import field_notes, node_tooltip
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT
from callback_lens.ui.widgets.label import Label

UNKNOWN = Message("Nothing is known of this node.")
KEYS = Message("Arrow keys walk and open, * opens all below, letters search.")
NOTE_LINES = 2


class NodeLine(QFrame):
    """The terms for the selected node in each language and, below, its note; always of the same height.

    Where no node is selected, it says what the keys do.
    """

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._node: Node | None = None
        self._term = Label(session, "", self)
        font = self._term.font()
        font.setBold(True)
        self._term.setFont(font)
        self._note = Label(session, "", self, meaning="muted", wraps=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, TIGHT, GAP, TIGHT)
        layout.setSpacing(2)
        layout.addWidget(self._term)
        layout.addWidget(self._note, 1)
        self._fit()
        session.language_changed.connect(self._speak)

    def show_node(self, node: Node | None) -> None:
        """Say what ``node`` means."""
        self._node = node
        self._speak()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        lines = self.fontMetrics().lineSpacing() * (NOTE_LINES + 1)
        self.setFixedHeight(lines + 2 * TIGHT + 4)

    def _speak(self) -> None:
        notes = field_notes(self._node, self._session.language) if self._node is not None else []
        self._term.change(" · ".join(dict.fromkeys(note.term for note in notes)))
        self._term.setVisible(bool(notes))
        self._note.change(notes[0].note if notes else UNKNOWN if self._node is not None else KEYS)
        self.setToolTip(node_tooltip(self._node, self._session.language) if self._node is not None else "")
