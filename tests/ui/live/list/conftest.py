"""A profile whose captures are shown in a list."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from callback_lens.store.model import WireCapture
from callback_lens.ui.list.entry_list import EntryList
from callback_lens.ui.live import capture_store
from callback_lens.ui.live.capture_store import CaptureStore
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from capture_lists import Profile, known
from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture_store, "LOOK_EVERY", 10)


@pytest.fixture
def profile(qtbot: QtBot, session: Session, selection: Selection, tmp_path: Path) -> Iterator[Profile]:
    captures = CaptureStore(tmp_path / "captures", session.messages.report)
    rows = EntryList(session, selection, captures)
    qtbot.addWidget(rows)
    rows.resize(900, 400)
    with qtbot.waitActive(rows):
        rows.show()
    yield Profile(tmp_path / "captures", captures, rows)
    captures.close()
    assert session.messages.errors == []  # type: ignore[attr-defined]  # ToldMessages


@pytest.fixture
def watched(qtbot: QtBot, profile: Profile) -> Callable[..., list[int]]:
    """Has captures, and a list that shows them."""

    def watch(*captures: WireCapture) -> list[int]:
        ids = profile.receive(*captures)
        profile.captures.watch()
        qtbot.waitUntil(lambda: profile.rows.model.capture_count == len(ids) and known(profile))
        return ids

    return watch
