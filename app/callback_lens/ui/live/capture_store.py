"""The captures of a profile, as the window reads and changes them: off the GUI thread, in one lane."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from callback_lens.errors import UserError
from callback_lens.store import CAPTURES
from callback_lens.ui.background import Background, Job

if TYPE_CHECKING:  # an empty window starts faster without
    from callback_lens.store.index import Index
    from callback_lens.store.model import Capture
    from callback_lens.store.store import Store

LOOK_EVERY = 250  # ms


@dataclass(frozen=True, slots=True)
class Opened:
    """The profile's captures, and what is known of them."""

    store: "Store"
    index: "Index"


def known(opened: Opened, job: Job, ids: Iterable[int]) -> Iterator["Capture"]:
    """The captures with these ids, as far as they are there; in the lane."""
    for capture_id in ids:
        job.check()  # painting goes first
        if capture := opened.index.get(capture_id):
            yield capture


class CaptureStore(QObject):
    """Opens the captures in ``folder`` when there are some, or when somebody first asks.

    ``changed`` says that anybody, this process or another, wrote to them: captures arrived, were understood, pinned,
    deleted. ``was_empty``: there was nothing when it began to watch. ``failed`` is told of errors that nobody else
    takes. Closed by whoever made it.
    """

    changed = Signal()

    def __init__(self, folder: Path, failed: Callable[[BaseException], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._failed = failed
        self._lane = Background(failed, self, workers=1)
        self._open = ExitStack()
        self._opened: Opened | None = None
        self.was_empty = False
        self._state: object = None
        self._is_looking = self._is_closed = False
        self._last_works: list[Callable[[Opened], object]] = []
        self._looks = QTimer(self, interval=LOOK_EVERY)
        self._looks.timeout.connect(self._look)

    @property
    def has_some(self) -> bool:
        """Whether anything was ever captured in this profile."""
        return self._opened is not None or (self.folder / CAPTURES).exists()

    def watch(self) -> None:
        """Look for changes from now on."""
        self.was_empty = not self.has_some
        self._looks.start()
        self._look()

    def run(
        self,
        work: Callable[[Opened, Job], Any],
        then: Callable[[Any], None],
        owner: QObject,
        failed: Callable[[BaseException], None] | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> None:
        """Run ``work`` on the captures when what was asked before is done; see ``Background.run``.

        It is run again where somebody interrupts it but still waits for it, and not at all once this is closed.
        """
        if not self._is_closed:
            self._lane.run(lambda job: self._work(work, job), then, owner, failed, progress)

    def cancel(self, owner: QObject) -> None:
        """Drop what ``owner`` waits for."""
        self._lane.cancel(owner)

    def interrupt(self) -> None:
        """End the query that is running, if nobody waits for it any more."""
        if self._opened is not None:
            self._opened.index.interrupt()

    def paused(self) -> AbstractContextManager[None]:
        """Have what is read wait where it checks, see ``Background.paused``."""
        return self._lane.paused()

    def at_close(self, work: Callable[[Opened], object]) -> None:
        """Run ``work`` as the last that is done with the captures, if they were opened."""
        self._last_works.append(work)

    def close(self) -> None:
        """Look no more; end what is running, do what is left to do, give the files back."""
        self._is_closed = True
        self._looks.stop()
        self.interrupt()
        self._lane.close()
        if self._opened is not None:
            self._do_last_works(self._opened)
            self._opened = None
        self._open.close()

    def _do_last_works(self, opened: Opened) -> None:
        for work in self._last_works:
            try:
                work(opened)
            except UserError:  # there is no window any more to say it in
                logging.getLogger(__name__).exception("What was left to do with the captures could not be done")

    def _work(self, work: Callable[[Opened, Job], Any], job: Job) -> Any:
        from callback_lens.store.faults import Interrupted

        while True:
            try:
                return work(self._open_once(), job)
            except Interrupted:
                job.check()

    def _look(self) -> None:
        if not self._is_looking and self.has_some:
            self._is_looking = True
            self.run(lambda opened, _: opened.index.state(), self._tell_change, self, self._fail)

    def _fail(self, error: BaseException) -> None:
        """Say what is wrong once, not four times a second."""
        self._is_looking = False
        if str(error) != self._state:
            self._state = str(error)
            self._failed(error)

    def _tell_change(self, state: object) -> None:
        self._is_looking = False
        if state != self._state:
            self._state = state
            self.changed.emit()

    def _open_once(self) -> Opened:
        """In the lane, as all that is done with it."""
        if self._opened is None:
            from callback_lens.store.index import open_index
            from callback_lens.store.opening import open_store

            with ExitStack() as stack:
                store = stack.enter_context(open_store(self.folder))
                self._opened = Opened(store, stack.enter_context(open_index(self.folder)))
                self._open = stack.pop_all()
        return self._opened
