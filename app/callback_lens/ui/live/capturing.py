"""Everything about captures that is no widget, made in one place."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from callback_lens.ui.live.capture_store import CaptureStore
from callback_lens.ui.live.exporting import Exporting
from callback_lens.ui.live.indexing import Indexing
from callback_lens.ui.live.listening import Listening
from callback_lens.ui.live.sending import Sending
from callback_lens.ui.session import Session


class Capturing(QObject):
    """The captures in ``folder``, the listener that ``command`` runs for them, and what is sent and written of them.

    Closed by whoever made it.
    """

    def __init__(self, session: Session, command: Sequence[str], folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = CaptureStore(folder, session.messages.report, self)
        self.listening = Listening(session, command, folder, self)
        self._indexing = Indexing(self.store, self.listening, command, self)
        self.sending = Sending(session, self.store, self)
        self.exporting = Exporting(session, self.store, self)

    def close(self) -> None:
        """Give the files back; a listener that runs goes on."""
        self.listening.let_go()
        self._indexing.close()
        self.store.close()
