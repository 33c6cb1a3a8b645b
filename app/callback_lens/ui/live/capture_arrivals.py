"""Which captures are new since the window watches, and which of those nobody has looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from callback_lens.ui.background import Job
from callback_lens.ui.live.capture_store import CaptureStore, Opened, known

if TYPE_CHECKING:  # an empty window starts faster without
    from callback_lens.store.model import Capture

SHOWN = 100  # captures that are told of at a time
PATIENCE = 1000  # ms for what is new to be indexed: then it is known what it is about


@dataclass(frozen=True, slots=True)
class Arrived:
    """``count`` captures came, of which these are the newest."""

    captures: "tuple[Capture, ...]"
    count: int


@dataclass(frozen=True, slots=True)
class News:
    """The ids of captures that are new, the newest first, and what is known of the first ones."""

    ids: tuple[int, ...]
    captures: "tuple[Capture, ...]"
    is_all: bool


class Arrivals(QObject):
    """``arrived`` carries what is new as an Arrived, ``unread_changed`` how many nobody has looked at."""

    arrived = Signal(object)
    unread_changed = Signal(object)

    def __init__(self, captures: CaptureStore, parent: QObject) -> None:
        super().__init__(parent)
        self._captures = captures
        self._unread: set[int] = set()
        self._read_early: set[int] = set()  # before it was said that they came
        self._last: int | None = None
        self._is_looking = self._is_outdated = False
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(lambda: self._look(is_patient=False))
        captures.changed.connect(self._look)

    @property
    def unread(self) -> int:
        """How many captures came that nobody has looked at."""
        return len(self._unread)

    def is_unread(self, capture_id: int) -> bool:
        """Whether the capture is one of them."""
        return capture_id in self._unread

    def read(self, ids: Iterable[int]) -> None:
        """Captures were looked at, or are gone."""
        before, ids = len(self._unread), set(ids)
        self._unread -= ids
        self._read_early |= {one for one in ids if self._last is not None and one > self._last}
        if len(self._unread) != before:
            self.unread_changed.emit(self.unread)

    def read_all(self) -> None:
        """Everything was looked at."""
        self.read(list(self._unread))

    def _look(self, is_patient: bool = True) -> None:
        if self._is_looking:
            self._is_outdated = True
            return
        self._is_looking = True
        if self._last is None and self._captures.was_empty:
            self._last = 0
        work = _newest if self._last is None else partial(_news, self._last, is_patient)
        self._captures.run(work, self._take, self, self._fail)

    def _take(self, news: News) -> None:
        self._is_looking = False
        if self._last is None:
            self._last = news.ids[0] if news.ids else 0
        elif news.ids:
            self._last = news.ids[0]
            self._unread |= set(news.ids) - self._read_early
            self._read_early.difference_update(news.ids)
            self.arrived.emit(Arrived(news.captures, len(news.ids)))
            self.unread_changed.emit(self.unread)
        if not news.is_all and not self._patience.isActive():
            self._patience.start()
        if self._is_outdated:
            self._is_outdated = False
            self._look()

    def _fail(self, _: BaseException) -> None:
        """The list says it already."""
        self._is_looking = False


def _newest(opened: Opened, _: Job) -> News:
    return News(tuple(capture.id for capture in opened.index.page(limit=1)), (), is_all=True)


def _news(last: int, is_patient: bool, opened: Opened, job: Job) -> News:
    """What is newer than ``last``, as far as it is indexed if ``is_patient``."""
    indexed = opened.index.indexed()
    found = tuple(opened.index.ids(after=last))
    ids = tuple(one for one in found if one <= indexed) if is_patient else found
    return News(ids, tuple(known(opened, job, ids[:SHOWN])), len(ids) == len(found))
