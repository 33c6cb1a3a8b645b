"""The choice of what the timeline's colours mean."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from callback_lens.errors import Message
from callback_lens.ui.models.plain import tooltip
from callback_lens.ui.session import Session
from callback_lens.ui.timeline.colouring import COLOURINGS, Colouring

COLOUR_BY = Message("Colour by")


class ColouringBox(QComboBox):
    """Shows the preference, and changes it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.addItems([""] * len(COLOURINGS))
        self.activated.connect(lambda place: session.preferences.change(colouring=str(list(Colouring)[place])))
        session.preferences.changed.connect(self._follow)
        session.language_changed.connect(self._speak)
        self._speak()
        self._follow()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page, which scrolls."""
        event.ignore()

    def _follow(self) -> None:
        chosen = Colouring(self._session.preferences.settings.colouring)
        self.setCurrentIndex(list(Colouring).index(chosen))

    def _speak(self) -> None:
        said = self._session.say(COLOUR_BY)
        for named in (self, self.view()):
            named.setAccessibleName(said)
        self.setToolTip(tooltip(said))
        for place, words in enumerate(COLOURINGS.values()):
            self.setItemText(place, self._session.say(words))
