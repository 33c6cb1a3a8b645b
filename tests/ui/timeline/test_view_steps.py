"""From word to word, sentence to sentence, lane to lane and finding to finding, by keys."""

import pytest
from callback_lens.transcript.columns import NO_TIME
from callback_lens.ui.timeline import steps
from callback_lens.ui.timeline.items import Item, span_of
from callback_lens.ui.timeline.scene import Scene, build_scene
from callback_lens.ui.timeline.timeline_view import TimelineView
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from speech_results import sentence, word
from timelines import COMMA, FIFTH, FIRST, LAST, SECOND, SLOW, THIRD, TWO_SPEAKERS, Show, in_sight, speech
from transcripts import transcript_of

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
WORDS = [FIRST, SECOND, COMMA, THIRD, SLOW, FIFTH, LAST]


def press(qtbot: QtBot, view: TimelineView, key: Key, times: int, held: Qt.KeyboardModifier) -> list[Item | None]:
    """What is selected after each press."""
    found = []
    for _ in range(times):
        qtbot.keyClick(view, key, held)
        found.append(view.item)
    return found


def places(items: list[Item | None]) -> list[int | None]:
    return [item.word if item is not None else None for item in items]


def test_the_arrows_go_from_word_to_word_in_time(qtbot: QtBot, view: TimelineView) -> None:
    none = Qt.KeyboardModifier.NoModifier
    assert places(press(qtbot, view, Key.Key_Right, 8, none)) == [*WORDS, LAST]
    assert places(press(qtbot, view, Key.Key_Left, 7, none)) == [*WORDS[-2::-1], FIRST]


def test_with_control_they_go_from_sentence_to_sentence(qtbot: QtBot, view: TimelineView) -> None:
    view.select_word(SECOND)
    assert press(qtbot, view, Key.Key_Right, 3, CONTROL) == [Item(1, None), Item(2, None), Item(2, None)]
    assert press(qtbot, view, Key.Key_Left, 1, CONTROL) == [Item(1, None)]
    assert places(press(qtbot, view, Key.Key_Right, 1, Qt.KeyboardModifier.NoModifier)) == [THIRD]


def test_without_anything_selected_the_first_step_is_to_what_is_in_sight(qtbot: QtBot, view: TimelineView) -> None:
    view.zoom(5)
    qtbot.keyClick(view, Key.Key_Right)
    assert view.item == Item(1, SLOW) or view.item is not None
    span = span_of(view.scene, view.item)
    assert span is not None
    assert span.start >= in_sight(view)[0]


def test_up_and_down_go_to_what_another_speaker_says_then(qtbot: QtBot, view: TimelineView) -> None:
    none = Qt.KeyboardModifier.NoModifier
    view.select_word(COMMA)
    assert places(press(qtbot, view, Key.Key_Down, 2, none)) == [THIRD, THIRD]
    assert places(press(qtbot, view, Key.Key_Up, 2, none)) == [COMMA, COMMA]
    view.select(Item(1, None))
    assert press(qtbot, view, Key.Key_Up, 1, none) == [Item(0, None)]


def test_home_and_end_go_to_the_first_and_the_last_word(qtbot: QtBot, view: TimelineView) -> None:
    none = Qt.KeyboardModifier.NoModifier
    assert places(press(qtbot, view, Key.Key_End, 1, none)) == [LAST]
    assert places(press(qtbot, view, Key.Key_Home, 1, none)) == [FIRST]


def test_n_and_p_go_through_odd_words_and_sentences(qtbot: QtBot, timeline: Show) -> None:
    odd = sentence(word("庚", 0, 100), WordsNum="5", StartMs=9000, EndMs=9500, SpeakerId="0", FinalSentence="庚")
    view = timeline(speech(*TWO_SPEAKERS, odd))
    none = Qt.KeyboardModifier.NoModifier
    assert press(qtbot, view, Key.Key_N, 3, none) == [Item(1, SLOW), Item(3, None), Item(3, None)]
    assert press(qtbot, view, Key.Key_P, 2, none) == [Item(1, SLOW), Item(1, SLOW)]


def test_where_there_are_no_words_the_arrows_go_through_sentences(qtbot: QtBot, timeline: Show) -> None:
    view = timeline(speech(*({**one, "Words": []} for one in TWO_SPEAKERS)))
    assert press(qtbot, view, Key.Key_Right, 2, Qt.KeyboardModifier.NoModifier) == [Item(0, None), Item(1, None)]
    assert press(qtbot, view, Key.Key_Down, 1, Qt.KeyboardModifier.NoModifier) == [Item(1, None)]


def test_what_a_step_leads_to_comes_in_sight_in_the_same_scale(qtbot: QtBot, view: TimelineView) -> None:
    view.select_word(FIRST)
    view.fit_selection()
    span = view.axis.span
    for _ in WORDS:
        qtbot.keyClick(view, Key.Key_Right)
        start, end = in_sight(view)
        found = span_of(view.scene, view.item)
        assert found is not None
        assert start < found.end
        assert found.start < end
    assert view.axis.span >= span


times = st.integers(0, 50) | st.none()
spoken = st.lists(st.tuples(times, times), max_size=5)


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    sentences = [
        sentence(*(word("a", start, end) for start, end in words), StartMs=start, EndMs=end, SpeakerId=str(number % 2))
        for number, (start, end, words) in enumerate(draw(st.lists(st.tuples(times, times, spoken), min_size=1)))
    ]
    transcript = transcript_of(*sentences)
    return build_scene(transcript, [])


@given(scenes())
def test_steps_reach_every_item_that_has_a_time_once_and_back_again(scene: Scene) -> None:
    for stops in (steps.word_stops(scene), steps.sentence_stops(scene)):
        there, back = walk(scene, stops, forwards=True), walk(scene, stops, forwards=False)
        assert there == back[::-1]
        assert len(set(there)) == len(there) == sum(map(len, (*stops.words, *stops.sentences)))
        starts = [span.start for item in there if (span := span_of(scene, item))]
        assert starts == sorted(starts)


def walk(scene: Scene, stops: steps.Stops, forwards: bool) -> list[Item]:
    step, time = (steps.following, NO_TIME + 1) if forwards else (steps.preceding, 10**9)
    found, item = [], step(scene, stops, None, time)
    while item is not None:
        found.append(item)
        item = step(scene, stops, item, time)
    return found


@pytest.mark.parametrize("act", ["step_word", "step_sentence", "step_finding", "step_lane", "extend", "go_to_end"])
def test_without_a_scene_nothing_happens(view: TimelineView, act: str) -> None:
    view.show_scene(None)
    getattr(view, act)(1)
    assert view.item is None
