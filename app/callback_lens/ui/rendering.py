"""Pictures of the window, of the tree or of the overview, drawn where there is no display."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from callback_lens.errors import Message, UserError
from callback_lens.payload.inputs import STANDARD_INPUT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from callback_lens.ui.application import Program

TABS = ("overview", "source", "raw", "request")
BETWEEN_LOOKS = 150  # ms: layouts settle in several steps


@dataclass(frozen=True, slots=True)
class Picture:
    """What to draw: ``size`` in pixels before ``scale``."""

    view: str = "window"
    size: tuple[int, int] = (1280, 800)
    theme: str = "light"
    language: str = "en"
    scale: float = 1.0
    tab: str = "overview"


def render(names: list[str], standard_input: bytes | None, picture: Picture, out: Path) -> list[UserError]:
    """Draw ``picture`` of what ``names`` name into the PNG file ``out``; gives what could not be read.

    Raises UserError where the file cannot be written.

    Draws with Qt's own offscreen platform, whatever display there may be: to be called in a process that has no
    QApplication yet, for Qt chooses its platform and its scale once.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = f"{picture.scale:g}"
    from callback_lens.ui.application import program
    from callback_lens.ui.preferences import Preferences

    with tempfile.TemporaryDirectory() as folder:
        preferences = Preferences(Path(folder))
        preferences.override(theme=picture.theme, language=picture.language)
        with program(Path(folder), preferences) as parts:
            parts.application.setCursorFlashTime(0)  # a caret that blinks would never settle
            _open(parts, names, standard_input, picture)
            _save(parts, picture, out)
            return [entry.error for entry in parts.window.entries.model.entries if entry.error]


def _open(parts: "Program", names: list[str], standard_input: bytes | None, picture: Picture) -> None:
    window = parts.window
    window.resize(*picture.size)
    window.show_tab(TABS.index(picture.tab))
    window.show()
    if standard_input is not None:
        window.opening.open_bytes(standard_input, STANDARD_INPUT)
    if names:
        window.opening.open(names)
    settle(parts, window)


def _save(parts: "Program", picture: Picture, out: Path) -> None:
    window = parts.window
    widget = {"window": window, "tree": window.tree, "pane": window.panes[TABS.index(picture.tab)]}[picture.view]
    if widget is not window:
        widget.setParent(None)
        widget.resize(*picture.size)
        widget.show()
        settle(parts, widget)
    saved = widget.grab().save(str(out), "PNG")
    if widget is not window:
        widget.deleteLater()
    window.close()
    if not saved:
        raise UserError(Message("{file} cannot be written", {"file": str(out)}))


def settle(parts: "Program", widget: "QWidget") -> None:
    """Let the program work until nothing is being read or built, and ``widget`` looks as it did a moment ago."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, looks = QEventLoop(), [widget.grab().toImage()]

    def look() -> None:
        looks.append(widget.grab().toImage())
        is_busy = not parts.session.background.is_idle or not parts.window.overview.is_built
        if not is_busy and looks[-1] == looks[-2]:
            loop.quit()

    timer = QTimer(interval=BETWEEN_LOOKS)
    timer.timeout.connect(look)
    timer.start()
    loop.exec()
