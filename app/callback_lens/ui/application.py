"""The program with its window: everything is made here, in one place, and passed down."""

import gc
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QStyleFactory

from callback_lens import __version__
from callback_lens.paths import captures_folder, log_file
from callback_lens.ui.appearance import Appearance, make_session_look, show_palette
from callback_lens.ui.background import Background
from callback_lens.ui.faults import faults_reported
from callback_lens.ui.live.capturing import Capturing
from callback_lens.ui.main_window import MainWindow
from callback_lens.ui.messages import Messages
from callback_lens.ui.preferences import Preferences
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session

# Seconds a thread keeps the interpreter while the window waits for it. Painting asks for it hundreds of times, for each
# method of ours that Qt calls: with 0.5 ms, a tenth of Python's own, a search doubles what the window waits at worst.
SWITCH_INTERVAL = 0.00002
COLLECT_EVERY = 1000  # ms: it looks at what was made since then, in one go


@dataclass(frozen=True, slots=True)
class Program:
    """The parts, alive as long as somebody holds this."""

    application: QApplication
    session: Session
    messages: Messages
    selection: Selection
    capturing: Capturing
    window: MainWindow
    appearance: Appearance


@contextmanager
def program(profile: Path | None, command: Sequence[str], preferences: Preferences) -> Iterator[Program]:
    """The program, its window not shown yet; closed with its threads at the end. ``command`` runs it again."""
    application = make_application()
    language, theme = make_session_look(preferences)
    show_palette(application, theme)
    messages = Messages()
    background = Background(messages.report)
    session = Session(language, theme, background, messages, preferences)
    selection = Selection()
    appearance = Appearance(application, session)
    capturing = Capturing(session, command, captures_folder(profile))
    window = MainWindow(session, messages, selection, capturing, log_file(profile))
    try:
        with faults_reported(messages.report):
            yield Program(application, session, messages, selection, capturing, window, appearance)
    finally:
        capturing.close()
        background.close()
        window.deleteLater()


def make_application() -> QApplication:
    """Qt's application, in our style; the one there is, if there is one."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(["callback-lens"])
    application.setApplicationName("callback-lens")
    application.setApplicationDisplayName("Callback Lens")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("callback-lens")
    application.setStyle(QStyleFactory.create("Fusion"))
    return application


def run(
    profile: Path | None,
    command: Sequence[str],
    language: str | None,
    names: Sequence[str],
    contents: Mapping[str, bytes],
    listen: str | None = None,
) -> int:
    """Show the window with what ``names`` name, until it is closed; gives the exit status.

    ``command`` runs the program on the same ``profile``. ``language`` is one asked for this time only; ``contents`` has
    what is behind those of ``names`` that are no files. ``listen`` is the port to listen on, "" for the preferences'
    own, None for not listening.
    """
    sys.setswitchinterval(SWITCH_INTERVAL)
    preferences = Preferences(profile)
    if language:
        preferences.override(language=language)
    with program(profile, command, preferences) as parts, collector_on_main_thread(parts):
        parts.window.opening.open_all(names, contents)
        parts.window.show()
        if listen is not None:
            parts.capturing.listening.start(int(listen) if listen else None)
        return parts.application.exec()


@contextmanager
def collector_on_main_thread(parts: Program) -> Iterator[None]:
    """Garbage is collected now and then, and here: on another thread it might destroy a widget.

    Not while there is background work: it makes many objects, and none of them is garbage yet.
    """
    timer = QTimer(parts.window, interval=COLLECT_EVERY)
    timer.timeout.connect(lambda: gc.collect(1) if parts.session.background.is_idle else 0)
    timer.start()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
