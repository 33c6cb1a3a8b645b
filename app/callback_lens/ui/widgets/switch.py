"""A few choices side by side, of which one is taken."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.button import Button


class Switch(QWidget):
    """Buttons of which exactly one is down; ``chosen`` carries its place."""

    chosen = Signal(object)

    def __init__(self, session: Session, name: Message, choices: Sequence[Message], parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._name = name
        self._group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for place, words in enumerate(choices):
            button = Button(session, words, parent=self)
            button.setCheckable(True)
            self._group.addButton(button, place)
            line.addWidget(button)
        self.button(0).setChecked(True)
        self._group.idClicked.connect(self.chosen.emit)
        self._group.buttonToggled.connect(self._draw)
        self._speak()
        self._draw()
        session.language_changed.connect(self._speak)
        session.theme_changed.connect(self._draw)

    def button(self, place: int) -> QAbstractButton:
        """The button of a choice."""
        return self._group.button(place)

    def _draw(self) -> None:
        theme = self._session.theme
        for button in self._group.buttons():
            palette = theme.palette()
            if button.isChecked():
                palette.setColor(QPalette.ColorRole.Button, theme.color("selection"))
                palette.setColor(QPalette.ColorRole.ButtonText, theme.color("accent"))
            button.setPalette(palette)

    def _speak(self) -> None:
        self.setAccessibleName(self._session.say(self._name))
