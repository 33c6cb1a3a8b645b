"""Pictures of the window, of the tree or of the overview, drawn where there is no display."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from callback_lens.errors import Message, UserError

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


def render(names: list[str], contents: Mapping[str, bytes], picture: Picture, out: Path) -> list[UserError]:
    """Draw ``picture`` of what ``names`` name into the PNG file ``out``; gives what could not be read.

    ``contents`` has what is behind those of ``names`` that are no files. Raises UserError where the file
    cannot be written.

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
        with program(Path(folder), (), preferences) as parts:
            parts.application.setCursorFlashTime(0)  # a caret that blinks would never settle
            _open(parts, names, contents, picture)
            _save(parts, picture, out)
            return [entry.error for entry in parts.window.entries.model.entries if entry.error]


def _open(parts: "Program", names: list[str], contents: Mapping[str, bytes], picture: Picture) -> None:
    window = parts.window
    window.resize(*picture.size)
    window.show_tab(TABS.index(picture.tab))
    window.show()
    window.opening.open_all(names, contents)
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
