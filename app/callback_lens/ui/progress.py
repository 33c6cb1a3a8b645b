"""The line that says that something is being read, and lets the user stop it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from callback_lens.errors import Message
from callback_lens.ui.opening import Opening
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT

READING = Message("Reading…")
STOP = Message("Stop reading")


class ReadingLine(QWidget):
    """Shown while ``opening`` reads."""

    def __init__(self, session: Session, opening: Opening, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
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
        self.stop.clicked.connect(opening.cancel)
        opening.progressed.connect(self._show)
        session.language_changed.connect(self._say)
        session.theme_changed.connect(self._draw)
        self._say()
        self._draw()
        self.hide()

    def _show(self, fraction: float | None) -> None:
        self.setVisible(fraction is not None)
        if fraction is not None:
            self._bar.setRange(0, 100 if fraction else 0)  # 0 to 0: busy, nobody knows how long
            self._bar.setValue(round(fraction * 100))

    def _say(self) -> None:
        self._label.setText(self._session.say(READING))
        self._bar.setAccessibleName(self._session.say(READING))
        self.stop.setToolTip(self._session.say(STOP))
        self.stop.setAccessibleName(self._session.say(STOP))

    def _draw(self) -> None:
        self.stop.setIcon(self._session.theme.icon("stop", "muted"))
