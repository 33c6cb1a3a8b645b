"""What is done to captures from the list: pinned, noted, deleted with a time to undo it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from callback_lens.ui.background import Job
from callback_lens.ui.live.capture_store import CaptureStore, Opened
from callback_lens.ui.session import Session

UNDO_FOR = 10_000  # ms
AT_ONCE = 500  # captures in one go: what else is asked of the store waits for that


@dataclass(frozen=True, slots=True)
class Pending:
    """How many captures are about to be deleted, and how many are not because they are pinned."""

    count: int = 0
    pinned: int = 0


class CaptureChanges(QObject):
    """``hidden`` carries the ids of captures that are about to be deleted and ``restored`` those that are not after
    all; ``pending_changed`` carries a Pending.

    A crash deletes nothing; closing the captures deletes what is pending.
    """

    hidden = Signal(object)
    restored = Signal(object)
    pending_changed = Signal(object)

    def __init__(self, session: Session, captures: CaptureStore, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._captures = captures
        self._pending: list[int] = []
        self._pinned: list[int] = []
        self._leaving: list[int] = []
        self._deletes = QObject(self)
        self._undo_time = QTimer(self, singleShot=True, interval=UNDO_FOR)
        self._undo_time.timeout.connect(self._delete)
        captures.at_close(lambda opened: opened.store.delete([*self._leaving, *self._pending]))

    def pin(self, ids: Sequence[int], is_pinned: bool) -> None:
        """Keep captures from being deleted, or no longer."""
        self._change(lambda opened, some: opened.store.pin(some, is_pinned), ids)

    def annotate(self, ids: Sequence[int], note: str | None) -> None:
        """Put a note on captures, or take it away."""
        self._change(lambda opened, some: opened.store.annotate(some, note), ids)

    def delete(self, ids: Sequence[int]) -> None:
        """Delete captures, in the order of the rows, unless that is undone in time; what is pinned stays."""
        self._delete()
        self._captures.run(partial(_pinned, ids), partial(self._hide, ids), self)

    def delete_pinned(self) -> None:
        """Delete those, too, that stayed because they are pinned."""
        ids, self._pinned = self._pinned, []
        self._pending += ids
        self.hidden.emit(ids)
        self._wait()

    def undo(self) -> None:
        """Do not delete what is about to be."""
        self._undo_time.stop()
        ids, self._pending, self._pinned = self._pending, [], []
        self.restored.emit(ids)
        self.pending_changed.emit(Pending())

    def _hide(self, ids: Sequence[int], pinned: set[int]) -> None:
        self._pinned = [one for one in ids if one in pinned]
        self._pending = [one for one in ids if one not in pinned] if pinned else list(ids)
        self.hidden.emit(self._pending)
        self._wait()

    def _wait(self) -> None:
        self._undo_time.start()
        self.pending_changed.emit(Pending(len(self._pending), len(self._pinned)))

    def _delete(self) -> None:
        """Now really."""
        self._undo_time.stop()
        is_idle = not self._leaving
        self._leaving += self._pending
        self._pending, self._pinned = [], []
        self.pending_changed.emit(Pending())
        if self._leaving and is_idle:
            self._delete_some()

    def _delete_some(self) -> None:
        some = self._leaving[:AT_ONCE]
        self._captures.run(lambda opened, _: opened.store.delete(some), self._deleted, self._deletes, self._fail)

    def _deleted(self, _: int) -> None:
        del self._leaving[:AT_ONCE]
        if self._leaving:
            self._delete_some()

    def _fail(self, error: BaseException) -> None:
        """The rest stays, and is seen again."""
        ids, self._leaving = self._leaving, []
        self.restored.emit(ids)
        self._session.messages.report(error)

    def _change(self, change: Callable[[Opened, Sequence[int]], object], ids: Sequence[int]) -> None:
        def work(opened: Opened, job: Job) -> None:
            for start in range(0, len(ids), AT_ONCE):
                job.check()
                change(opened, ids[start : start + AT_ONCE])

        owner = QObject(self)  # its own: what was asked for before is not to be dropped
        self._captures.run(work, lambda _: owner.deleteLater(), owner, self._session.messages.report)


def _pinned(ids: Sequence[int], opened: Opened, _: Job) -> set[int]:
    """Those of ``ids`` that are pinned."""
    from callback_lens.store.filters.model import Key, Quality, Term

    return set(opened.index.ids(Term(Key.IS, Quality.PINNED))).intersection(ids)
