"""A listener as a process of its own, which outlives the window; what it says, read line by line."""

import json
import sys
from collections.abc import Sequence

from PySide6.QtCore import QObject, QProcess, Signal

STOP = b"stop\n"
PATIENCE = 50  # ms, for a pipe that has room
WARNING, ERROR = "warning: ", "error: "


class ListenerProcess(QProcess):
    """Runs ``command``, whose ``listen --json`` it is.

    ``listens`` carries the address once requests are taken, ``warned`` what people should know, in the command's
    language, ``ended`` that the process is gone, with the error it spoke of last.

    It has pipes on every system, for only so a full disk can be told, and a session of its own where the system has
    such, so that Ctrl+C in the window's terminal is not for it. When the window is killed they break, which stops
    nothing; but Qt would kill the process together with this object: see ``let_go``.
    """

    listens = Signal(object)
    warned = Signal(object)
    ended = Signal(object)

    def __init__(self, command: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._last_words = ""
        self.setProgram(command[0])
        self.setArguments(list(command[1:]))
        if sys.platform != "win32":
            parameters = QProcess.UnixProcessParameters()
            parameters.flags = QProcess.UnixProcessFlag.CreateNewSession
            self.setUnixProcessParameters(parameters)
        self.readyReadStandardOutput.connect(self._read_output)
        self.readyReadStandardError.connect(self._read_errors)
        self.finished.connect(self._end)
        self.errorOccurred.connect(self._fail)

    def ask_to_stop(self) -> None:
        """Have it finish what is in flight and end."""
        self.write(STOP)
        self.waitForBytesWritten(PATIENCE)

    def let_go(self) -> None:
        """Leave it running whatever becomes of this object, which from now on knows nothing of it."""
        self.blockSignals(True)
        self.setProcessState(QProcess.ProcessState.NotRunning)  # only what runs is killed by ~QProcess
        self.deleteLater()

    def _read_output(self) -> None:
        for line in self._lines(QProcess.ProcessChannel.StandardOutput):
            if url := json.loads(line).get("listening"):
                self.listens.emit(url)

    def _read_errors(self) -> None:
        for line in self._lines(QProcess.ProcessChannel.StandardError):
            if line.startswith(WARNING):
                self.warned.emit(line.removeprefix(WARNING))
            else:
                self._last_words = line.removeprefix(ERROR)

    def _lines(self, channel: QProcess.ProcessChannel) -> list[str]:
        lines = []
        self.setReadChannel(channel)
        while self.canReadLine():
            lines.append(bytes(self.readLine().data()).decode("utf-8", "replace").strip())
        return lines

    def _end(self, _status: int) -> None:
        self._read_errors()
        self.ended.emit(self._last_words)

    def _fail(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # all else is followed by ``finished``
            self.ended.emit(self.errorString())
