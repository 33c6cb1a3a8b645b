"""Zooming and panning by wheel, touchpad, drag and keys, and the way back."""

import pytest
from callback_lens.ui.timeline.overview_painter import window_span
from callback_lens.ui.timeline.timeline_view import TimelineView
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from timelines import (
    FIRST,
    LAST,
    LEFT,
    SHIFT,
    SLOW,
    TWO_SPEAKERS,
    Show,
    band_point,
    drag,
    in_sight,
    speech,
    turn,
    word_point,
)

Key = Qt.Key
AUDIO = (0, 10_000)


def test_a_scene_is_shown_whole(view: TimelineView) -> None:
    assert in_sight(view) == AUDIO
    assert view.axis.width == view.viewport().width() - view.place.gutter


@pytest.mark.parametrize("pixel", [0, 50, 333, 900])
def test_the_wheel_zooms_and_leaves_the_time_under_the_pointer(view: TimelineView, pixel: int) -> None:
    point, time = QPoint(view.place.gutter + pixel, 200), view.axis.to_time(pixel)
    for _ in range(4):
        turn(view, point, up=120)
    assert view.axis.span == pytest.approx(2500)
    assert view.axis.to_time(pixel) == pytest.approx(time, abs=1)
    for _ in range(4):
        turn(view, point, up=-120)
    assert in_sight(view) == AUDIO


def test_shift_and_a_wheel_or_a_wheel_to_the_side_pan(view: TimelineView) -> None:
    view.zoom(4)
    start, span = view.axis.to_time(0), view.axis.span
    turn(view, band_point(view, 5000), up=-120, modifiers=SHIFT)
    later = view.axis.to_time(0)
    assert later > start
    turn(view, band_point(view, 5000), right=120)
    assert view.axis.to_time(0) == pytest.approx(start, abs=1)
    assert view.axis.span == pytest.approx(span)


def test_the_wheel_over_the_names_scrolls_the_lanes(timeline: Show) -> None:
    view = timeline(speech(*TWO_SPEAKERS), height=120)
    bar = view.verticalScrollBar()
    assert bar.maximum() > 0
    turn(view, QPoint(3, 100), up=-120)
    assert bar.value() > 0
    assert in_sight(view) == AUDIO


def pinch(view: TimelineView, point: QPoint, value: float, kind: Qt.NativeGestureType) -> None:
    where = QPointF(point)
    device = QPointingDevice.primaryPointingDevice()
    event = QNativeGestureEvent(kind, device, 2, where, where, where, value, QPointF())
    QApplication.sendEvent(view.viewport(), event)


def test_a_pinch_zooms_where_the_fingers_are(view: TimelineView) -> None:
    point, time = QPoint(view.place.gutter + 300, 200), view.axis.to_time(300)
    pinch(view, point, 0.25, Qt.NativeGestureType.ZoomNativeGesture)
    assert view.axis.span == pytest.approx(8000)
    assert view.axis.to_time(300) == pytest.approx(time, abs=1)
    pinch(view, point, 90, Qt.NativeGestureType.RotateNativeGesture)
    assert view.axis.span == pytest.approx(8000)


def test_dragging_pans(view: TimelineView) -> None:
    view.zoom(4)
    time = view.axis.to_time(300)
    start = QPoint(view.place.gutter + 300, band_point(view, 0).y())
    drag(view, start, start - QPoint(100, 0))
    assert view.axis.to_time(200) == pytest.approx(time, abs=2)
    assert view.item is None


def test_dragging_also_scrolls_the_lanes(timeline: Show) -> None:
    view = timeline(speech(*TWO_SPEAKERS), height=120)
    drag(view, QPoint(500, 100), QPoint(500, 80))
    assert view.verticalScrollBar().value() == 20


def test_the_keys_zoom_around_the_middle_or_what_is_selected(qtbot: QtBot, view: TimelineView) -> None:
    qtbot.keyClick(view, Key.Key_Plus, SHIFT)
    assert sum(in_sight(view)) == pytest.approx(10_000, abs=2)
    qtbot.keyClick(view, Key.Key_Minus)
    assert in_sight(view) == AUDIO
    view.select_word(LAST)
    x = word_point(view, LAST).x()
    qtbot.keyClick(view, Key.Key_Equal)
    assert word_point(view, LAST).x() == pytest.approx(x, abs=2)
    assert view.axis.span < 10_000


@pytest.mark.parametrize(("key", "held", "share"), [(Key.Key_PageDown, None, 0.9), (Key.Key_Right, "alt", 0.1)])
def test_the_keys_pan(qtbot: QtBot, view: TimelineView, key: Key, held: str | None, share: float) -> None:
    view.fit_all()
    view.zoom(6)
    start, span = in_sight(view)[0], view.axis.span
    modifier = Qt.KeyboardModifier.AltModifier if held else Qt.KeyboardModifier.NoModifier
    back = Key.Key_PageUp if key is Key.Key_PageDown else Key.Key_Left
    qtbot.keyClick(view, key, modifier)
    assert in_sight(view)[0] - start == pytest.approx(share * span, abs=2)
    qtbot.keyClick(view, back, modifier)
    assert in_sight(view)[0] == pytest.approx(start, abs=2)


def test_f_fits_what_is_selected_a_everything_b_goes_back(qtbot: QtBot, view: TimelineView) -> None:
    qtbot.keyClick(view, Key.Key_F)
    assert in_sight(view) == AUDIO
    view.select_word(SLOW)
    qtbot.keyClick(view, Key.Key_F)
    start, end = in_sight(view)
    assert 3000 < start < 3500
    assert 7000 < end < 7500
    qtbot.keyClick(view, Key.Key_A)
    assert in_sight(view) == AUDIO
    qtbot.keyClick(view, Key.Key_B)
    assert in_sight(view) == (start, end)
    qtbot.keyClick(view, Key.Key_B)
    qtbot.keyClick(view, Key.Key_B)
    assert in_sight(view) == AUDIO


def test_one_turn_of_the_wheel_is_one_step_back(view: TimelineView) -> None:
    for _ in range(5):
        turn(view, band_point(view, 4000), up=120)
    view.back()
    assert in_sight(view) == AUDIO


def test_a_drag_is_one_step_back(view: TimelineView) -> None:
    view.fit_all()
    view.zoom(4)
    before = view.axis
    drag(view, QPoint(500, 150), QPoint(300, 150))
    assert view.axis != before
    view.back()
    assert view.axis == before


def test_back_after_another_width_shows_the_same_scale(view: TimelineView) -> None:
    view.zoom(4)
    zoomed = view.axis.ms_per_pixel
    view.pan(0.2)
    view.resize(700, 300)
    view.back()
    assert view.axis.width == view.viewport().width() - view.place.gutter
    assert view.axis.ms_per_pixel == pytest.approx(zoomed)


def test_a_double_click_fits_the_sentence(view: TimelineView) -> None:
    QTest.mouseDClick(view.viewport(), LEFT, pos=word_point(view, FIRST))
    start, end = in_sight(view)
    assert 800 < start < 1000
    assert 2000 < end < 2200


def test_enter_fits_the_sentence_of_the_selected_word(qtbot: QtBot, view: TimelineView) -> None:
    view.select_word(FIRST)
    qtbot.keyClick(view, Key.Key_Return)
    assert 800 < in_sight(view)[0] < 1000
    assert 2000 < in_sight(view)[1] < 2200


def window_point(view: TimelineView, share: float) -> QPoint:
    """A place in the overview, ``share`` of its window from the left."""
    left, right = window_span(view.axis)
    return QPoint(view.place.gutter + round(left + share * (right - left - 1)), view.place.overview.bottom // 2)


def test_dragging_the_overviews_window_pans(view: TimelineView) -> None:
    view.zoom(4)
    start, span = in_sight(view)[0], view.axis.span
    grip = window_point(view, 0.5)
    drag(view, grip, grip + QPoint(50, 0))
    assert in_sight(view)[0] - start == pytest.approx(50 * 10_000 / view.axis.width, abs=2)
    assert view.axis.span == pytest.approx(span)


@pytest.mark.parametrize(("edge", "kept"), [(0, 1), (1, 0)])
def test_dragging_an_edge_of_the_overviews_window_zooms(view: TimelineView, edge: int, kept: int) -> None:
    view.zoom(3)
    before = in_sight(view)
    grip = window_point(view, edge)
    drag(view, grip, grip + QPoint(30, 0))
    assert in_sight(view)[kept] == pytest.approx(before[kept], abs=view.axis.ms_per_pixel + 1)
    assert in_sight(view)[edge] - before[edge] == pytest.approx(30 * 10_000 / view.axis.width, abs=30)


def test_a_click_beside_the_overviews_window_brings_it_there(view: TimelineView) -> None:
    view.zoom(6)
    QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(x_of_whole(view, 2500), 10))
    assert sum(in_sight(view)) / 2 == pytest.approx(2500, abs=20)


def x_of_whole(view: TimelineView, time: int) -> int:
    return view.place.gutter + round(time * view.axis.width / 10_000)


def test_the_pointer_says_what_can_be_dragged(view: TimelineView) -> None:
    view.zoom(3)
    for share, shape in ((0, Qt.CursorShape.SizeHorCursor), (0.5, Qt.CursorShape.OpenHandCursor)):
        QTest.mouseMove(view.viewport(), window_point(view, share))
        assert view.viewport().cursor().shape() is shape
    QTest.mouseMove(view.viewport(), QPoint(500, 200))
    assert view.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor


def test_every_change_is_told_once(qtbot: QtBot, view: TimelineView) -> None:
    with qtbot.waitSignal(view.axis_changed) as told:
        view.zoom(1)
    assert told.args == [view.axis]
    view.fit_all()
    with qtbot.assertNotEmitted(view.axis_changed):
        view.fit_all()
