"""The line that says what was deleted, as long as that can be undone."""

from PySide6.QtWidgets import QWidget

from callback_lens.errors import Message
from callback_lens.ui.live.capture_changes import CaptureChanges, Pending
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT
from callback_lens.ui.widgets.button import Button
from callback_lens.ui.widgets.flow_layout import FlowLayout
from callback_lens.ui.widgets.label import Label


class UndoLine(QWidget):
    """Shown while ``changes`` have something pending."""

    def __init__(self, session: Session, changes: CaptureChanges, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = Label(session, "", self)
        self.undo = Button(session, Message("Undo"), parent=self)
        self.kept = Label(session, "", self, "warning")
        self.delete_pinned = Button(session, Message("Delete them too"), parent=self)
        layout = FlowLayout(GAP, self)
        layout.setContentsMargins(GAP, TIGHT, GAP, TIGHT)
        for widget in (self.words, self.undo, self.kept, self.delete_pinned):
            layout.addWidget(widget)
        self.undo.clicked.connect(changes.undo)
        self.delete_pinned.clicked.connect(changes.delete_pinned)
        changes.pending_changed.connect(self._show)
        self.hide()

    def _show(self, pending: Pending) -> None:
        self.words.change(Message("Captures deleted: {count}", {"count": f"{pending.count:,}"}))
        self.kept.change(Message("Pinned, so they stay: {count}", {"count": f"{pending.pinned:,}"}))
        self.undo.setVisible(pending.count > 0)
        self.words.setVisible(pending.count > 0)
        self.kept.setVisible(pending.pinned > 0)
        self.delete_pinned.setVisible(pending.pinned > 0)
        self.setVisible(pending != Pending())
