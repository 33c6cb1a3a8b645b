"""The captures of a profile, as the window reads and changes them: off the GUI thread, in one lane."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from callback_lens.ui.background import Background, Job

if TYPE_CHECKING:  # an empty window starts faster without
    from callback_lens.store.index import Index
    from callback_lens.store.store import Store

LOOK_EVERY = 250  # ms


@dataclass(frozen=True, slots=True)
class Opened:
    """The profile's captures, and what is known of them."""

    store: "Store"
    index: "Index"


class CaptureStore(QObject):
    """Opens the captures in ``folder`` when there are some, or when somebody first asks.

    ``changed`` says that anybody, this process or another, wrote to them: captures arrived, were understood, pinned,
    deleted. ``failed`` is told of errors that nobody else takes. Closed by whoever made it.
    """

    changed = Signal()

    def __init__(self, folder: Path, failed: Callable[[BaseException], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._lane = Background(failed, self, workers=1)
        self._open = ExitStack()
        self._opened: Opened | None = None
        self._state: object = None
        self._looks = QTimer(self, interval=LOOK_EVERY)
        self._looks.timeout.connect(self._look)

    def watch(self) -> None:
        """Look for changes from now on."""
        self._looks.start()
        self._look()

    def run(
        self,
        work: Callable[[Opened, Job], Any],
        then: Callable[[Any], None],
        owner: QObject,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Run ``work`` on the captures when what was asked before is done; see ``Background.run``."""
        self._lane.run(lambda job: work(self._open_once(), job), then, owner, failed)

    def interrupt(self) -> None:
        """End the query that is running: its work raises Interrupted."""
        if self._opened is not None:
            self._opened.index.interrupt()

    def close(self) -> None:
        """Look no more; end what is running, give the files back."""
        self._looks.stop()
        self.interrupt()
        self._lane.close()
        self._open.close()

    def _look(self) -> None:
        from callback_lens.store.opening import CAPTURES

        if self._lane.is_idle and (self._opened is not None or (self.folder / CAPTURES).exists()):
            self.run(lambda opened, _: opened.index.state(), self._tell_change, self)

    def _tell_change(self, state: object) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()

    def _open_once(self) -> Opened:
        """In the lane, as all that is done with it."""
        if self._opened is None:
            from callback_lens.store.index import open_index
            from callback_lens.store.opening import open_store

            with ExitStack() as stack:
                store = stack.enter_context(open_store(self.folder))
                self._opened = Opened(store, stack.enter_context(open_index(self.folder)))
                self._open = stack.pop_all()
        return self._opened
