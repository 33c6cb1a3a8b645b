"""Searching the nodes off the GUI thread, and going from match to match."""

import gc
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from callback_lens.errors import UserError
from callback_lens.payload.nodes import Node
from callback_lens.payload.places import Place, Shown, find
from callback_lens.payload.query import Query, wanted
from callback_lens.ui.background import Job
from callback_lens.ui.session import Session

PORTION = 256  # matches: to say for each that there is one more would cost as much as to find it


class Search(QObject):
    """The places that match the query, in document order; they come in portions, and not all of them if it is stopped.

    ``changed`` says that there is something new to show, ``ended`` that no more will come, ``filtered`` carries the
    Shown asked for.
    """

    changed = Signal()
    ended = Signal()
    filtered = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.places: list[Place] = []
        self.error: UserError | None = None
        self.query = Query("")
        self.is_running = False
        self.is_stopped = False

    def start(self, top: Node | None, query: Query) -> None:
        """Look for ``query`` below ``top``; what was looked for before is forgotten."""
        self._session.background.cancel(self)
        places: list[Place] = []
        self.query, self.places, self.error, self.is_stopped = query, places, None, False
        self.is_running = top is not None and bool(query.text)
        if top is not None and query.text:

            def work(job: Job) -> None:
                for number, place in enumerate(find(top, wanted(query), job.check)):
                    places.append(place)
                    if number % PORTION == 0:
                        job.report(0)
                gc.freeze()  # they are no garbage: to look at each of so many would hold up the window

            self._session.background.run(work, self._end, self, failed=self._fail, progress=self._progress)
            self.changed.emit()
        else:
            self._end()

    def stop(self) -> None:
        """Leave it at what was found so far."""
        self._session.background.cancel(self)
        self.is_stopped = True
        self._end()

    def filter(self) -> None:
        """Ask for what a filter by the matches leaves."""
        places = self.places

        def work(job: Job) -> Shown:
            shown = Shown()
            for number, place in enumerate(places):
                shown.add(place)
                if number % 1024 == 0:
                    job.check()
            gc.freeze()  # as in start
            return shown

        self._session.background.run(work, self.filtered.emit, self)

    def has(self, place: Place) -> bool:
        """Whether the node at ``place`` was found."""
        at = bisect_left(self.places, place)
        return at < len(self.places) and self.places[at] == place

    def number_of(self, place: Place) -> int | None:
        """Which of the matches stands at ``place``, counted from 1."""
        return bisect_left(self.places, place) + 1 if self.has(place) else None

    def next_from(self, place: Place) -> Place | None:
        """The match behind ``place``, after the last one the first."""
        at = bisect_right(self.places, place)
        return _item(self.places, at if at < len(self.places) else 0)

    def previous_from(self, place: Place) -> Place | None:
        """The match before ``place``, before the first one the last."""
        return _item(self.places, bisect_left(self.places, place) - 1)

    def _progress(self, _: float) -> None:
        self.changed.emit()

    def _end(self, _: object = None) -> None:
        self.is_running = False
        self.changed.emit()
        self.ended.emit()

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            self._session.messages.report(error)
        self.error = error if isinstance(error, UserError) else None
        self._end()


def _item(places: Sequence[Place], at: int) -> Place | None:
    return places[at] if places else None
