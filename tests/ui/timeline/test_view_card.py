"""The card that says what the pointer is on, and what is under it."""

import numpy as np
import pytest
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_xml
from callback_lens.ui.session import Session
from callback_lens.ui.timeline.items import Item
from callback_lens.ui.timeline.layout import Band
from callback_lens.ui.timeline.pointed import column_at
from callback_lens.ui.timeline.timeline_view import TimelineView
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from speech_results import sentence, word
from timelines import (
    COMMA,
    FIRST,
    LEFT,
    SLOW,
    TWO_SPEAKERS,
    Show,
    band_point,
    band_y,
    in_sight,
    move,
    speech,
    turn,
    word_point,
)

MANY = synthetic_speech_xml(SyntheticSpeech(sentences=2000, speakers=2, slow_words=5))


def point_at(view: TimelineView, point: QPoint) -> list[str]:
    """What the card says then, line by line."""
    move(view, point)
    return view.card.text.split("\n") if view.card.isVisible() else []


def test_it_says_all_that_is_known_of_a_word(view: TimelineView) -> None:
    assert point_at(view, word_point(view, SLOW)) == [
        "丁",
        "Time: 0:03.500 – 0:07.000",
        "In the sentence: +0:00.500 – +0:04.000",
        "Length: 3500 ms",
        "Pace: 3500 ms/char (7 × the median)",
        "Speaker: 1",
        "Finding: slow",
        "Path: …ResultDetail[1].Words[1]",
    ]


def test_it_says_what_is_known_of_punctuation_and_of_sentences(view: TimelineView) -> None:
    lines = point_at(view, word_point(view, COMMA))
    assert lines[0] == "，"
    assert not any(line.startswith("Pace") for line in lines)
    lines = point_at(view, band_point(view, 5000, row=1, band=Band.SENTENCES))
    assert lines[:4] == ["丙丁", "Time: 0:03.000 – 0:07.000", "Length: 4 s", "Words: 2"]


def test_it_says_the_reported_speed(timeline: Show) -> None:
    view = timeline(speech(sentence(word("a"), SpeechSpeed="2.4")))
    assert "SpeechSpeed: 2.4" in point_at(view, band_point(view, 5000, band=Band.SENTENCES))


def test_punctuation_is_hit_where_it_is_drawn(view: TimelineView) -> None:
    assert point_at(view, band_point(view, 1990, band=Band.PUNCTUATION))[0] == "，"
    assert not point_at(view, band_point(view, 1500, band=Band.PUNCTUATION))


def test_it_hides_where_there_is_nothing_and_when_the_pointer_leaves(view: TimelineView) -> None:
    assert point_at(view, word_point(view, FIRST))
    assert not point_at(view, band_point(view, 7500, row=1))
    assert point_at(view, word_point(view, FIRST))
    QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))
    assert not view.card.isVisible()


def test_payload_text_is_plain_text_on_one_line(timeline: Show) -> None:
    text = "<b>a</b>\n\x1b[2J&amp;"
    view = timeline(speech(sentence(word(text), StartMs=0, EndMs=9000)))
    title = point_at(view, word_point(view, 0))[0]
    assert title.startswith("<b>a</b>")
    assert not set(title) & {"\n", "\x1b"}
    assert "Time" in view.card.text


@pytest.mark.parametrize("width", [900, 320])
@pytest.mark.parametrize("pixel", [0.01, 0.3, 0.6, 0.99])
def test_it_is_in_sight_and_beside_what_it_is_about(timeline: Show, pixel: float, width: int) -> None:
    view = timeline(MANY, width, 320)
    point = QPoint(view.place.gutter + int(pixel * view.axis.width), view.place.rows[0].words.bottom - 2)
    assert point_at(view, point)
    assert view.viewport().rect().contains(view.card.geometry())
    assert not view.card.geometry().contains(point)


def test_a_click_locks_it_and_escape_lets_it_go(qtbot: QtBot, view: TimelineView) -> None:
    QTest.mouseClick(view.viewport(), LEFT, pos=word_point(view, SLOW))
    assert point_at(view, word_point(view, FIRST))[0] == "丁"
    QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))
    assert view.card.isVisible()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not view.card.isVisible()
    assert point_at(view, word_point(view, FIRST))[0] == "甲"


def test_a_click_on_nothing_lets_it_go(view: TimelineView) -> None:
    QTest.mouseClick(view.viewport(), LEFT, pos=word_point(view, SLOW))
    QTest.mouseClick(view.viewport(), LEFT, pos=band_point(view, 7500, row=1))
    assert not view.card.is_locked
    assert not view.card.isVisible()


def test_the_space_bar_shows_it_and_it_follows_the_arrows(qtbot: QtBot, view: TimelineView) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert not view.card.isVisible()
    view.select_word(FIRST)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.card.text.startswith("甲")
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.card.text.startswith("乙")
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert not view.card.isVisible()


def test_a_locked_card_stays_with_its_word(view: TimelineView) -> None:
    QTest.mouseClick(view.viewport(), LEFT, pos=word_point(view, FIRST))
    left = view.card.x()
    view.zoom(-1)
    view.zoom(1)
    assert view.card.isVisible()
    assert view.card.x() != left
    view.zoom(10)
    view.pan(30)
    assert not view.card.isVisible()


def test_a_locked_card_hides_while_its_lane_is_scrolled_out_of_sight(timeline: Show) -> None:
    view = timeline(speech(*TWO_SPEAKERS), height=120)
    view.select_word(SLOW)
    view.toggle_card()
    scrolled = view.verticalScrollBar().value()
    for value, is_seen in ((scrolled, True), (0, False), (scrolled, True)):
        view.verticalScrollBar().setValue(value)
        assert view.card.isVisible() is is_seen


def test_zoomed_out_it_counts_the_words_of_a_column_and_names_the_worst(timeline: Show) -> None:
    view = timeline(MANY, 900, 320)
    assert view.scene is not None
    row = view.scene.lanes.lanes[0].rows[0].words
    pixel = next(pixel for pixel in range(9, view.axis.width) if row.count(*column_at(view.axis, pixel)) > 5)
    column = column_at(view.axis, pixel)
    positions = row.visible(*column)
    paces = view.scene.measures.paces[row.places[positions]]
    worst = int(row.places[positions[np.nan_to_num(paces).argmax()]])
    lines = point_at(view, QPoint(view.place.gutter + pixel, view.place.rows[0].words.bottom - 2))
    assert lines[0] == f"{len(positions)} words"
    assert lines[-1] == f"Worst: {view.scene.transcript.words.text[worst]}: {np.nanmax(paces):.0f} ms/char"


def test_enter_zooms_to_the_column_that_is_pointed_at(qtbot: QtBot, timeline: Show) -> None:
    view = timeline(MANY, 900, 320)
    assert view.scene is not None
    row = view.scene.lanes.lanes[0].rows[0].words
    pixel = next(pixel for pixel in range(9, view.axis.width) if row.count(*column_at(view.axis, pixel)) > 5)
    column = column_at(view.axis, pixel)
    assert point_at(view, QPoint(view.place.gutter + pixel, view.place.rows[0].words.bottom - 2))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    start, end = in_sight(view)
    assert start <= column.start
    assert end >= column.end
    assert end - start < 1.3 * (column.end - column.start)


def test_a_click_on_a_column_selects_its_worst_word_and_enter_zooms_to_where_it_is(
    qtbot: QtBot, timeline: Show
) -> None:
    view = timeline(MANY, 900, 320)
    assert view.scene is not None
    slow = int(np.nanargmax(view.scene.measures.paces))
    lane = int(view.scene.lanes.lane[view.scene.transcript.words.sentence[slow]])
    x = word_point(view, slow).x()
    QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(x, view.place.rows[lane].words.bottom - 2))
    assert view.item == Item(int(view.scene.transcript.words.sentence[slow]), slow)
    spans = [view.axis.span]
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Enter)
        spans.append(view.axis.span)
        assert view.viewport().rect().contains(word_point(view, slow))
    assert spans[0] > 100 * spans[1]


def test_a_double_click_on_many_sentences_zooms_to_them(timeline: Show) -> None:
    view = timeline(MANY, 300, 320)
    point = QPoint(view.place.gutter + 77, band_y(view.place.rows[0], Band.SENTENCES))
    assert point_at(view, point)[0].endswith(" sentences")
    time = view.axis.to_time(77)
    QTest.mouseDClick(view.viewport(), LEFT, pos=point)
    assert view.axis.span < 300_000
    assert in_sight(view)[0] < time < in_sight(view)[1]


def test_enter_never_zooms_closer_than_a_sentence(qtbot: QtBot, timeline: Show) -> None:
    view = timeline(MANY, 900, 320)
    assert view.scene is not None
    words = view.scene.lanes.lanes[0].rows[0].words
    for _ in range(5):
        middle = int(words.start[len(words) // 2])
        assert point_at(view, QPoint(view.place.gutter + int(view.axis.to_pixel(middle)), 150))
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.axis.span > 1000


def test_zooming_under_the_pointer_says_what_is_there_now(timeline: Show) -> None:
    view = timeline(MANY, 900, 320)
    point = QPoint(view.place.gutter + 200, view.place.rows[0].words.bottom - 2)
    point_at(view, point)
    before = view.card.text
    for _ in range(6):
        turn(view, point, up=240)
    assert not view.card.isVisible() or view.card.text != before


def test_hovering_paints_nothing_but_the_places_that_change(view: TimelineView) -> None:
    QApplication.processEvents()
    painted: list[QRect] = []
    view.paintEvent = lambda event: painted.append(event.region().boundingRect())  # type: ignore[method-assign]
    view.card.put_beside = lambda place: None  # type: ignore[method-assign]
    view.point_at(QPointF(word_point(view, FIRST)))
    QApplication.processEvents()
    assert painted
    assert all(box.width() < view.width() / 4 for box in painted)


def test_it_speaks_the_language_of_the_window(view: TimelineView, session: Session) -> None:
    from callback_lens.export.language import language_named

    point_at(view, word_point(view, SLOW))
    session.change_language(language_named("zh"))
    assert "时间" in view.card.text


def test_many_sentences_are_told_apart_from_one(timeline: Show) -> None:
    view = timeline(speech(*TWO_SPEAKERS))
    assert point_at(view, band_point(view, 1500, band=Band.SENTENCES))[0] == "甲乙，"
