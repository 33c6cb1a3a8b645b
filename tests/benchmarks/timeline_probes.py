"""Each thing that is measured of the timeline, in a process of its own: ``timeline_probes.py NAME FILE``, as JSON."""

import json
import os
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from callback_lens.ui.application import collector_on_main_thread, program
from callback_lens.ui.preferences import Preferences
from callback_lens.ui.timeline.axis import Axis, whole_axis
from callback_lens.ui.timeline.layout import Layout
from callback_lens.ui.timeline.look import Look
from callback_lens.ui.timeline.scene import build_scene
from callback_lens.ui.timeline.timeline_painter import TimelinePainter
from callback_lens.ui.timeline.timeline_view import TimelineView
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication
from transcript_probes import read_one
from walks import Condition, Paints, walk_through

if TYPE_CHECKING:
    from callback_lens.ui.main_window import MainWindow

SIZE = QSize(1600, 500)
FRAMES = 300
STEP = 8  # pixels that a frame of a tour moves
NEAREST_MS, MIDDLE_MS = 2000, 60_000
TIMES = 50  # that a layer is drawn
NO_BUTTON, NO_KEY = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier


class Frames(NamedTuple):
    """The usual and the 99th percentile of ms for a frame."""

    median: float
    p99: float


def tours(path: Path) -> dict[str, Frames]:
    """Panning, zooming about the pointer from everything to 2 s and back, and pointing, in the real view."""
    with _shown(path) as view:
        return {tour.__name__: _measured(view, tour(view)) for tour in (pan, zoom, hover)}


def pan(view: TimelineView) -> Iterator[Callable[[], None]]:
    """From the middle on, in a minute's sight."""
    view.go_to(_around_the_middle(view, MIDDLE_MS), "start")
    for _ in range(FRAMES):
        yield lambda: view.go_to(view.axis.panned(STEP), "pan")


def zoom(view: TimelineView) -> Iterator[Callable[[], None]]:
    """About a third of the width."""
    view.fit_all()
    factor, pixel = (view.axis.span / NEAREST_MS) ** (2 / FRAMES), view.axis.width / 3
    for frame in range(FRAMES):
        step = factor if frame < FRAMES // 2 else 1 / factor
        yield lambda step=step: view.go_to(view.axis.zoomed(step, pixel), "zoom")


def hover(view: TimelineView) -> Iterator[Callable[[], None]]:
    """Along the words of the first lane, in a minute's sight and then in everything's."""
    words = view.place.rows[0].words
    for axis in (_around_the_middle(view, MIDDLE_MS), whole_axis(view.axis.first, view.axis.last, view.axis.width)):
        view.go_to(axis, "start")
        QApplication.processEvents()
        for frame in range(FRAMES // 2):
            point = QPointF(view.place.gutter + frame * STEP, words.bottom - 2)
            event = QMouseEvent(QEvent.Type.MouseMove, point, point, NO_BUTTON, NO_BUTTON, NO_KEY)
            yield lambda event=event: QApplication.sendEvent(view.viewport(), event)


def layers(path: Path) -> dict[str, float]:
    """ms for each part of a picture: the lanes with everything in sight, and a minute."""
    with _shown(path) as view:
        assert view.scene is not None
        painter = TimelinePainter(view.scene, Look(view.session.theme, view.font(), 1, view.session.say))
        whole, near = view.axis, _around_the_middle(view, MIDDLE_MS)
        return _layers(painter, view.place, whole, near)


def _layers(timeline: TimelinePainter, place: Layout, whole: Axis, near: Axis) -> dict[str, float]:
    picture = QPixmap(SIZE)
    painter = QPainter(picture)
    parts = {
        "overview": lambda: timeline.paint_overview(painter, place),
        "window": lambda: timeline.paint_window(painter, near, place),
        "ruler": lambda: timeline.paint_ruler(painter, near, place),
        "columns": lambda: timeline.paint_lanes(painter, whole, place),
        "bars": lambda: timeline.paint_lanes(painter, near, place),
        "gutter": lambda: timeline.paint_gutter(painter, place),
    }
    taken = {name: median(_ms(part) for _ in range(TIMES)) for name, part in parts.items()}
    painter.end()
    return taken


def memory(path: Path) -> dict[str, float]:
    """Bytes a word that a scene keeps, beyond the transcript."""
    transcript = read_one(path)
    tracemalloc.start()
    kept = build_scene(transcript, [])
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {"scene": taken / len(kept.flags)}


def opening(path: Path) -> dict[str, float]:
    """ms from a file to its painted tree, and to its painted timeline."""
    times: dict[str, float] = {}

    def phase(window: "MainWindow", file: Path) -> Iterator[Condition]:
        yield lambda: True
        start = perf_counter()
        tree = Paints(window.tree.view, lambda: times.setdefault("tree", perf_counter() - start))
        window.selection.entry_changed.connect(tree.start)
        window.opening.open([str(file)])
        yield lambda: (pane := window.overview.timeline_pane) is not None and pane.view._picture is not None  # painted
        times["timeline"] = perf_counter() - start
        yield lambda: window._session.background.is_idle and window.overview.is_built

    walk_through(path, phase, interval=1)
    return {name: seconds * 1000 for name, seconds in times.items()}


@contextmanager
def _shown(path: Path) -> Iterator[TimelineView]:
    """A timeline of ``path`` on a screen that is none."""
    profile = path.parent / "profile"
    scene = build_scene(read_one(path), [])
    with program(profile, (), Preferences(profile)) as parts, collector_on_main_thread(parts):
        view = TimelineView(parts.session, parts.selection)
        view.resize(SIZE)
        view.show()
        view.show_scene(scene)
        parts.application.processEvents()
        yield view
        view.deleteLater()


def _around_the_middle(view: TimelineView, span: int) -> Axis:
    middle = (view.axis.first + view.axis.last) // 2
    return view.axis.fitted(middle, middle + span)


def _measured(view: TimelineView, steps: Iterator[Callable[[], None]]) -> Frames:
    """What it takes to do each of ``steps`` and to draw what has changed."""
    QApplication.processEvents()
    taken = [_ms(lambda step=step: (step(), QApplication.processEvents())) for step in steps]
    return Frames(median(taken), sorted(taken)[len(taken) * 99 // 100])


def _ms(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


PROBES = (tours, layers, memory, opening)

if __name__ == "__main__":
    _, name, measured = sys.argv
    print(json.dumps({probe.__name__: probe for probe in PROBES}[name](Path(measured))))
