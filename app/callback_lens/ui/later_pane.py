"""A place in the window whose widget is made when it is first seen: the program starts faster without it."""

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget


class LaterPane(QWidget):
    """Made by ``make(parent)`` when it is first shown."""

    def __init__(self, make: Callable[[QWidget], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._is_made = False

    def showEvent(self, event: QShowEvent) -> None:
        if not self._is_made:
            self._is_made = True
            layout = QVBoxLayout(self)
            layout.setContentsMargins(0, 0, 0, 0)
            widget = self._make(self)
            layout.addWidget(widget)
            self.setFocusProxy(widget)
            widget.show()  # now, not with the next event: somebody may be about to give it the focus
        super().showEvent(event)
