"""The menu of shipped samples that can be sent to the listener."""

from itertools import groupby

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from callback_lens.errors import Message
from callback_lens.resources import sample_names
from callback_lens.ui.session import Session

SEND = Message("Post a shipped callback to the listener, as CI would")
NOT_LISTENING = Message("Start listening first: a sample is posted to the listener")


class SamplesMenu(QObject):
    """Fills ``menu`` with a menu for each Tag when it is first opened; enabled only while a listener runs.

    ``sample_wanted`` carries the name of a sample, as ``resources.sample_path`` takes it.
    """

    sample_wanted = Signal(object)

    def __init__(self, session: Session, menu: QMenu) -> None:
        super().__init__(menu)
        self._session = session
        self._menu = menu
        menu.aboutToShow.connect(self._fill)
        session.language_changed.connect(self._say)
        self.enable(is_listening=False)

    def enable(self, *, is_listening: bool) -> None:
        """Offer the samples, or say in the tooltip why not."""
        self._menu.menuAction().setEnabled(is_listening)
        self._say()

    def _fill(self) -> None:
        if not self._menu.isEmpty():
            return
        for tag, names in groupby(sample_names(), lambda name: name.partition("/")[0]):
            tag_menu = self._menu.addMenu(tag)
            for name in names:
                action = tag_menu.addAction(name.partition("/")[2])
                action.triggered.connect(lambda _=False, name=name: self.sample_wanted.emit(name))

    def _say(self) -> None:
        action = self._menu.menuAction()
        action.setToolTip(self._session.say(SEND if action.isEnabled() else NOT_LISTENING))
