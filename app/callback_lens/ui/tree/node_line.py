"""What the selected node means, in two or three lines."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.payload.nodes import Node
from callback_lens.ui.models.node_cells import field_note
from callback_lens.ui.models.plain import tooltip
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT
from callback_lens.ui.widgets.label import Label

UNKNOWN = Message("Nothing is known of this node.")
NOTE_LINES = 3


class NodeLine(QFrame):
    """The term of the selected node's meaning and, below it, the note; always of the same height."""

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
        self._note.setFixedHeight(self._note.fontMetrics().lineSpacing() * NOTE_LINES + 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, TIGHT, GAP, TIGHT)
        layout.setSpacing(2)
        layout.addWidget(self._term)
        layout.addWidget(self._note)
        session.language_changed.connect(self._speak)

    def show_node(self, node: Node | None) -> None:
        """Say what ``node`` means."""
        self._node = node
        self._speak()

    def _speak(self) -> None:
        note = field_note(self._node, self._session.language) if self._node is not None else None
        self._term.change(note.term if note else "")
        self._note.change(note.note if note else UNKNOWN if self._node is not None else "")
        self.setToolTip(tooltip(note.note) if note else "")
