"""A newcomer's first callback: the listener is started, a sample sent to it, and seen to arrive."""

from PySide6.QtCore import QObject

from callback_lens.payload.masking import masked_target
from callback_lens.ui.live.capturing import Capturing
from callback_lens.ui.live.first_steps import FirstSteps, Step
from callback_lens.ui.live.listening import Kind, ListenState

SAMPLE = "SpeechRecognition/api-success.xml"


class FirstCallback(QObject):
    """Shows in ``steps`` how far it is."""

    def __init__(self, capturing: Capturing, steps: FirstSteps) -> None:
        super().__init__(steps)
        self._capturing = capturing
        self._steps = steps
        self._is_sent = False
        self.is_awaited = False
        capturing.listening.changed.connect(self._go_on)
        capturing.sending.failed.connect(self._offer_again)

    def begin(self) -> None:
        """Have a callback arrive."""
        self.is_awaited, self._is_sent = True, False
        self._steps.show_progress(Step.STARTING)
        self._capturing.listening.start()
        self._go_on(self._capturing.listening.state)

    def arrived(self) -> None:
        """It is here."""
        if self.is_awaited:
            self.is_awaited = False
            self._steps.show_progress(Step.ARRIVED)

    def _go_on(self, state: ListenState) -> None:
        if not self.is_awaited:
            return
        if state.kind in (Kind.OFF, Kind.FAILED):
            self.is_awaited = False
            self._steps.show_progress(None)
        elif state.kind is Kind.ON and state.address and not self._is_sent:
            self._is_sent = True
            self._steps.show_progress(Step.SENT, masked_target(state.address))
            self._capturing.sending.send_sample(SAMPLE, state.address)

    def _offer_again(self) -> None:
        """The sample was not taken, as far as its sender knows: it may arrive all the same."""
        if self.is_awaited and self._is_sent:
            self._steps.show_progress(None)
