"""Work on many captures, one piece of work at a time: how far it is, and how it is stopped."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from callback_lens.errors import Message
from callback_lens.payload.findings import Severity
from callback_lens.ui.background import Job
from callback_lens.ui.session import Session

BUSY = Message("Something else is still going on: wait for its end, or stop it")


class Errand(QObject):
    """``progressed`` carries which part is done, 0 to 1, None at the end.

    ``failed`` says that nothing comes of it: there was an error, the user stopped it, something else still goes on.
    ``doing`` says what goes on with the ``{number}`` th of ``{count}``; ``stopped`` what is told when the user stops.
    """

    progressed = Signal(object)
    failed = Signal()

    def __init__(self, session: Session, doing: Message, stopped: Message, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._doing = doing
        self._stopped = stopped
        self._count = 0
        self._job: Job | None = None

    @property
    def is_busy(self) -> bool:
        """Whether something goes on."""
        return self._job is not None

    def start(self, work: Callable[[Job], Any], then: Callable[[Any], None], count: int) -> None:
        """Do ``work`` with ``count`` things in the background, unless something goes on: then the user is told."""
        if self._job is not None:
            self.session.messages.tell(BUSY, Severity.WARNING)
            self.failed.emit()
            return
        self._count = count
        self.progressed.emit(0.0)
        self._job = self.session.background.run(
            work,
            lambda result: self._end(then, result),
            self,
            lambda error: self._give_up(self.session.messages.report, error),
            self.progressed.emit,
        )

    def cancel(self) -> None:
        """Stop what goes on."""
        if self._job is not None:
            self._job.cancel()
            self._give_up(self.session.messages.tell, self._stopped)

    def words(self, fraction: float) -> Message:
        """What goes on when that part is done."""
        number = min(round(fraction * self._count) + 1, self._count)
        return Message(self._doing.id, {"number": number, "count": self._count})

    def _give_up(self, tell: Callable[[Any], None], why: Any) -> None:
        self._end(tell, why)
        self.failed.emit()

    def _end(self, tell: Callable[[Any], None], result: Any) -> None:
        self._job = None
        self.progressed.emit(None)
        tell(result)
