"""The index brought up to date where no listener does it: by a process of its own, or the window would feel it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QProcess

from callback_lens.ui.live.capture_store import CaptureStore
from callback_lens.ui.live.listening import Kind, Listening

LISTS_ONE = ("captures", "list", "--limit", "1")  # a command that needs a complete index completes it
PATIENCE = 2000  # ms for the end of a process that was killed


class Indexing(QObject):
    """Looks, each time that ``store`` has changed, whether something is left that nobody indexes."""

    def __init__(self, store: CaptureStore, listening: Listening, command: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._listening = listening
        self._command = tuple(command)
        self._process: QProcess | None = None
        store.changed.connect(self._look)

    def close(self) -> None:
        """What is left is for the next time."""
        if self._process is not None:
            self._process.kill()
            self._process.waitForFinished(PATIENCE)

    def _look(self) -> None:
        if self._command and self._process is None and self._listening.state.kind in (Kind.OFF, Kind.FAILED):
            self._store.run(lambda opened, _: opened.index.behind(), self._begin, self)

    def _begin(self, behind: int) -> None:
        if behind and self._process is None:
            self._process = process = QProcess(self)
            process.setProgram(self._command[0])
            process.setArguments([*self._command[1:], *LISTS_ONE])
            for be_silent in (process.setStandardOutputFile, process.setStandardErrorFile):
                be_silent(QProcess.nullDevice())
            process.finished.connect(self._end)
            process.start()

    def _end(self) -> None:
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
