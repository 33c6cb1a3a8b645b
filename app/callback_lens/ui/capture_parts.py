"""The parts of the window that are about captures, and how they work together."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from callback_lens.errors import Message
from callback_lens.payload.findings import Severity
from callback_lens.ui.list.entry_list import EntryList
from callback_lens.ui.live.capture_arrivals import Arrived
from callback_lens.ui.live.capturing import Capturing
from callback_lens.ui.live.listen_bar import ListenBar
from callback_lens.ui.live.listening import Kind, ListenState
from callback_lens.ui.live.notices import Notices
from callback_lens.ui.live.samples_menu import SamplesMenu
from callback_lens.ui.opening import Opening
from callback_lens.ui.progress import ProgressLine
from callback_lens.ui.session import Session

if TYPE_CHECKING:  # an empty window starts faster without
    from callback_lens.ui.live.first_callback import FirstCallback
    from callback_lens.ui.live.first_steps import FirstSteps


class CaptureParts(QObject):
    """Makes the widgets, which the window places: ``bar``, ``lines``, ``first_steps`` once they are asked for."""

    def __init__(
        self, session: Session, capturing: Capturing, entries: EntryList, opening: Opening, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session = session
        self._capturing = capturing
        self._entries = entries
        self._opening = opening
        self.bar = ListenBar(session, capturing.listening, capturing.store, window)
        self.first_steps: FirstSteps | None = None
        self.notices = Notices(session, window, self)
        self._first: FirstCallback | None = None
        self.lines = (
            ProgressLine(session, capturing.sending, capturing.sending.words, Message("Stop sending"), window),
            ProgressLine(session, capturing.exporting, capturing.exporting.words, Message("Stop exporting"), window),
        )
        entries.arrived.connect(self._take)
        entries.unread_changed.connect(self.notices.show_unread)
        entries.replay_wanted.connect(self.replay)
        self.notices.capture_wanted.connect(entries.show_capture)

    def make_first_steps(self, parent: QWidget) -> "FirstSteps":
        """What a newcomer can do."""
        from callback_lens.ui.live.first_callback import FirstCallback
        from callback_lens.ui.live.first_steps import FirstSteps

        self.first_steps = steps = FirstSteps(self._session, parent)
        self._first = FirstCallback(self._capturing, steps)
        steps.sample_wanted.connect(self._open_sample)
        steps.listen_wanted.connect(self._first.begin)
        return steps

    def offer_samples(self, menu: QMenu) -> None:
        """Fill ``menu`` with the samples that can be sent to the listener."""
        samples = SamplesMenu(self._session, menu)
        samples.sample_wanted.connect(self._send_sample)
        listening = self._capturing.listening

        def follow(state: ListenState) -> None:
            samples.enable(is_listening=state.kind is Kind.ON)

        listening.changed.connect(follow)
        follow(listening.state)

    def replay(self, ids: list[int]) -> None:
        """Ask where to send captures again, then do it."""
        self._capturing.sending.ask_to_replay(ids, self._entries.window())

    def export_selected(self) -> None:
        """Ask where to write the selected captures, then do it."""
        if ids := self._entries.selected_ids():
            self._capturing.exporting.ask(ids, self._entries.window())
        else:
            self._session.messages.tell(Message("No capture is selected"), Severity.WARNING)

    def notify_of(self, value: str) -> None:
        """Have the system tell of other captures than before."""
        self._session.preferences.change(notifies=value)

    def _take(self, arrived: Arrived) -> None:
        self.notices.take(arrived)
        if self._first is not None and self._first.is_awaited:
            self._first.arrived()
            self._entries.show_capture(arrived.captures[0].id)

    def _send_sample(self, name: str) -> None:
        if address := self._capturing.listening.state.address:
            self._capturing.sending.send_sample(name, address)

    def _open_sample(self) -> None:
        from callback_lens.resources import sample_path
        from callback_lens.ui.live.first_callback import SAMPLE

        self._opening.open_bytes(sample_path(SAMPLE).read_bytes(), SAMPLE)
