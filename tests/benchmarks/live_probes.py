"""Each thing that is measured of captures in the window, in a process of its own: ``live_probes.py NAME FILE``.

FILE is the folder of a million captures or, where they arrive, what is opened meanwhile.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory
from threading import Event
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from benchmarks import made
from inputs import RARE_TAG, RARE_WORD
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget
from walks import OFTEN, Condition, Paints, Walk, opened, walk_through

if TYPE_CHECKING:  # at run time they are part of what is measured
    from callback_lens.ui.list.entry_list import EntryList
    from callback_lens.ui.main_window import MainWindow

LOAD = Path(__file__).parent / "load.py"
CALLBACK = "compact-callback.xml"
RATE, COUNT = 500, 10_000  # callbacks: 20 s
OPENED_AFTER = 2000  # callbacks
FRAMES = 400  # of each sweep
FRAME = 0.016  # seconds from one frame to the next
WHEEL = 3  # rows for a notch


def start(folder: Path) -> float:
    """The clock when the newest captures have been painted and the window answers."""
    times: list[float] = []

    def starting(window: "MainWindow", _: Path) -> Iterator[Condition]:
        yield _shown(window.entries, None, lambda: times.append(perf_counter()))

    walk_through(folder, starting, OFTEN, profile=folder)
    return times[0]


def filter_tag(folder: Path) -> float:
    """ms from the last key of a Tag that few captures have to the newest of them painted."""
    return _filter(folder, f"tag:{RARE_TAG}")


def filter_word(folder: Path) -> float:
    """The same of a word in their bodies that few have."""
    return _filter(folder, f"body:{RARE_WORD}")


def _filter(folder: Path, text: str) -> float:
    times: list[float] = []

    def filtering(window: "MainWindow", _: Path) -> Iterator[Condition]:
        first = _newest(folder, text)
        yield _filled(window.entries)
        _type(window.entries.filter_box, text[:-1])
        yield lambda: True
        begun = perf_counter()
        is_shown = _shown(window.entries, first, lambda: times.append(perf_counter() - begun))
        _type(window.entries.filter_box, text[-1])
        yield is_shown

    walk_through(folder, filtering, OFTEN, profile=folder)
    return times[0] * 1000


def scroll(folder: Path) -> float:
    """ms in which 99 of 100 frames of the worst sweep are done: scrolled, what came meanwhile taken, all painted."""
    taken: list[list[float]] = []

    def scrolling(window: "MainWindow", _: Path) -> Iterator[Condition]:
        yield _filled(window.entries)
        bar = window.entries.table.verticalScrollBar()
        row = window.entries.table.rowHeight(0)
        sweeps = (_wheel(bar, row), _pages(bar), _jumps(bar))
        taken.extend([_frame(bar, value) for value in sweep] for sweep in sweeps)

    walk_through(folder, scrolling, profile=folder)
    return max(quantiles(sweep, n=100)[-1] for sweep in taken)


def _wheel(bar: QScrollBar, row: int) -> Iterator[int]:
    return (notch * WHEEL * row for notch in range(FRAMES))


def _pages(bar: QScrollBar) -> Iterator[int]:
    """From the middle on."""
    return (bar.maximum() // 2 + page * bar.pageStep() for page in range(FRAMES))


def _jumps(bar: QScrollBar) -> Iterator[int]:
    """To anywhere."""
    random = Random(1)  # the same in every run
    return (random.randint(0, bar.maximum()) for _ in range(FRAMES))


def _frame(bar: QScrollBar, value: int) -> float:
    """ms for a frame, at the end of the time that it has."""
    begun = perf_counter()
    bar.setValue(value)
    QApplication.processEvents()
    taken = perf_counter() - begun
    Event().wait(max(FRAME - taken, 0))
    return taken * 1000


def arrive(file: Path) -> dict[str, float]:
    """ms while callbacks arrive and ``file`` is opened: between two calls of a timer, and from callback to answer."""
    gaps: list[float] = []
    printed: list[float] = []

    def arriving(window: "MainWindow", file: Path) -> Iterator[Condition]:
        yield _listens(window)
        with _load(window.capturing.listening.state.url, file) as load:
            walk = window.findChild(Walk)
            walk.forget()
            yield lambda: window.entries.model.capture_count >= OPENED_AFTER
            yield opened(window, file)
            yield lambda: load.poll() is not None
            gaps.extend(walk.gaps)
            printed.extend(map(float, load.stdout.read().split()))
        yield lambda: window.entries.model.capture_count == COUNT
        yield _stopped(window)

    with TemporaryDirectory(dir=file.parent) as profile:
        walk_through(file, arriving, OFTEN, Path(profile))
    return {"gap": quantiles(gaps, n=1000)[-1], "p99": printed[-1] / 1000}


def _listens(window: "MainWindow") -> Condition:
    """The window's own listener runs, on any port; should the probe fail, it stops with the window."""
    from callback_lens.ui.live.listening import Kind

    window._session.preferences.override(listen_at_close="stop")
    window.capturing.listening.start(port=0)
    return lambda: window.capturing.listening.state.kind is Kind.ON


def _stopped(window: "MainWindow") -> Condition:
    """It is gone, before the profile is."""
    from callback_lens.ui.live.listening import Kind

    window.capturing.listening.stop()
    return lambda: window.capturing.listening.state.kind is Kind.OFF


def _load(url: str, file: Path) -> subprocess.Popen[str]:
    """load.py, which posts to ``url`` and ends then."""
    port, callback = str(urlsplit(url).port), made(file.with_name(CALLBACK))
    command = [sys.executable, LOAD, port, str(COUNT), callback, str(RATE)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _filled(entries: "EntryList") -> Condition:
    """All captures are in the list."""
    filled: list[bool] = []
    entries.captures.feed.filled.connect(lambda: filled.append(True))
    return lambda: bool(filled)


def _shown(entries: "EntryList", first: int | None, now: Callable[[], object]) -> Condition:
    """True once captures, the uppermost of them ``first`` if one is given, have been painted; then calls ``now``."""
    model, viewport = entries.model, entries.table.viewport()
    is_painted: list[bool] = []
    paints = Paints(viewport, lambda: (is_painted.append(True), now()))
    changes = (model.modelReset, model.dataChanged)

    def look() -> None:
        below = entries.table.rowAt(viewport.height())  # -1 where the rows end above
        keys = [model.key(row) for row in range(below if below >= 0 else model.rowCount())]
        if keys and first in (None, keys[0]) and all(map(model.capture, keys)):
            for changed in changes:
                changed.disconnect(look)
            paints.start()

    for changed in changes:
        changed.connect(look)
    return lambda: bool(is_painted)


def _newest(folder: Path, text: str) -> int:
    """The newest capture that fits."""
    from callback_lens.store.filters.parsing import parse
    from callback_lens.store.index import open_index

    with open_index(folder) as index:
        return next(index.ids(parse(text)))


def _type(box: QWidget, text: str) -> None:
    for character in text:
        key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character)
        QApplication.sendEvent(box, key)


PROBES = (start, filter_tag, filter_word, scroll, arrive)

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _, name, measured = sys.argv
    print(json.dumps({probe.__name__: probe for probe in PROBES}[name](Path(measured))))
