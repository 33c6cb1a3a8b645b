"""Settings that outlive the window; the only place that calls QSettings."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from callback_lens import paths
from callback_lens.i18n import LANGUAGES
from callback_lens.transcript import TOLERANCE_MS, TOLERANCES

RECENT = 12
THEMES = ("system", "light", "dark")
ZOOMS = (100, 110, 125, 150, 175, 200)
COLOURINGS = ("pace", "speaker", "kind", "finding")
TALLEST = 2000


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose.

    ``theme`` is system, light or dark; ``language`` en, zh or "" for the system's; ``zoom`` the size of text in
    percent; ``recent`` files, newest first; ``picture_folders`` pairs of bucket and folder. ``tolerance_ms`` is by how
    much times of a transcript may differ before they are findings; ``colouring`` what the colours of the timeline mean;
    ``timeline_height`` its height in pixels, 0 as its lanes need it.
    """

    theme: str = "system"
    language: str = ""
    zoom: int = 100
    recent: tuple[str, ...] = ()
    picture_folders: tuple[tuple[str, str], ...] = ()
    tolerance_ms: int = TOLERANCE_MS
    colouring: str = COLOURINGS[0]
    timeline_height: int = 0


class Preferences(QObject):
    """The settings of a profile, kept in an INI file; ``changed`` carries the new Settings.

    A file that was edited by hand or comes from another version never fails: what it says wrongly is left at its
    default.
    """

    changed = Signal(object)

    def __init__(self, profile: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = QSettings(str(paths.settings_file(profile)), QSettings.Format.IniFormat)
        self.settings = self._read()

    def change(self, **values: object) -> None:
        """Set some of the settings, by the names of Settings' fields."""
        self.settings = replace(self.settings, **values)  # type: ignore[arg-type]  # names and types are Settings' own
        for name in values:
            self._file.setValue(name, json.dumps(getattr(self.settings, name)))
        self.changed.emit(self.settings)

    def override(self, **values: object) -> None:
        """Set some of the settings for this run only."""
        self.settings = replace(self.settings, **values)  # type: ignore[arg-type]  # as in change
        self.changed.emit(self.settings)

    def remember_file(self, name: str) -> None:
        """Put ``name`` first among the recent files."""
        others = [other for other in self.settings.recent if other != name]
        self.change(recent=(name, *others)[:RECENT])

    def window_state(self, name: str) -> QByteArray:
        """The geometry or layout kept as ``name``; empty where nothing is."""
        state = self._file.value(f"window/{name}")
        return state if isinstance(state, QByteArray) else QByteArray()

    def keep_window_state(self, name: str, state: QByteArray) -> None:
        """Keep a geometry or layout."""
        self._file.setValue(f"window/{name}", state)

    def _read(self) -> Settings:
        values = {name: self._value(name, is_valid) for name, is_valid in VALID.items()}
        return Settings(**{name: value for name, value in values.items() if value is not None})

    def _value(self, name: str, is_valid: Callable[[Any], bool]) -> Any:
        """What the file has as ``name``, lists as tuples; None where that is nothing of the kind."""
        text = self._file.value(name)
        try:
            value = _frozen(json.loads(text)) if isinstance(text, str) else None
        except (ValueError, RecursionError):
            return None
        return value if is_valid(value) else None


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _is_texts(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(text, str) for text in value)


VALID: dict[str, Callable[[Any], bool]] = {
    "theme": lambda value: value in THEMES,
    "language": lambda value: value in ("", *LANGUAGES),
    "zoom": lambda value: type(value) is int and value in ZOOMS,
    "tolerance_ms": lambda value: type(value) is int and value in TOLERANCES,
    "colouring": lambda value: value in COLOURINGS,
    "timeline_height": lambda value: type(value) is int and 0 <= value <= TALLEST,
    "recent": _is_texts,
    "picture_folders": lambda value: (
        isinstance(value, tuple) and all(_is_texts(pair) and len(pair) == 2 for pair in value)
    ),
}
