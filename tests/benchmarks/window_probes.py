"""Each thing that is measured of the window, in a process of its own: ``window_probes.py NAME FILE`` prints numbers."""

import os
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTreeView, QWidget

if TYPE_CHECKING:  # at run time they are part of what is measured
    from callback_lens.ui.main_window import MainWindow

SIZE = QSize(1280, 800)
OFTEN, SELDOM = 1, 10  # ms
TICKS = 2000  # of 1 ms: a phase is gone through until there are as many
NOT_AT_START = ("httpx", "numpy", "callback_lens.listener", "callback_lens.tags", "callback_lens.blocks")
COMMON, RARE, NOWHERE, PATTERN = "word", "AudioTime", "no such text", r"^\d+$"

Condition = Callable[[], bool]
Phase = Callable[["MainWindow", Path], Iterator[Condition]]


class Paints(QObject):
    """Sees the first paint event in ``part`` from ``start`` on; after it, with all else painted, calls ``now``."""

    def __init__(self, part: QWidget, now: Callable[[], object] = int) -> None:
        super().__init__(part)
        self._part = part
        self._now = now
        self.count = 0

    def start(self, _: object = None) -> None:
        self.count = 0
        self._part.update()  # there is something to wait for, even where nothing in sight changes
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        is_paint = event.type() is QEvent.Type.Paint and isinstance(watched, QWidget)
        if is_paint and (watched is self._part or self._part.isAncestorOf(watched)):
            self.count += 1
            if self.count == 1:
                QApplication.instance().removeEventFilter(self)  # which costs time with each event
                QTimer.singleShot(0, self._now)
        return False


class Walk(QObject):
    """Goes through a phase: a condition is looked at every ``interval`` ms, and ``gaps`` has how long that took."""

    def __init__(self, window: "MainWindow", steps: Iterator[Condition], interval: int) -> None:
        super().__init__(window)
        self._window = window
        self._steps = steps
        self.fault: BaseException | None = None
        self._is_reached: Condition = lambda: True
        self._ticks: list[float] = []
        self._timer = QTimer(self, interval=interval, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    @property
    def gaps(self) -> list[float]:
        return [(after - before) * 1000 for before, after in pairwise(self._ticks)]

    def forget(self) -> None:
        """Only what comes now is measured."""
        self._ticks.clear()

    def _tick(self) -> None:
        self._ticks.append(perf_counter())
        try:
            if self._is_reached():
                self._is_reached = next(self._steps)
        except BaseException as error:  # noqa: BLE001  # raised when the window is closed
            self._timer.stop()
            self._window.close()
            self.fault = None if isinstance(error, StopIteration) else error


def first_paint(file: Path) -> float:
    """The clock when the empty window has been painted, with nothing loaded that it does not need."""
    painted: list[float] = []
    _run(file, lambda window: _note_paint(window, painted))
    loaded = sys.modules.keys() & set(NOT_AT_START)
    if loaded:
        raise AssertionError(f"an empty window loads {loaded}")
    return painted[0]


def bare_first_paint(_: Path) -> float:
    """The clock when a bare window with a tree view has been painted."""
    application = QApplication(["bare"])
    window = QMainWindow()
    window.setCentralWidget(QTreeView(window))
    window.resize(SIZE)
    painted: list[float] = []
    _note_paint(window, painted)
    window.show()
    application.exec()
    return painted[0]


def _note_paint(window: QMainWindow, times: list[float]) -> None:
    """Have the clock put into ``times`` once ``window`` has been painted, and the window closed."""

    def note() -> None:
        times.append(perf_counter())
        window.close()

    Paints(window, note).start()


def open_file(path: Path) -> float:
    """ms from a file to its tree and its overview on the screen."""
    times: list[float] = []

    def opening(window: "MainWindow", file: Path) -> Iterator[Condition]:
        yield lambda: True
        start = perf_counter()
        yield _opened(window, file, lambda: times.append(perf_counter() - start))

    walk_through(path, opening)
    return times[0] * 1000


def naive_open(path: Path) -> float:
    """ms from a file to a QTreeView of a QStandardItemModel on the screen, closed but for its first levels."""
    application = QApplication(["naive"])
    window = QMainWindow()
    view = QTreeView(window)
    window.setCentralWidget(view)
    window.resize(SIZE)
    window.show()
    application.processEvents()
    start = perf_counter()
    model = QStandardItemModel(view)
    _add_items(model.invisibleRootItem(), ElementTree.parse(path).getroot())  # noqa: S314  # a file of our own
    view.setModel(model)
    view.expandToDepth(1)
    painted: list[float] = []
    _note_paint(window, painted)
    application.exec()
    return (painted[0] - start) * 1000


def memory(path: Path) -> float:
    """MB that opening a file takes at most, and afterwards, above the empty window."""
    peaks: list[float] = []

    def opening(window: "MainWindow", file: Path) -> Iterator[Condition]:
        peaks.append(_peak_memory())
        yield _opened(window, file)
        peaks.append(_peak_memory())

    walk_through(path, opening)
    return peaks[1] - peaks[0]


def first_hit(path: Path) -> float:
    """ms from a query that many nodes match to the first of them in the tree."""
    return _search(path, COMMON)[0]


def all_hits(path: Path) -> float:
    """ms from a query that many nodes match to the last of them."""
    return _search(path, COMMON)[1]


def no_hit(path: Path) -> float:
    """ms from a query that no node matches to knowing that."""
    return _search(path, NOWHERE)[1]


def _search(path: Path, text: str) -> tuple[float, float]:
    hits: list[float] = []
    ends: list[float] = []

    def searching(window: "MainWindow", file: Path) -> Iterator[Condition]:
        yield _opened(window, file)
        yield lambda: window._session.background.is_idle
        window.tree.search_bar.field.setText(text)
        start = perf_counter()
        window.tree.finding.search.changed.connect(
            lambda: hits.append(perf_counter() - start) if window.tree.finding.search.places else None
        )
        window.tree.finding.search.ended.connect(lambda: ends.append(perf_counter() - start))
        window.tree.search_bar.search_now()
        yield lambda: bool(ends)

    walk_through(path, searching)
    return (hits[0] if hits else ends[0]) * 1000, ends[0] * 1000


def _loading(window: "MainWindow", file: Path) -> Iterator[Condition]:
    yield _opened(window, file)
    window.entries.close_entries(window.entries.model.entries)
    yield lambda: window._session.background.is_idle


def _searching(window: "MainWindow", file: Path) -> Iterator[Condition]:
    for text, is_pattern in ((COMMON, False), (NOWHERE, False), (PATTERN, True), (RARE, False), ("", False)):
        window.tree.search_bar.pattern.setChecked(is_pattern)
        window.tree.search_bar.field.setText(text)
        window.tree.search_bar.search_now()
        yield lambda: not window.tree.finding.search.is_running and window._session.background.is_idle


def _filtering(window: "MainWindow", file: Path) -> Iterator[Condition]:
    for text in (COMMON, RARE):
        window.tree.search_bar.field.setText(text)
        window.tree.search_bar.search_now()
        yield lambda: not window.tree.finding.search.is_running
        window.tree.toggle_filter()
        yield lambda: window.tree.model.shown is not None and not window.tree.expander.is_running
        window.tree.toggle_filter()
        yield lambda: window._session.background.is_idle


def _expanding(window: "MainWindow", file: Path) -> Iterator[Condition]:
    window.tree.expand_all()
    yield lambda: not window.tree.expander.is_running
    window.tree.collapse_all()
    yield lambda: window._session.background.is_idle


def _switching(window: "MainWindow", file: Path) -> Iterator[Condition]:
    for tab in (1, 2, 3, 0):
        window.show_tab(tab)
        yield lambda: window._session.background.is_idle


PHASES: dict[str, Phase] = {
    "loading": _loading,
    "searching": _searching,
    "filtering": _filtering,
    "expanding": _expanding,
    "switching": _switching,
}


def gaps(name: str, path: Path) -> tuple[float, float]:
    """ms between two calls of a 1 ms timer while the window goes through a phase: 99.9th percentile and maximum."""
    phase = PHASES[name]
    found: list[float] = []

    def measured(window: "MainWindow", file: Path) -> Iterator[Condition]:
        if phase is not _loading:
            yield _opened(window, file)
            yield lambda: window._session.background.is_idle
        walk = window.findChild(Walk)
        walk.forget()
        while len(walk.gaps) < TICKS:
            yield from phase(window, file)
        found.extend(sorted(walk.gaps))

    walk_through(path, measured, OFTEN)
    return found[len(found) * 999 // 1000], found[-1]


def _opened(window: "MainWindow", file: Path, now: Callable[[], object] = int) -> Condition:
    """Opens ``file``; true once its tree and its overview have been painted, when ``now`` is called as well."""
    tree, overview = Paints(window.tree.view), Paints(window.overview)
    window.selection.entry_changed.connect(tree.start)
    window.overview.built.connect(overview.start)
    window.opening.open([str(file)])

    def is_done() -> bool:
        if not (tree.count and overview.count):
            return False
        now()
        tree.deleteLater()
        overview.deleteLater()
        return True

    return is_done


def walk_through(path: Path, phase: Phase, interval: int = SELDOM) -> None:
    """Run the program, and ``phase`` in its window."""
    walks: list[Walk] = []
    _run(path, lambda window: walks.append(Walk(window, phase(window, path), interval)))
    if walks[0].fault:
        raise walks[0].fault


def _run(file: Path, act: "Callable[[MainWindow], object]") -> None:
    """Run the program with a profile beside ``file``, and ``act`` when its window is there but not yet painted."""
    application = QApplication(["callback-lens"])

    def start() -> None:
        from callback_lens.ui.main_window import MainWindow

        window = next(widget for widget in application.topLevelWidgets() if isinstance(widget, MainWindow))
        window.resize(SIZE)  # the screen that is none may have made it smaller
        act(window)

    QTimer.singleShot(0, start)
    from callback_lens.cli import main

    if main(["--profile", str(file.parent / "profile"), "--lang", "en", "open"]):
        raise AssertionError("the window could not be opened")


def _add_items(parent: QStandardItem, element: ElementTree.Element) -> None:
    name = QStandardItem(element.tag)
    parent.appendRow([name, QStandardItem(element.text)])
    for child in element:
        _add_items(name, child)


def _peak_memory() -> float:
    """MB, the most that was ever resident of this process."""
    import resource  # Windows has none

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


PROBES = (first_paint, bare_first_paint, open_file, naive_open, memory, first_hit, all_hits, no_hit)

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _, name, measured = sys.argv
    if name in PHASES:
        print(*gaps(name, Path(measured)))
    else:
        print({probe.__name__: probe for probe in PROBES}[name](Path(measured)))
