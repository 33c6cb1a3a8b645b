"""The order of captures, and the columns."""

from array import array
from collections.abc import Callable

import pytest
from callback_lens.ui.list import capture_feed
from callback_lens.ui.list.entry_list import EntryList
from callback_lens.ui.list.entry_model import EntryModel
from callback_lens.ui.list.rows import COLUMNS
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from capture_lists import Profile, body, known
from context_menus import POPUP
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot


def test_captures_are_sorted_and_stay_so(qtbot: QtBot, profile: Profile, watched: Callable[..., list[int]]) -> None:
    watched(body(2), body(9), body(4))
    table = profile.rows.table
    table.selectRow(0)
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    qtbot.waitUntil(lambda: known(profile) and profile.column("tag") == ["T2", "T4", "T9"])
    profile.receive(body(3))
    qtbot.waitUntil(lambda: known(profile) and profile.column("tag") == ["T2", "T3", "T4", "T9"])
    assert table.currentIndex().row() == 2  # what is read
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    qtbot.waitUntil(lambda: known(profile) and profile.column("tag") == ["T3", "T4", "T9", "T2"])


def test_too_many_are_not_sorted_and_that_is_said(
    qtbot: QtBot, profile: Profile, watched: Callable[..., list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture_feed, "SORTED_AT_MOST", 2)
    watched(body(2), body(9), body(4))
    profile.rows.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    hint = profile.rows.status._hint
    qtbot.waitUntil(hint.isVisible)
    assert "filter first" in hint.text()
    assert profile.column("tag") == ["T4", "T9", "T2"]
    profile.rows.filter_box.setText("tag:T2 OR tag:T9")
    qtbot.waitUntil(hint.isHidden)
    qtbot.waitUntil(lambda: known(profile) and profile.column("tag") == ["T2", "T9"])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(("newest", "hide", "older")), st.sets(st.integers(1, 40), max_size=12)),
        max_size=8,
    )
)
@example(steps=[("older", {1, 2, 4, 15}), ("hide", {2, 3, 15})])  # one that is there between two, for one that is not
def test_captures_come_and_go_by_qts_rules(session: Session, steps: list[tuple[str, set[int]]]) -> None:
    model = EntryModel(session)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    shown = [25, 24, 20]
    model.show_captures(array("q", shown), is_sorted=False)
    hidden: set[int] = set()
    for step, numbers in steps:
        ids = sorted(numbers, reverse=True)
        if step == "newest":
            ids = [one for one in ids if one > 20]
            model.update_newest(20, ids)
            shown = [one for one in ids if one not in hidden] + [one for one in shown if one <= 20]
        elif step == "older":
            ids = [one for one in ids if one < min(shown, default=41)]
            model.append_captures(array("q", ids))
            shown += [one for one in ids if one not in hidden]
        else:
            hidden |= numbers
            model.hide(ids)
            shown = [one for one in shown if one not in numbers]
        assert [model.key(row) for row in range(model.rowCount())] == shown
        assert all(model.index_of(one).row() == row for row, one in enumerate(shown))
    del tester


@pytest.mark.qt_log_ignore(POPUP, extend=True)
def test_columns_are_chosen_and_remembered(qtbot: QtBot, profile: Profile, session: Session) -> None:
    table = profile.rows.table
    table.horizontalHeader().customContextMenuRequested.emit(QPoint(5, 5))
    choices = {action.text(): action for action in table.findChildren(QMenu)[-1].actions()}
    choices["Lag"].trigger()
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    lag = [column.id for column in COLUMNS].index("lag")
    assert table.isColumnHidden(lag)
    other = EntryList(session, Selection())
    qtbot.addWidget(other)
    other.restore(profile.rows.state())
    assert other.table.isColumnHidden(lag)
    assert other.table.horizontalHeader().sortIndicatorSection() == 1
    other.restore(QByteArray(b"8:what another version kept"))
    assert other.table.isColumnHidden(lag)
