"""Captions and what they stand for, one below the other."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.theme import ROOMY, TIGHT
from callback_lens.ui.widgets.label import Label


class CaptionGrid(QWidget):
    """A line for each of ``captions``; its text can be selected, and wraps."""

    def __init__(self, session: Session, captions: Sequence[Message], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(TIGHT, 0, TIGHT, 0)
        grid.setHorizontalSpacing(ROOMY)
        grid.setVerticalSpacing(TIGHT)
        grid.setColumnStretch(1, 1)
        self.values: list[Label] = []
        for row, caption in enumerate(captions):
            value = Label(session, "", self, wraps=True, selectable=True)
            grid.addWidget(Label(session, caption, self, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
            self.values.append(value)

    def change(self, texts: Iterable[Message | str]) -> None:
        """Show other texts beside the captions."""
        for value, text in zip(self.values, texts, strict=True):
            value.change(text)
