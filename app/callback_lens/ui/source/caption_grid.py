"""Captions and what they stand for, one below the other."""

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.theme import ROOMY, TIGHT
from callback_lens.ui.widgets.elided_label import ElidedLabel
from callback_lens.ui.widgets.label import SELECTABLE, Label


class CaptionGrid(QWidget):
    """A line for each of ``captions``; its text wraps, that of one in ``unbroken`` is elided. It can be copied."""

    def __init__(
        self,
        session: Session,
        captions: Sequence[Message],
        unbroken: Collection[Message] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(ROOMY)
        grid.setVerticalSpacing(TIGHT)
        grid.setColumnStretch(1, 1)
        self.values: list[Label] = []
        for row, caption in enumerate(captions):
            value = ElidedLabel(session, "", self) if caption in unbroken else Label(session, "", self, wraps=True)
            value.setTextInteractionFlags(SELECTABLE)
            grid.addWidget(Label(session, caption, self, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
            self.values.append(value)

    def change(self, texts: Iterable[Message | str]) -> None:
        """Show other texts beside the captions."""
        for value, text in zip(self.values, texts, strict=True):
            value.change(text)
