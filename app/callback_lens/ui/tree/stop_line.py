"""Says how far opening the tree is, and stops it."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.tree.expanding import Expander
from callback_lens.ui.widgets.button import Button
from callback_lens.ui.widgets.label import Label


class StopLine(QWidget):
    """In sight only while rows are being opened."""

    def __init__(self, session: Session, expander: Expander, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = Label(session, "", self, meaning="muted")
        self.button = Button(session, Message("Stop (Escape)"), "stop", self, shows_words=False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.button)
        self.button.clicked.connect(expander.stop)
        expander.progressed.connect(self._tell)
        expander.ended.connect(lambda _: self.hide())
        self.hide()

    def _tell(self, opened: int) -> None:
        self._label.change(Message("Opening the tree: {count} nodes so far", {"count": f"{opened:,}"}))
        self.show()
