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
REPLAY_URLS = 8
THEMES = ("system", "light", "dark")
ZOOMS = (100, 110, 125, 150, 175, 200)
COLOURINGS = ("pace", "speaker", "kind", "finding")
NOTIFIES = ("all", "failed", "off")
TALLEST = 2000
AT_CLOSE = ("ask", "stop", "keep")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose.

    ``theme`` is system, light or dark; ``language`` en, zh or "" for the system's; ``zoom`` the size of text in
    percent; ``recent`` files, newest first; ``picture_folders`` pairs of bucket and folder; ``replay_urls`` where
    captures were sent to, the last first. ``tolerance_ms`` is by how much times of a transcript may differ before they
    are findings; ``colouring`` what the colours of the timeline mean; ``timeline_height`` its height in pixels, 0 as
    its lanes need it. ``notifies`` is which captures the system tells of while no window is active.
    ``listen_options`` are pairs of an option of ``listen`` and its value as people write it; ``listen_at_close`` says
    what becomes of the listener when the window closes: ask, stop or keep; ``listen_public_address`` leads to it from
    the internet.
    """

    theme: str = "system"
    language: str = ""
    zoom: int = 100
    recent: tuple[str, ...] = ()
    picture_folders: tuple[tuple[str, str], ...] = ()
    replay_urls: tuple[str, ...] = ()
    tolerance_ms: int = TOLERANCE_MS
    colouring: str = COLOURINGS[0]
    timeline_height: int = 0
    listen_options: tuple[tuple[str, str], ...] = ()
    listen_at_close: str = AT_CLOSE[0]
    listen_public_address: str = ""
    notifies: str = "failed"


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

    def remember_replay_url(self, url: str) -> None:
        """Put ``url`` first among the addresses that captures were sent to."""
        others = [other for other in self.settings.replay_urls if other != url]
        self.change(replay_urls=(url, *others)[:REPLAY_URLS])

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


def _is_pairs(value: Any) -> bool:
    return isinstance(value, tuple) and all(_is_texts(pair) and len(pair) == 2 for pair in value)


def _is_addresses(value: Any) -> bool:
    schemes = ("http://", "https://")
    return _is_texts(value) and len(value) <= REPLAY_URLS and all(url.lower().startswith(schemes) for url in value)


VALID: dict[str, Callable[[Any], bool]] = {
    "theme": lambda value: value in THEMES,
    "language": lambda value: value in ("", *LANGUAGES),
    "zoom": lambda value: type(value) is int and value in ZOOMS,
    "tolerance_ms": lambda value: type(value) is int and value in TOLERANCES,
    "colouring": lambda value: value in COLOURINGS,
    "timeline_height": lambda value: type(value) is int and 0 <= value <= TALLEST,
    "notifies": lambda value: value in NOTIFIES,
    "recent": _is_texts,
    "replay_urls": _is_addresses,
    "picture_folders": _is_pairs,
    "listen_options": _is_pairs,
    "listen_at_close": lambda value: value in AT_CLOSE,
    "listen_public_address": lambda value: isinstance(value, str),
}
