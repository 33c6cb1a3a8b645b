"""From what the user names to rows of the list: read off the GUI thread, read again when a file changes."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, Signal

from callback_lens.errors import Message, UserError
from callback_lens.payload.findings import Severity
from callback_lens.payload.limits import Limits
from callback_lens.transcript import TOLERANCE_MS
from callback_lens.ui.background import Job
from callback_lens.ui.entries import Entry
from callback_lens.ui.preferences import RECENT
from callback_lens.ui.session import Session

if TYPE_CHECKING:
    from callback_lens.payload.inputs import Input

STANDARD_INPUT = "-"  # as read_inputs calls it
SETTLE = 250  # ms after the last sign of a change: programs write a file in several steps
HAND_OVER_EVERY = 0.1  # seconds
LARGE = 1 << 20  # bytes: of all payloads only those with a transcript are larger
WATCHED = 200  # files: some systems keep each one open


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """What came of opening; ``is_newest`` unless the user has chosen something else meanwhile.

    ``replaces`` is the file whose rows these are from now on, "" for new rows.
    """

    entries: tuple[Entry, ...]
    is_newest: bool
    replaces: str = ""


class Request(QObject):
    """One thing to read: its own owner in the background, so that it can be cancelled alone.

    ``replaces`` is the file whose rows it reads again, "" for new rows.
    """

    def __init__(self, replaces: str, parent: QObject) -> None:
        super().__init__(parent)
        self.replaces = replaces


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries that were read for a request since the last of its batches."""

    request: Request
    entries: tuple[Entry, ...]


class Opening(QObject):
    """Reads files, folders and texts.

    ``arrived`` carries an Opened as soon as some new rows are read, ``opened`` one with all there are in the end;
    ``progressed`` the part that is done, 0 to 1, or None when nothing is being read.
    """

    arrived = Signal(object)
    opened = Signal(object)
    progressed = Signal(object)
    _read_some = Signal(object)

    def __init__(self, session: Session, limits: Limits, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._limits = limits
        self._requests: list[Request] = []
        self._newest: Request | None = None
        self._changed: set[str] = set()
        self._watcher = QFileSystemWatcher(self)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE)
        self._read_some.connect(self._hand_on, Qt.ConnectionType.QueuedConnection)
        self._watcher.fileChanged.connect(self._note_change)
        self._settle.timeout.connect(self._reload_changed)

    @property
    def is_reading(self) -> bool:
        """Whether anything is being read."""
        return bool(self._requests)

    def open(self, names: Sequence[str]) -> None:
        """Read files and folders, and remember the files as recent ones."""
        absolute = [str(Path(name).absolute()) for name in names]
        for name in reversed([name for name in absolute[:RECENT] if Path(name).exists()]):
            self._session.preferences.remember_file(name)
        self._read(_Work(tuple(absolute), b"", self._limits))

    def open_all(self, names: Sequence[str], contents: Mapping[str, bytes]) -> None:
        """Read what ``names`` name; ``contents`` has what is behind those that are no files."""
        for name, content in contents.items():
            self.open_bytes(content, name)
        if files := [name for name in names if name not in contents]:
            self.open(files)

    def open_bytes(self, content: bytes, name: str) -> None:
        """Read what is in no file; ``name`` is what the user will call it."""
        self._read(_Work((STANDARD_INPUT,), content, self._limits, name))

    def reload(self, name: str) -> None:
        """Read a file again, in place of what it had."""
        self._read(_Work((name,), b"", self._limits), replaces=name)

    def cancel(self) -> None:
        """Read no more."""
        for request in list(self._requests):
            self._session.background.cancel(request)
            self._end(request)

    def forget_choice(self) -> None:
        """The user has chosen something else: what is still being read comes as rows, but is not shown by itself."""
        self._newest = None

    def watch(self, names: Sequence[str]) -> None:
        """Read these files again when they change, and no others."""
        wanted = set(names[-WATCHED:])
        watched = set(self._watcher.files())
        if watched - wanted:
            self._watcher.removePaths(sorted(watched - wanted))
        added = [name for name in sorted(wanted - watched) if Path(name).is_file()]
        if added:
            self._watcher.addPaths(added)

    def _read(self, work: "_Work", replaces: str = "") -> None:
        work = replace(work, tolerance_ms=self._session.preferences.settings.tolerance_ms)
        request = Request(replaces, self)
        self._requests.append(request)
        if not replaces:
            self._newest = request
        self.progressed.emit(0.0)
        self._session.background.run(
            lambda job: work.run(job, lambda entries: self._read_some.emit(Batch(request, entries))),
            then=lambda entries: self._deliver(request, entries),
            owner=request,
            failed=lambda error: self._fail(request, error),
            progress=self.progressed.emit,
        )

    def _hand_on(self, batch: Batch) -> None:
        if batch.entries and batch.request in self._requests and not batch.request.replaces:
            self.arrived.emit(Opened(batch.entries, batch.request is self._newest))

    def _deliver(self, request: Request, entries: tuple[Entry, ...]) -> None:
        is_newest = request is self._newest
        self._end(request)
        self.opened.emit(Opened(entries, is_newest, request.replaces))

    def _fail(self, request: Request, error: BaseException) -> None:
        self._end(request)
        self._session.messages.report(error)

    def _end(self, request: Request) -> None:
        self._requests.remove(request)
        self._newest = None if request is self._newest else self._newest
        request.deleteLater()
        if not self._requests:
            self.progressed.emit(None)

    def _note_change(self, name: str) -> None:
        self._changed.add(name)
        self._settle.start()

    def _reload_changed(self) -> None:
        changed, self._changed = sorted(self._changed), set()
        for name in changed:
            if Path(name).is_file():
                self._watcher.addPath(name)  # a file that was replaced by another is watched no more
                self.reload(name)
            else:
                message = Message("{name} is no longer there; what was read of it stays", {"name": name})
                self._session.messages.tell(message, Severity.WARNING)


@dataclass(frozen=True, slots=True)
class _Work:
    """Reading ``names``; ``content`` is what ``-`` stands for, and ``called`` what to call that.

    Times of a transcript may differ by ``tolerance_ms``.
    """

    names: tuple[str, ...]
    content: bytes
    limits: Limits
    called: str = ""
    tolerance_ms: int = TOLERANCE_MS

    def run(self, job: Job, hand_over: Callable[[tuple[Entry, ...]], None]) -> tuple[Entry, ...]:
        """The entries, read on a thread of the background; what is new is handed over at once, then now and then."""
        entries: list[Entry] = []
        handed_over, last = 0, -HAND_OVER_EVERY
        with _collector_paused():
            for entry in self._entries(job):
                entries.append(entry)
                if monotonic() - last >= HAND_OVER_EVERY:
                    hand_over(tuple(entries[handed_over:]))
                    handed_over, last = len(entries), monotonic()
                if len(entries) == 1:  # it is being shown
                    build_scene(entry, job)
        hand_over(tuple(entries[handed_over:]))
        return tuple(entries)

    def _entries(self, job: Job) -> Iterator[Entry]:
        # Imported here: an empty window needs none of it.
        from callback_lens.payload.inputs import read_inputs

        for number, name in enumerate(self.names):
            job.report(number / len(self.names))
            for given in read_inputs([name], self.limits, BytesIO(self.content)):
                job.check()
                if isinstance(given, UserError):
                    yield Entry(self.called or _file_of(given, name), None, None, given)
                else:
                    yield from self._of_input(given, job, (number + 0.5) / len(self.names))

    def _of_input(self, given: "Input", job: Job, progress: float) -> Iterator[Entry]:
        from callback_lens.payload.reader import read_documents
        from callback_lens.tags import summarize

        given = replace(given, file=self.called) if self.called else given
        if len(given.content) > LARGE:
            import callback_lens.transcript.reading  # noqa: F401  # what shows words can be loaded in the meantime

        documents = read_documents(given, self.limits)
        job.report(progress)
        for result in documents:
            job.check()
            if isinstance(result, UserError):
                yield Entry(given.file, given, None, result)
            else:
                yield Entry(given.file, given, summarize(result, self.tolerance_ms), None)


def build_scene(entry: Entry, job: Job) -> None:
    """Have the timeline's scene ready when the window, which shows the tree first, asks for it."""
    if entry.summary is None or all(view.transcript is None for view in entry.summary.views):
        return
    # Neither loads Qt, which makes its types when they are first imported, and crashes where two threads do so.
    from callback_lens.ui.timeline.scene import kept_scene
    from callback_lens.ui.timeline.speech_jobs import speech_jobs

    for speech in speech_jobs(entry.summary)[:1]:
        kept_scene(entry.scenes, speech, job.check)


def _file_of(error: UserError, name: str) -> str:
    """The file that could not be read: ``name`` itself, or another where that is a folder."""
    source = error.source or name
    return name if source.startswith(f"{name}!") else source


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector, which holds the interpreter and with it the window, off half a million new nodes.

    They are no garbage, now or later: no node refers back to its children.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()
