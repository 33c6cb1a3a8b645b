"""A label that gives way: what does not fit is left out in the middle, and said in the tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from callback_lens.errors import Message
from callback_lens.ui.models.plain import tooltip
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.label import Label

NARROWEST = 48
LONGEST = 16_777_215  # pixels, the most that Qt knows


class ElidedLabel(Label):
    """A text of the payload, or a Message, on one line; ``tip`` is the tooltip where it is to say something else."""

    def __init__(
        self,
        session: Session,
        words: Message | str,
        parent: QWidget | None = None,
        meaning: str = "text",
        tip: Message | str | None = None,
    ) -> None:
        self._tip = tip
        super().__init__(session, words, parent, meaning)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def explain(self, tip: Message | str) -> None:
        """Say something else in the tooltip."""
        self._tip = tip
        self._speak()

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().boundedTo(QSize(NARROWEST, LONGEST))

    def _speak(self) -> None:
        super()._speak()
        tip = self._session.say(self._tip) if isinstance(self._tip, Message) else self._tip
        self.setToolTip(tooltip(self.text() if tip is None else tip))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()
