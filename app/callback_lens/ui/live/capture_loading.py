"""From a row of a capture to what the window shows of it: read off the GUI thread, large bodies in pieces."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from callback_lens.errors import Message, UserError
from callback_lens.payload.limits import Limits
from callback_lens.ui.background import Job
from callback_lens.ui.entries import Entry
from callback_lens.ui.live.capture_store import CaptureStore, Opened
from callback_lens.ui.opening import build_scene
from callback_lens.ui.session import Session

if TYPE_CHECKING:  # an empty window starts faster without
    from callback_lens.payload.inputs import Input
    from callback_lens.store.model import Capture, Details

PAUSE = 80  # ms in which no other row may be chosen: who holds an arrow key down wants to see none of them
LARGE = 1 << 20  # bytes of a body that take time
READ = 0.3  # of the time goes into reading, the rest into understanding
GONE = Message("this capture was deleted meanwhile")
NO_BODY = Message("the request has no body")


@dataclass(frozen=True, slots=True)
class Kept:
    """What the store has of a capture."""

    capture: "Capture"
    details: "Details"
    body: bytes


class CaptureLoading(QObject):
    """``loaded`` carries the Entry of the capture asked for last; ``progressed`` the part of a large one that is done,
    0 to 1, and None when nothing large is being read.
    """

    loaded = Signal(object)
    progressed = Signal(object)

    def __init__(self, session: Session, captures: CaptureStore, limits: Limits, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._captures = captures
        self._limits = limits
        self._wanted: int | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._load_wanted)

    def load(self, capture_id: int) -> None:
        """Load a capture: at once, or when for a moment no other is asked for."""
        is_quick = self._pause.isActive()
        self.cancel()
        self._wanted = capture_id
        self._pause.start()
        if not is_quick:
            self._load_wanted()

    def cancel(self) -> None:
        """Do not load what was asked for last."""
        self._wanted = None
        self._captures.cancel(self)
        self._session.background.cancel(self)
        self.progressed.emit(None)

    def _load_wanted(self) -> None:
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self._captures.run(partial(_read, wanted), self._understand, self, self._fail, self._progress)

    def _understand(self, kept: Kept) -> None:
        tolerance_ms = self._session.preferences.settings.tolerance_ms
        work = partial(_entry, kept, self._limits, tolerance_ms)
        self._session.background.run(work, self._hand_over, self, self._fail)

    def _progress(self, fraction: float) -> None:
        self.progressed.emit(fraction)

    def _hand_over(self, entry: Entry) -> None:
        self.progressed.emit(None)
        self.loaded.emit(entry)

    def _fail(self, error: BaseException) -> None:
        self.progressed.emit(None)
        self._session.messages.report(error)


def _read(capture_id: int, opened: Opened, job: Job) -> Kept:
    """In the lane: what the store has. Raises UserError where it has nothing any more."""
    capture, details = opened.index.get(capture_id), opened.store.details(capture_id)
    if capture is None or details is None:
        raise UserError(GONE, source=f"id:{capture_id}")
    pieces, size = [], 0
    for piece in opened.store.body_pieces(capture_id):
        job.check()
        pieces.append(piece)
        size += len(piece)
        if capture.size > LARGE:
            job.report(READ * size / capture.size)
    return Kept(capture, details, b"".join(pieces))


def _entry(kept: Kept, limits: Limits, tolerance_ms: int, job: Job) -> Entry:
    """In the background: the capture understood; what is wrong with it as its error, with what arrived."""
    given, error = _given(kept, limits)
    entry = _of_input(kept, given, _trouble(kept.capture) or error, limits, tolerance_ms)
    job.check()
    build_scene(entry, job)
    return entry


def _of_input(kept: Kept, given: "Input", error: UserError | None, limits: Limits, tolerance_ms: int) -> Entry:
    from callback_lens.payload.reader import read_documents
    from callback_lens.tags import summarize

    read = read_documents(given, limits) if given.content else [UserError(NO_BODY)]
    documents = [found for found in read if not isinstance(found, UserError)]
    faults = [found for found in read if isinstance(found, UserError)]
    summary = summarize(documents[0], tolerance_ms) if documents else None
    fault = error or (faults[0] if faults and summary is None else None)
    return Entry(given.file, given, summary, fault, capture=kept.capture, details=kept.details)


def _given(kept: Kept, limits: Limits) -> tuple["Input", UserError | None]:
    """The payload; where its packing is damaged the bytes as they arrived, and what is wrong."""
    from callback_lens.store.reading import capture_input, input_of

    try:
        return capture_input(kept.capture, kept.details.headers, kept.body, limits), None
    except UserError as error:
        return input_of(kept.capture, kept.details.headers, kept.body), error


def _trouble(capture: "Capture") -> UserError | None:
    if capture.refused:
        return UserError(Message("the listener refused it: {reason}", {"reason": capture.refused}))
    return None if capture.is_complete else UserError(Message("not all of it arrived"))
