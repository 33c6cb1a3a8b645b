"""Opening many rows of a tree without holding up the window: a few milliseconds at a time."""

from collections.abc import Callable, Iterator
from itertools import islice

from PySide6.QtCore import QElapsedTimer, QModelIndex, QObject, QTimer, Signal

from callback_lens.ui.tree.tree_view import TreeView

STEP = 5  # milliseconds
SHOWN_EVERY = 100  # milliseconds: painting costs as much as a step

Opens = Callable[[QModelIndex], bool]


class Expander(QObject):
    """Opens rows from the top down, so that Qt lays out only the rows that appear and moves only those below.

    ``progressed`` carries how many rows were opened so far, ``ended`` how many in all (also where it was stopped).
    """

    progressed = Signal(object)
    ended = Signal(object)

    def __init__(self, view: TreeView) -> None:
        super().__init__(view)
        self._view = view
        self._rows: Iterator[QModelIndex] = iter(())
        self._opened = 0
        self._since_shown = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)

    @property
    def is_running(self) -> bool:
        """True until all is open or ``stop`` was called."""
        return self._timer.isActive()

    def start(
        self, top: QModelIndex, levels: int | None = None, opens: Opens = lambda _: True, most: int | None = None
    ) -> None:
        """Open all below ``top``, or so many levels of it and at ``most`` so many rows, as far as ``opens`` is true."""
        self.stop()
        self._rows = islice(self._rows_below(top, levels, opens), most)
        self._opened = 0
        self._since_shown.start()
        self._timer.start(0)

    def stop(self) -> None:
        """Leave it at what is open now."""
        if self.is_running:
            self._timer.stop()
            self._rows = iter(())
            self._view.hold(False)
            self._view.catch_up()
            self.ended.emit(self._opened)

    def _step(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        self._view.hold(True)
        for index in self._rows:
            self._view.expand(index)
            self._opened += 1
            if clock.elapsed() >= STEP:
                break
        else:
            self.stop()
        self._view.hold(False)
        if self.is_running and self._since_shown.elapsed() >= SHOWN_EVERY:
            self._show()

    def _show(self) -> None:
        self._view.catch_up()
        self._since_shown.start()
        self.progressed.emit(self._opened)

    def _rows_below(self, top: QModelIndex, levels: int | None, opens: Opens) -> Iterator[QModelIndex]:
        model = self._view.model()
        if top.isValid():
            yield top
        open_levels = [(top, iter(range(model.rowCount(top))))]
        while open_levels:
            parent, rows = open_levels[-1]
            for row in rows:
                index = model.index(row, 0, parent)
                if model.hasChildren(index) and opens(index):
                    yield index
                    if levels is None or len(open_levels) < levels:
                        open_levels.append((index, iter(range(model.rowCount(index)))))
                        break
            else:
                open_levels.pop()
