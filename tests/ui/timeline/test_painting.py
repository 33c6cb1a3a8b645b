from itertools import product
from typing import Any

import numpy as np
import pytest
from callback_lens.transcript.checks import check_transcript
from callback_lens.transcript.columns import WordKind
from callback_lens.transcript.flags import WordFlag
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_xml
from callback_lens.ui.theme import Theme
from callback_lens.ui.timeline.colouring import PACE_COLORS, Colouring
from callback_lens.ui.timeline.labels import Labels
from callback_lens.ui.timeline.layout import RowPlace, Strip
from callback_lens.ui.timeline.pace_scale import SLOW
from callback_lens.ui.timeline.scene import Scene, build_scene
from callback_lens.ui.timeline.timeline_painter import are_columns
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odd_results import odd_results
from painted import NEVER_DRAWN, Picture, scene_in
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from speech_results import sentence, word
from timelines import SLOW as SLOW_WORD
from timelines import TWO_SPEAKERS, speech
from transcripts import transcript_or_none

THEMES = pytest.mark.parametrize("theme", ["light", "dark"])
RATIOS = pytest.mark.parametrize("ratio", [1, 1.25, 2])


@pytest.fixture(scope="module")
def long(qapp: QApplication) -> Scene:
    """44,000 words, 5 of them slow."""
    return scene_in(synthetic_speech_xml(SyntheticSpeech(sentences=2000, slow_words=5)))


def argb(color: str | QColor) -> int:
    return QColor(color).rgba()


def strip(picture: Picture, pixels: Any, part: Strip) -> Any:
    """The pixels of a strip, beside the gutter."""
    ratio, left = picture.ratio, picture.layout.gutter
    return pixels[round(part.top * ratio) : round(part.bottom * ratio), round(left * ratio) :]


def columns_of(colors: set[int], pixels: Any) -> set[int]:
    """Where one of ``colors`` is."""
    return set(np.flatnonzero(np.isin(pixels, list(colors)).any(axis=0)).tolist())


def words_of(scene: Scene, row: RowPlace) -> list[int]:
    return scene.words[row.lane][row.row].words.places.tolist()


@THEMES
@RATIOS
def test_every_slow_word_is_seen_among_all_words_and_nothing_else_looks_like_one(
    long: Scene, theme: str, ratio: float
) -> None:
    picture = Picture(long, (1600, 300), theme=theme, ratio=ratio)
    assert are_columns(long, picture.axis)
    pixels, hot = picture.pixels, {argb(color) for color in PACE_COLORS[theme][SLOW:]}
    for row in picture.layout.rows:
        slow = [place for place in words_of(long, row) if long.flags[place] & WordFlag.SLOW]
        expected = [int(picture.axis.to_pixel(int(long.transcript.words.start[place])) * ratio) for place in slow]
        tower = strip(picture, pixels, Strip(row.words.bottom - row.label - 3, row.words.bottom - row.label))
        found = columns_of(hot, tower)
        assert all(found & {column - 1, column, column + 1} for column in expected)
        reach = 2 * ratio + 2
        assert all(any(abs(column - place) <= reach for place in expected) for column in found)


def test_the_slowest_of_all_words_are_named(long: Scene) -> None:
    words = long.transcript.words
    svg = Picture(long, (1600, 300)).svg
    for place in np.flatnonzero(long.flags & np.uint16(WordFlag.SLOW)).tolist():
        pace = round((int(words.end[place]) - int(words.start[place])) / len(words.text[place]))
        assert words.text[place] in svg
        assert f"{pace} ms/char" in svg


@pytest.mark.parametrize(("theme", "colouring"), list(product(["light", "dark"], Colouring)))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    result=odd_results,
    size=st.tuples(st.integers(1, 600), st.integers(1, 300)),
    ratio=st.sampled_from([1, 1.25, 1.5, 2, 3]),
    zoom=st.floats(0.5, 1e4),
    where=st.floats(0, 1),
    is_redacted=st.booleans(),
)
def test_whatever_there_is_every_pixel_is_drawn(
    qapp: QApplication,
    theme: str,
    colouring: Colouring,
    result: Any,
    size: tuple[int, int],
    ratio: float,
    zoom: float,
    where: float,
    is_redacted: bool,
) -> None:
    transcript = transcript_or_none(result)
    if transcript is None:
        return
    scene = build_scene(transcript, check_transcript(transcript))
    picture = Picture(scene, size, theme=theme, ratio=ratio, colouring=colouring, is_redacted=is_redacted)
    picture.axis = picture.axis.zoomed(zoom, where * picture.axis.width)
    pixels = picture.pixels
    assert not (pixels[: int(size[1] * ratio), : int(size[0] * ratio)] == argb(NEVER_DRAWN)).any()


@pytest.mark.parametrize("seconds", [5, 10, 20])
def test_a_label_keeps_to_its_bar(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    scene = scene_in(synthetic_speech_xml(SyntheticSpeech(sentences=12, overlap=0.3)))
    picture = Picture(scene, (1200, 300), span=(3000, 3000 + 1000 * seconds))
    labelled = picture.pixels
    monkeypatch.setattr(Labels, "draw", lambda *_, **__: None)
    different, count = labelled != picture.pixels, 0
    words = scene.transcript.words
    for row in picture.layout.rows:
        inside = np.zeros(picture.layout.axis_width, np.bool_)
        for place in words_of(scene, row):
            if words.kind[place] == WordKind.WORD:
                left, right = (picture.axis.to_pixel(int(times[place])) for times in (words.start, words.end))
                inside[max(0, round(left) + 1) : max(0, round(right) - 2)] = True
        drawn = strip(picture, different, row.words).any(axis=0)
        assert not (drawn & ~inside).any()
        count += int(drawn.sum())
    assert count


@RATIOS
@pytest.mark.parametrize("span", [None, (10_000, 40_000)])
def test_bars_are_crisp(long: Scene, ratio: float, span: tuple[int, int] | None) -> None:
    picture = Picture(long, (1000, 300), span=span, ratio=ratio, colouring=Colouring.FINDING)
    row = picture.layout.rows[0]
    lowest = strip(picture, picture.pixels, Strip(row.words.bottom - 1, row.words.bottom))
    shades = picture.painter._drawing.shades[: WordFlag.REVERSED].ravel().tolist()
    others = set(np.unique(lowest).tolist()) - set(shades)
    assert len(others) <= 2  # the background and the lines of the grid


def test_words_with_wrong_times_have_a_marker_and_what_lacks_a_time_another(qapp: QApplication) -> None:
    words = [word("水", 1000 * number, 1000 * number + 1000, VoiceType=0) for number in range(9)]
    words[3] = word("水", 4500, 4000, VoiceType=0)
    words[6] = word("水", 6500, None, VoiceType=0)
    picture = Picture(scene_in(speech(sentence(*words, StartMs=0, EndMs=9000))), (900, 200))
    (row,) = picture.layout.rows
    marks = strip(picture, picture.pixels, row.punctuation)
    for name, time in (("warning", 4250), ("error", 6500)):
        found = columns_of({argb(Theme("light").color(name))}, marks)
        assert found
        assert min(abs(column - picture.axis.to_pixel(time)) for column in found) <= 2
        assert max(found) - min(found) < picture.axis.width / 9


def test_punctuation_is_a_tick_where_its_word_ends(qapp: QApplication) -> None:
    picture = Picture(scene_in(speech(*TWO_SPEAKERS)), (900, 200))
    ticks = strip(picture, picture.pixels, picture.layout.rows[0].punctuation)
    found = columns_of({argb(Theme("light").color("muted"))}, ticks)
    end = round(picture.axis.to_pixel(2000))
    assert found == {end - 2, end - 1}


def test_nothing_is_drawn_where_nobody_speaks(qapp: QApplication) -> None:
    """Between 2 s and 3 s; grid lines are whole seconds."""
    picture = Picture(scene_in(speech(*TWO_SPEAKERS)), (900, 200))
    pixels, base = picture.pixels, argb(Theme("light").color("base"))
    silent = slice(round(picture.axis.to_pixel(2100)), round(picture.axis.to_pixel(2900)))
    for row in picture.layout.rows:
        for part in (row.words, row.punctuation, row.sentences):
            assert (strip(picture, pixels, part)[:, silent] == base).all()


def test_a_redacted_picture_does_not_tell_what_was_said(qapp: QApplication) -> None:
    scene = scene_in(speech(*TWO_SPEAKERS))
    told, redacted = Picture(scene, (900, 200)), Picture(scene, (900, 200), is_redacted=True)
    texts = scene.transcript.words.text
    assert texts[SLOW_WORD] in told.svg
    assert not [text for text in texts if text in redacted.svg]
    assert "3500 ms/char" in redacted.svg
    assert "Speaker 0" in redacted.svg
