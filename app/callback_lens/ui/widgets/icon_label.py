"""An icon of the theme that stands beside words and needs none of its own."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QWidget

from callback_lens.ui.session import Session
from callback_lens.ui.theme import ICON_SIZES, icon_size

USUAL = ICON_SIZES[0]


class IconLabel(QLabel):
    """The icon ``name`` in the colour ``meaning``, ``size`` pixels wide beside text of the usual size."""

    def __init__(
        self, session: Session, name: str, meaning: str, size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._name = name
        self._meaning = meaning
        self._size = size
        self._draw()
        session.theme_changed.connect(self._draw)

    def change(self, name: str, meaning: str) -> None:
        """Show another icon."""
        self._name, self._meaning = name, meaning
        self._draw()

    def _draw(self) -> None:
        size = self._size * icon_size() // USUAL
        icon = self._session.theme.icon(self._name, self._meaning, size)
        self.setPixmap(icon.pixmap(QSize(size, size), self.devicePixelRatioF()))
