"""The one door for work off the GUI thread: progress, cancelling, late results dropped."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, Signal

WORKERS = 2
LONGEST_PAUSE = 0.05  # seconds
REPORT_EVERY = 0.05  # seconds: more often is more than anybody sees


class Cancelled(Exception):  # noqa: N818  # it is no error
    """Raised inside the work by ``Job.check``: nobody waits for its result any more."""


class Job:
    """One piece of work: what its owner cancels it by, and what the work reports by. Any thread may use it."""

    def __init__(self, report: Callable[["Job", float], None], may_go_on: Event) -> None:
        self._cancelled = Event()
        self._may_go_on = may_go_on
        self._report = report
        self._reported = 0.0

    @property
    def is_cancelled(self) -> bool:
        """True once nobody waits for the result."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Say that the result is not wanted; it will not be delivered, even where the work goes on to its end."""
        self._cancelled.set()

    def check(self) -> None:
        """For the work to call now and then, to let the window go first. Raises Cancelled when it may stop."""
        if not self._may_go_on.is_set():
            self._may_go_on.wait(LONGEST_PAUSE)
        if self.is_cancelled:
            raise Cancelled

    def report(self, fraction: float) -> None:
        """How much of the work is done, 0 to 1; cheap enough to call often."""
        now = monotonic()
        if now - self._reported >= REPORT_EVERY:
            self._reported = now
            self._report(self, fraction)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job: a value or an error."""

    job: Job
    value: Any = None
    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is, 0 to 1."""

    job: Job
    fraction: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who waits for a job, on the GUI thread."""

    owner: QObject
    then: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    progress: Callable[[float], None] | None


class Background(QObject):
    """Runs work on a few threads of its own, with one worker one after the other, and hands the results over on the
    GUI thread.

    ``failed`` is told of errors that nobody else takes. Closed by whoever made it.
    """

    _ended = Signal(object)
    _progressed = Signal(object)
    idle = Signal()

    def __init__(
        self, failed: Callable[[BaseException], None], parent: QObject | None = None, workers: int = WORKERS
    ) -> None:
        super().__init__(parent)
        self._failed = failed
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="callback-lens")
        self._waiting: dict[Job, Waiting] = {}
        self._may_go_on = Event()
        self._may_go_on.set()
        self._ended.connect(self._deliver)
        self._progressed.connect(self._tell)

    @property
    def is_idle(self) -> bool:
        """True when nobody waits for anything."""
        return not self._waiting

    def run(
        self,
        work: Callable[[Job], Any],
        then: Callable[[Any], None],
        owner: QObject,
        failed: Callable[[BaseException], None] | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Job:
        """Run ``work(job)`` off the GUI thread, then ``then(value)`` or ``failed(error)`` on it.

        What ``owner`` waited for before is cancelled; when ``owner`` is destroyed, so is this.
        """
        self.cancel(owner)
        job = Job(lambda job, fraction: self._progressed.emit(Progress(job, fraction)), self._may_go_on)
        self._waiting[job] = Waiting(owner, then, failed or self._failed, progress)
        owner.destroyed.connect(job.cancel)
        self._threads.submit(self._work, work, job)
        return job

    def cancel(self, owner: QObject) -> None:
        """Drop what ``owner`` waits for."""
        for job, waiting in list(self._waiting.items()):
            if waiting.owner is owner:
                job.cancel()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Have the work wait where it checks: painting asks Python for each cell, and would wait for it each time."""
        self._may_go_on.clear()
        try:
            yield
        finally:
            self._may_go_on.set()

    def close(self) -> None:
        """Cancel everything and wait for the threads to end."""
        for job in self._waiting:
            job.cancel()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._waiting.clear()

    def _work(self, work: Callable[[Job], Any], job: Job) -> None:
        try:
            job.check()
            outcome = Outcome(job, work(job))
        except Cancelled:
            outcome = Outcome(job)
        except BaseException as error:  # noqa: BLE001  # whatever it is, it is told on the GUI thread
            outcome = Outcome(job, error=error)
        self._ended.emit(outcome)

    def _deliver(self, outcome: Outcome) -> None:
        waiting = self._waiting.pop(outcome.job, None)
        if waiting is not None and not outcome.job.is_cancelled:
            if outcome.error is None:
                with self.paused():
                    waiting.then(outcome.value)
            else:
                logging.getLogger(__name__).info("Background work failed", exc_info=outcome.error)
                waiting.failed(outcome.error)
        if self.is_idle:
            self.idle.emit()

    def _tell(self, progress: Progress) -> None:
        waiting = self._waiting.get(progress.job)
        if waiting is not None and waiting.progress and not progress.job.is_cancelled:
            with self.paused():
                waiting.progress(progress.fraction)
