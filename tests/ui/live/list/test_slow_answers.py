"""An answer that comes when the filter is another one is not shown."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from callback_lens.store.filters.parsing import parse
from callback_lens.ui.list import capture_feed
from callback_lens.ui.list.capture_feed import Piece, Query
from capture_lists import Profile, body
from listeners import TIMEOUT
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

EARLIER, LATER = "tag:T0", "tag:T1"


def filter_by(qtbot: QtBot, profile: Profile, words: str) -> None:
    profile.rows.filter_box.setText(words)
    qtbot.keyClick(profile.rows.filter_box, Qt.Key.Key_Return)


@pytest.mark.parametrize("question", ["_first", "_older", "_newest"])
def test_of_an_earlier_filter(
    qtbot: QtBot,
    profile: Profile,
    watched: Callable[..., list[int]],
    monkeypatch: pytest.MonkeyPatch,
    question: str,
) -> None:
    answer: Callable[..., Piece] = getattr(capture_feed, question)
    has_answered, may_go_on = Event(), Event()

    def answer_slowly(query: Query, *rest: Any) -> Piece:
        piece = answer(query, *rest)
        if query.wanted == parse(EARLIER) and piece.ids and not has_answered.is_set():
            has_answered.set()
            assert may_go_on.wait(TIMEOUT)
        return piece

    monkeypatch.setattr(capture_feed, "FIRST", 1)
    ids = watched(body(0), body(1), body(0), body(1), body(0))
    monkeypatch.setattr(capture_feed, question, answer_slowly)
    filter_by(qtbot, profile, EARLIER)
    if question == "_newest":
        qtbot.waitUntil(lambda: profile.keys() == [ids[4], ids[2], ids[0]])
        profile.receive(body(0))
    qtbot.waitUntil(has_answered.is_set)

    filter_by(qtbot, profile, LATER)
    shown: list[set[object]] = []
    for changed in (profile.rows.model.modelReset, profile.rows.model.rowsInserted):
        changed.connect(lambda *_: shown.append(set(profile.keys())))
    may_go_on.set()
    qtbot.waitUntil(lambda: profile.keys() == [ids[3], ids[1]])
    assert all(keys <= {ids[3], ids[1]} for keys in shown)
