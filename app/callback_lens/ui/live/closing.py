"""What becomes of the listener when the window closes."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from callback_lens.ui.live.listening import Kind, Listening
from callback_lens.ui.session import Session


def may_close(session: Session, listening: Listening, close: Callable[[], object], parent: QWidget) -> bool:
    """Whether the window may close now, the listener stopped or let go as the user wants it.

    Where the user has to be asked it is False; ``close`` is called once that is answered.
    """
    state = listening.state
    is_running = state.is_own and state.kind in (Kind.STARTING, Kind.ON)
    wanted = session.preferences.settings.listen_at_close if is_running else "keep"
    if wanted == "ask":
        from callback_lens.ui.live.closing_dialogs import CloseDialog

        dialog = CloseDialog(session, state, parent)
        dialog.chosen.connect(lambda choice: _leave(listening, choice))
        dialog.chosen.connect(lambda _: close())
        dialog.open()
        return False
    _leave(listening, wanted)
    return True


def _leave(listening: Listening, choice: str) -> None:
    if choice == "stop":
        listening.stop()
    listening.let_go()
