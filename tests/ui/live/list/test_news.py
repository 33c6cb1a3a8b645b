"""What is new: unread captures, and following the newest."""

from collections.abc import Callable

from callback_lens.ui.live.capture_arrivals import Arrived
from callback_lens.ui.selection import Selection
from capture_lists import COVER, FAILED, Profile, bodies, body
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from stored_captures import sample, wire


def test_reading_takes_the_bold_away(
    qtbot: QtBot, profile: Profile, selection: Selection, watched: Callable[..., list[int]]
) -> None:
    watched(*bodies(2))
    came: list[Arrived] = []
    counts: list[int] = []
    profile.rows.arrived.connect(came.append)
    profile.rows.unread_changed.connect(counts.append)
    assert profile.rows.unread == 0
    new = profile.receive(wire(sample(FAILED)), wire(sample(COVER)))
    qtbot.waitUntil(lambda: bool(came) and profile.rows.model.capture_count == 4)
    assert [capture.id for capture in came[0].captures] == new[::-1]
    assert (came[0].count, came[0].captures[1].facts.state) == (2, "Failed")
    font = profile.rows.model.index(0, 0).data(Qt.ItemDataRole.FontRole)
    assert font.bold()
    with qtbot.waitSignal(selection.entry_changed):
        profile.rows.table.selectRow(0)
    assert profile.rows.model.index(0, 0).data(Qt.ItemDataRole.FontRole) is None
    assert counts == [2, 1]
    profile.rows.read_all()
    assert (profile.rows.unread, counts[-1]) == (0, 0)


def test_the_first_capture_of_a_profile_is_news(qtbot: QtBot, profile: Profile) -> None:
    came: list[Arrived] = []
    profile.rows.arrived.connect(came.append)
    profile.captures.watch()
    assert not profile.folder.exists()  # looking makes no store
    profile.receive(body(1))
    qtbot.waitUntil(lambda: [arrived.count for arrived in came] == [1])


def test_following_shows_the_newest_until_the_user_goes_elsewhere(
    qtbot: QtBot, profile: Profile, selection: Selection, watched: Callable[..., list[int]]
) -> None:
    watched(*bodies(50))
    profile.rows.set_follow(True)
    for number in range(2):
        (new,) = profile.receive(body(number))
        qtbot.waitUntil(lambda new=new: selection.entry is not None and selection.entry.capture.id == new)
    qtbot.keyClick(profile.rows.table, Qt.Key.Key_Down)
    assert not profile.rows.follows_newest
    read = profile.rows.selected_ids()
    profile.receive(body(9))
    qtbot.waitUntil(lambda: profile.rows.model.capture_count == 53)
    assert profile.rows.selected_ids() == read
