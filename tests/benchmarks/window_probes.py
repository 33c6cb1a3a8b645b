"""Each thing that is measured of the window, in a process of its own: ``window_probes.py NAME FILE`` prints numbers."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTreeView
from walks import OFTEN, SIZE, Condition, Paints, Phase, Walk, opened, run_program, walk_through

if TYPE_CHECKING:  # at run time they are part of what is measured
    from callback_lens.ui.main_window import MainWindow

TICKS = 2000  # of 1 ms: a phase is gone through until there are as many
NOT_AT_START = ("httpx", "numpy", "callback_lens.listener", "callback_lens.tags", "callback_lens.blocks")
COMMON, RARE, NOWHERE, PATTERN = "word", "AudioTime", "no such text", r"^\d+$"


def first_paint(file: Path) -> float:
    """The clock when the empty window has been painted, with nothing loaded that it does not need."""
    painted: list[float] = []
    run_program(file.parent / "profile", lambda window: _note_paint(window, painted))
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
        yield opened(window, file, lambda: times.append(perf_counter() - start))

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
        yield opened(window, file)
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
        yield opened(window, file)
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
    yield opened(window, file)
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
            yield opened(window, file)
            yield lambda: window._session.background.is_idle
        walk = window.findChild(Walk)
        walk.forget()
        while len(walk.gaps) < TICKS:
            yield from phase(window, file)
        found.extend(sorted(walk.gaps))

    walk_through(path, measured, OFTEN)
    return found[len(found) * 999 // 1000], found[-1]


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
        print(json.dumps(gaps(name, Path(measured))))
    else:
        print({probe.__name__: probe for probe in PROBES}[name](Path(measured)))
