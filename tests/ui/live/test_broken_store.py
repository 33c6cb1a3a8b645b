"""A profile whose captures cannot be opened: that is told once, and files are looked at as ever."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from callback_lens.resources import sample_path
from callback_lens.store import opening
from callback_lens.ui.live import capture_store
from callback_lens.ui.main_window import MainWindow
from callback_lens.ui.messages import Told
from callback_lens.ui.session import Session
from listeners import TIMEOUT
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from stored_captures import store_captures, wire

PATIENCE = TIMEOUT * 1000
FILES = ("SpeechRecognition/api-failed.json", "SmartCover/api-success.xml")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Some captures."""
    store_captures(tmp_path / "profile", [wire(b"<a/>")])
    return tmp_path / "profile" / "captures.db"


@pytest.fixture
def damaged(file: Path) -> None:
    file.write_bytes(b"garbage " * 10_000)


@pytest.fixture
def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA user_version = 99")


@pytest.fixture
def unreadable(unprivileged: None, file: Path) -> None:
    file.chmod(0)


@pytest.fixture
def read_only(unprivileged: None, file: Path) -> Iterator[None]:
    file.chmod(0o400)
    file.parent.chmod(0o500)
    yield
    file.parent.chmod(0o700)


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """How often somebody tried to open captures."""
    monkeypatch.setattr(capture_store, "LOOK_EVERY", 10)
    open_store, tries = opening.open_store, []

    def counted(folder: Path, **values: Any) -> object:
        tries.append(folder)
        return open_store(folder, **values)

    monkeypatch.setattr(opening, "open_store", counted)
    return tries


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("damaged", "is damaged"),
        ("newer", "was written by a newer version"),
        ("unreadable", "fails to read or write"),
        ("read_only", "cannot be written: it is read-only"),
    ],
)
def test_it_is_told_once_and_files_are_looked_at(
    qtbot: QtBot, session: Session, tries: list[Path], request: pytest.FixtureRequest, fault: str, words: str
) -> None:
    request.getfixturevalue(fault)
    of_captures = session.messages
    window: MainWindow = request.getfixturevalue("window")
    told: list[Told] = []
    session.messages.told.connect(told.append)  # type: ignore[attr-defined]  # Messages by now
    qtbot.waitUntil(lambda: len(tries) > 4, timeout=PATIENCE)
    (error,) = of_captures.errors  # type: ignore[attr-defined]  # ToldMessages
    assert words in str(error)

    window.opening.open([str(sample_path(name)) for name in FILES])
    qtbot.waitUntil(lambda: window.entries.model.rowCount() == len(FILES), timeout=PATIENCE)
    window.entries.filter_box.setText("is:failed")
    qtbot.keyClick(window.entries.filter_box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.entries.model.rowCount() == 1)
    before = len(tries)
    qtbot.waitUntil(lambda: len(tries) > before + 2, timeout=PATIENCE)
    assert of_captures.errors == [error]  # type: ignore[attr-defined]  # ToldMessages
    assert told == []
