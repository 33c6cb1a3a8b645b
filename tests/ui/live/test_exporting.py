"""Captures exported from the window."""

import json
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from callback_lens.capture import exporting as engine
from callback_lens.export.files import write_file
from callback_lens.ui.live.capture_store import CaptureStore
from callback_lens.ui.live.exporting import Exporting
from callback_lens.ui.session import Session
from listeners import TIMEOUT
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from stored_captures import sample, store_captures, wire

COVER = "SmartCover/api-success.xml"
BODIES = [sample(COVER), b"\xff\x00\r\n", b"[1]"]
NAMES = ["000001-SmartCover.xml", "000002-unknown.bin", "000003-unknown.json"]


@pytest.fixture
def exporting(profile: Path, session: Session, captures: CaptureStore) -> Exporting:
    store_captures(profile, map(wire, BODIES))
    return Exporting(session, captures)


@pytest.fixture
def end(qtbot: QtBot, session: Session, exporting: Exporting) -> Callable[[], None]:
    """Waits until nothing is being written."""
    return lambda: qtbot.waitUntil(lambda: not exporting.is_busy and session.background.is_idle, timeout=TIMEOUT * 1000)


def told(session: Session) -> list[str]:
    return [str(message) for message, _ in session.messages.told]  # type: ignore[attr-defined]  # ToldMessages


def index(captures: CaptureStore, qtbot: QtBot) -> None:
    done: list[object] = []
    captures.run(lambda opened, _: opened.index.catch_up(), done.append, captures)
    qtbot.waitUntil(lambda: bool(done), timeout=TIMEOUT * 1000)


def test_bodies_and_their_list(
    qtbot: QtBot,
    session: Session,
    captures: CaptureStore,
    exporting: Exporting,
    end: Callable[[], None],
    tmp_path: Path,
) -> None:
    index(captures, qtbot)
    out = tmp_path / "out"
    exporting.export([1, 2, 3], out)
    end()
    assert [(out / name).read_bytes() for name in NAMES] == BODIES
    listed = json.loads((out / engine.MANIFEST).read_text("utf-8"))
    assert [item["file"] for item in listed] == NAMES
    assert {item["target"] for item in listed} == {"/callback?token=***"}
    assert len(list(out.iterdir())) == 4
    assert told(session) == [f"captures written to {out}: 3"]


def test_where_a_file_is_there_nothing_is_written(
    session: Session, exporting: Exporting, end: Callable[[], None], tmp_path: Path
) -> None:
    (tmp_path / NAMES[1]).write_text("mine")
    before = {path.name for path in tmp_path.iterdir()}
    exporting.export([1, 2], tmp_path)
    end()
    (error,) = session.messages.errors  # type: ignore[attr-defined]  # ToldMessages
    assert "is there already" in str(error)
    assert {path.name for path in tmp_path.iterdir()} == before
    assert (tmp_path / NAMES[1]).read_text() == "mine"


def test_it_is_stopped_between_two_files(
    session: Session,
    exporting: Exporting,
    end: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    has_begun, may_go_on = Event(), Event()

    def write(*arguments: Any) -> None:
        write_file(*arguments)
        has_begun.set()
        assert may_go_on.wait(TIMEOUT)

    monkeypatch.setattr(engine, "write_file", write)
    exporting.export([1, 2, 3], tmp_path / "out")
    assert has_begun.wait(TIMEOUT)
    exporting.cancel()
    may_go_on.set()
    end()
    assert [path.read_bytes() for path in (tmp_path / "out").iterdir()] == BODIES[:1]
    assert told(session) == ["The export was stopped; the files that were written are still there"]
    assert session.messages.errors == []  # type: ignore[attr-defined]  # ToldMessages


def test_a_folder_is_asked_for(qtbot: QtBot, exporting: Exporting, end: Callable[[], None], tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    exporting.ask([2], parent)
    dialog = parent.findChild(QFileDialog)
    assert dialog.fileMode() == QFileDialog.FileMode.Directory
    dialog.fileSelected.emit(str(tmp_path / "out"))
    dialog.close()
    end()
    assert (tmp_path / "out" / NAMES[1]).read_bytes() == BODIES[1]
    qtbot.waitUntil(lambda: parent.findChild(QFileDialog) is None)
