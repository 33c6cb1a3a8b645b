"""Going through the program's window step by step, as a user does, in the event loop that is measured."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:  # at run time they are part of what is measured
    from callback_lens.ui.main_window import MainWindow

SIZE = QSize(1280, 800)
OFTEN, SELDOM = 1, 10  # ms

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
                self._timer.stop()  # a step may have the event loop run
                self._is_reached = next(self._steps)
                self._timer.start()
        except BaseException as error:  # noqa: BLE001  # raised when the window is closed
            self._timer.stop()
            self._window.close()
            self.fault = None if isinstance(error, StopIteration) else error


def walk_through(path: Path, phase: Phase, interval: int = SELDOM, profile: Path | None = None) -> None:
    """Run the program with ``profile``, by default one beside ``path``, and ``phase`` in its window."""
    walks: list[Walk] = []
    profile = profile or path.parent / "profile"
    run_program(profile, lambda window: walks.append(Walk(window, phase(window, path), interval)))
    if walks[0].fault:
        raise walks[0].fault


def run_program(profile: Path, act: "Callable[[MainWindow], object]") -> None:
    """Run the program, and ``act`` when its window is there but not yet painted."""
    application = QApplication(["callback-lens"])

    def start() -> None:
        from callback_lens.ui.main_window import MainWindow

        window = next(widget for widget in application.topLevelWidgets() if isinstance(widget, MainWindow))
        window.resize(SIZE)  # the screen that is none may have made it smaller
        act(window)

    QTimer.singleShot(0, start)
    from callback_lens.cli import main

    if main(["--profile", str(profile), "--lang", "en", "open"]):
        raise AssertionError("the window could not be opened")


def opened(window: "MainWindow", file: Path, now: Callable[[], object] = int) -> Condition:
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
