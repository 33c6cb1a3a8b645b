"""What is selected in the timeline, in step with all the window: words, sentences, ranges of time."""

from unittest.mock import Mock

import pytest
from callback_lens.errors import Message
from callback_lens.payload.nodes import Node
from callback_lens.ui.selection import NodeSelected, Selection
from callback_lens.ui.timeline.items import Item, TimeRange
from callback_lens.ui.timeline.layout import Band
from callback_lens.ui.timeline.timeline_view import TimelineView
from context_menus import POPUP
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from timelines import (
    COMMA,
    FIRST,
    LAST,
    LEFT,
    RESULT,
    SECOND,
    SHIFT,
    SLOW,
    THIRD,
    TWO_SPEAKERS,
    Show,
    band_point,
    drag,
    in_sight,
    speech,
    word_point,
    x_of,
)

Key = Qt.Key


def click(view: TimelineView, point: QPoint) -> None:
    QTest.mouseClick(view.viewport(), LEFT, pos=point)


def node_path(selection: Selection) -> str:
    assert selection.node is not None
    return selection.node.path


@pytest.mark.parametrize("word", [FIRST, COMMA, SLOW])
def test_a_click_on_a_word_selects_it_everywhere(view: TimelineView, selection: Selection, word: int) -> None:
    sentence, place = {FIRST: (0, 0), COMMA: (0, 2), SLOW: (1, 1)}[word]
    click(view, word_point(view, word))
    assert view.item == Item(sentence, word)
    assert node_path(selection) == f"{RESULT}.ResultDetail[{sentence}].Words[{place}]"


def test_a_click_on_a_sentence_selects_it(view: TimelineView, selection: Selection) -> None:
    click(view, band_point(view, 5000, row=1, band=Band.SENTENCES))
    assert view.item == Item(1, None)
    assert node_path(selection) == f"{RESULT}.ResultDetail[1]"


def test_a_click_on_nothing_selects_nothing_else(view: TimelineView) -> None:
    view.select_word(FIRST)
    click(view, band_point(view, 5000, row=0))
    assert view.item == Item(0, FIRST)


def test_another_button_selects_and_drags_nothing(view: TimelineView) -> None:
    QTest.mouseClick(view.viewport(), Qt.MouseButton.MiddleButton, pos=word_point(view, FIRST))
    assert view.item is None


def test_a_selected_node_selects_its_word_and_scrolls_to_it(view: TimelineView, selection: Selection) -> None:
    view.select_word(FIRST)
    view.fit_selection()
    scale = view.axis.ms_per_pixel
    assert selection.select_path(f"{RESULT}.ResultDetail[2].Words[1].Word")
    assert view.item == Item(2, LAST)
    assert in_sight(view)[0] <= 8500
    assert in_sight(view)[1] >= 9000
    assert view.axis.ms_per_pixel == scale


def test_what_is_in_sight_already_moves_nothing(view: TimelineView, selection: Selection) -> None:
    view.zoom(1)
    before = view.axis
    selection.select_path(f"{RESULT}.ResultDetail[1].Words[0]")
    assert view.item == Item(1, THIRD)
    assert view.axis == before


def test_a_word_longer_than_what_is_in_sight_is_fitted(view: TimelineView) -> None:
    view.select_word(FIRST)
    view.fit_selection()
    view.select_word(SLOW)
    assert in_sight(view)[0] < 3500
    assert in_sight(view)[1] > 7000


@pytest.mark.parametrize("path", ["JobsDetail[0].Tag", RESULT])
def test_a_node_that_is_of_no_sentence_selects_nothing(view: TimelineView, selection: Selection, path: str) -> None:
    view.select_word(FIRST)
    selection.select_path(path)
    assert view.item is None


def test_a_node_of_a_sentence_selects_the_sentence(view: TimelineView, selection: Selection) -> None:
    selection.select_path(f"{RESULT}.ResultDetail[1].StartMs")
    assert view.item == Item(1, None)


def test_a_scene_begins_with_what_is_selected_already(view: TimelineView, selection: Selection) -> None:
    scene = view.scene
    view.show_scene(None)
    assert view.item is None
    selection.select_path(f"{RESULT}.ResultDetail[2]")
    view.show_scene(scene)
    assert view.item == Item(2, None)


def test_the_lanes_scroll_to_what_is_selected(timeline: Show) -> None:
    view = timeline(speech(*TWO_SPEAKERS), height=120)
    view.select_word(SLOW)
    assert view.verticalScrollBar().value() > 0
    view.select_word(FIRST)
    assert view.verticalScrollBar().value() == 0


def test_what_one_selects_is_told_once_with_the_view_as_its_origin(
    qtbot: QtBot, view: TimelineView, selection: Selection
) -> None:
    heard: list[NodeSelected] = []
    selection.node_changed.connect(heard.append)
    with qtbot.waitSignal(view.item_changed) as told:
        view.select_word(SECOND)
    assert told.args == [Item(0, SECOND)]
    assert [selected.origin for selected in heard] == [view]


def test_shift_and_a_drag_select_a_range(qtbot: QtBot, view: TimelineView) -> None:
    start, end = band_point(view, 2000), band_point(view, 6000)
    drag(view, end, start, SHIFT)
    span = view.selected_range
    assert span is not None
    assert span.start == pytest.approx(2000, abs=view.axis.ms_per_pixel + 1)
    assert span.end == pytest.approx(6000, abs=view.axis.ms_per_pixel + 2)
    assert in_sight(view) == (0, 10_000)


def test_a_range_is_marked_in_the_overview_wherever_one_is(view: TimelineView) -> None:
    view.fit(TimeRange(1000, 1500))
    before = view.grab().toImage()
    view.select_range(TimeRange(5000, 6000))
    after, bottom = view.grab().toImage(), view.place.overview.bottom
    width, gutter = view.axis.width, view.place.gutter
    changed = [x for x in range(view.width()) if before.pixel(x, bottom - 2) != after.pixel(x, bottom - 2)]
    assert (changed[0], changed[-1]) == pytest.approx((gutter + width * 0.5, gutter + width * 0.6), abs=2)
    assert all(before.pixel(x, y) == after.pixel(x, y) for x in range(view.width()) for y in range(bottom, bottom + 90))


def test_a_drag_on_the_ruler_selects_a_range(view: TimelineView) -> None:
    y = view.place.ruler.top + 3
    drag(view, QPoint(x_of(view, 1000), y), QPoint(view.width() + 50, y))
    assert view.selected_range is not None
    assert view.selected_range.end == pytest.approx(10_000, abs=1)


def test_with_shift_the_arrows_select_a_range_from_word_to_word(qtbot: QtBot, view: TimelineView) -> None:
    view.select_word(SECOND)
    ranges = []
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Left, Key.Key_Left, Key.Key_Left):
        qtbot.keyClick(view, key, SHIFT)
        ranges.append(view.selected_range)
    assert ranges == [(1500, 2000), (1500, 3500), (1500, 2000), (1500, 2000), (1000, 2000)]
    qtbot.keyClick(view, Key.Key_Right)
    qtbot.keyClick(view, Key.Key_Right, SHIFT)
    assert view.selected_range == (1500, 2000)


def test_f_fits_the_range_and_escape_clears_it(qtbot: QtBot, view: TimelineView) -> None:
    view.select_range(TimeRange(4000, 5000))
    qtbot.keyClick(view, Key.Key_F)
    assert in_sight(view)[0] == pytest.approx(3900, abs=20)
    assert in_sight(view)[1] == pytest.approx(5100, abs=20)
    with qtbot.waitSignal(view.range_changed) as told:
        qtbot.keyClick(view, Key.Key_Escape)
    assert told.args == [None]
    assert view.selected_range is None


def menu(view: TimelineView, reason: QContextMenuEvent.Reason, point: QPoint) -> dict[str, object]:
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(reason, point, view.viewport().mapToGlobal(point)))
    return {action.text(): action.trigger for action in view.findChildren(QMenu)[-1].actions()}


@pytest.mark.qt_log_ignore(POPUP, extend=True)
def test_the_menu_is_about_what_it_was_asked_for(view: TimelineView) -> None:
    more = Mock()
    view.more_choices.append((Message("More"), more))
    choices = menu(view, QContextMenuEvent.Reason.Mouse, word_point(view, SLOW))
    assert view.item == Item(1, SLOW)
    choices["Copy “丁”"]()
    assert QGuiApplication.clipboard().text() == "丁"
    choices["Copy path"]()
    assert QGuiApplication.clipboard().text() == f"{RESULT}.ResultDetail[1].Words[1]"
    choices["Fit the sentence"]()
    assert in_sight(view)[0] > 2000
    choices["Zoom back"]()
    assert in_sight(view) == (0, 10_000)
    choices["More"]()
    assert more.called


@pytest.mark.qt_log_ignore(POPUP, extend=True)
def test_the_menu_key_asks_about_what_is_selected(view: TimelineView) -> None:
    assert list(menu(view, QContextMenuEvent.Reason.Keyboard, QPoint(5, 5))) == ["Show all", "Zoom back"]
    view.select_word(FIRST)
    view.select_range(TimeRange(0, 10))
    choices = menu(view, QContextMenuEvent.Reason.Keyboard, QPoint(5, 5))
    assert "Copy “甲”" in choices
    assert "Fit the selected range" in choices


def test_a_word_of_another_payload_selects_nothing(view: TimelineView, selection: Selection) -> None:
    view.select_word(FIRST)
    selection.select(Mock(spec=Node, path="Other.Words[0]", kind="element", index=None))
    assert view.item is None
