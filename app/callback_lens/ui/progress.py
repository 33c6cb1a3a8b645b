"""The lines that say that something goes on, and let the user stop it."""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT

READING = Message("Reading…")
STOP = Message("Stop reading")


class Work(Protocol):
    """What goes on: the signal ``progressed`` carries which part is done, 0 to 1, None at its end."""

    progressed: Any

    def cancel(self) -> None:
        """Go on no more."""


class ProgressLine(QWidget):
    """Shown while ``work`` goes on; ``words`` says of a part that is done what goes on, ``stop`` what stopping does."""

    def __init__(
        self,
        session: Session,
        work: Work,
        words: Callable[[float], Message],
        stop: Message,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._words = words
        self._stop = stop
        self._fraction = 0.0
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(GAP)
        self.stop = QToolButton(self)
        self.stop.setAutoRaise(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP, TIGHT, TIGHT, TIGHT)
        layout.addWidget(self._label)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self.stop)
        self.stop.clicked.connect(work.cancel)
        work.progressed.connect(self._show)
        session.language_changed.connect(self._say)
        session.theme_changed.connect(self._draw)
        self._say()
        self._draw()
        self.hide()

    def _show(self, fraction: float | None) -> None:
        self.setVisible(fraction is not None)
        if fraction is not None:
            self._fraction = fraction
            self._label.setText(self._session.say(self._words(fraction)))
            self._bar.setRange(0, 100 if fraction else 0)  # 0 to 0: busy, nobody knows how long
            self._bar.setValue(round(fraction * 100))

    def _say(self) -> None:
        said = self._session.say(self._words(self._fraction))
        self._label.setText(said)
        self._bar.setAccessibleName(said)
        self.stop.setToolTip(self._session.say(self._stop))
        self.stop.setAccessibleName(self._session.say(self._stop))

    def _draw(self) -> None:
        self.stop.setIcon(self._session.theme.icon("stop", "muted"))


class ReadingLine(ProgressLine):
    """Shown while ``opening`` reads."""

    def __init__(self, session: Session, opening: Work, parent: QWidget | None = None) -> None:
        super().__init__(session, opening, lambda _: READING, STOP, parent)
