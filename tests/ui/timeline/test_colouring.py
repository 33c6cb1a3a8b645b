from itertools import pairwise

import numpy as np
import pytest
from callback_lens.transcript.pace import slow_places
from callback_lens.ui.theme import Theme
from callback_lens.ui.timeline.colouring import PACE_COLORS, Colouring, legend
from callback_lens.ui.timeline.drawing import contrast, drawing_of
from callback_lens.ui.timeline.look import Look
from callback_lens.ui.timeline.pace_scale import EXTREME, FAST, NO_PACE, SLOW, PaceScale
from hypothesis import given
from hypothesis import strategies as st
from painted import scene_in
from PySide6.QtGui import QColor, QGuiApplication
from pytestqt.qtbot import QtBot
from timelines import TWO_SPEAKERS, speech

THEMES = pytest.mark.parametrize("theme", ["light", "dark"])
EACH = pytest.mark.parametrize("colouring", Colouring)


@st.composite
def scales(draw: st.DrawFn) -> PaceScale:
    usual = draw(st.floats(0.1, 1e6))
    slow_above = usual * draw(st.floats(2, 50))
    return PaceScale(usual, slow_above, usual * draw(st.floats(1, 1e6)))


PACES = st.lists(st.floats(2**-7, 1e9, width=32), min_size=1).map(lambda paces: np.array(sorted(paces), np.float32))


@given(scales(), PACES)
def test_slower_is_a_higher_class_and_drawn_higher(scale: PaceScale, paces: np.ndarray) -> None:
    classes, heights = scale.classes(paces), scale.heights(paces)
    assert all(before <= after for before, after in pairwise(classes.tolist()))
    assert all(before <= after for before, after in pairwise(heights.tolist()))
    assert classes.min() >= FAST
    assert classes.max() <= EXTREME
    assert heights.min() >= 0
    assert heights.max() <= 1


@given(scales(), PACES)
def test_what_is_slow_has_a_class_of_slow_words_and_is_higher(scale: PaceScale, paces: np.ndarray) -> None:
    slow = sorted(slow_places(paces, scale.slow_above).tolist())
    assert np.flatnonzero(scale.classes(paces) >= SLOW).tolist() == slow
    assert (scale.heights(paces[slow]) > 0).all()
    assert not scale.heights(paces[paces <= np.float32(scale.usual)]).any()


def test_without_a_pace_there_is_no_class_and_no_height() -> None:
    none = np.zeros(3, np.float32)
    for scale in (PaceScale(np.nan, np.nan, np.nan), PaceScale(200, 400, 900)):
        assert scale.classes(none).tolist() == [NO_PACE] * 3
        assert scale.heights(none).tolist() == [0.0] * 3


@THEMES
@EACH
def test_text_is_read_on_every_colour(qtbot: QtBot, theme: str, colouring: Colouring) -> None:
    look = Look(Theme(theme), QGuiApplication.font(), 1, str, colouring)
    drawing = drawing_of(scene_in(speech(*TWO_SPEAKERS)), look)
    assert min(map(contrast, drawing.fills, drawing.inks)) >= 4.5


@THEMES
def test_slow_words_are_seen_and_a_slower_one_without_a_sense_of_colour(theme: str) -> None:
    base = Theme(theme).color("base")
    contrasts = [contrast(QColor(color), base) for color in PACE_COLORS[theme]]
    assert all(before < after for before, after in pairwise(contrasts))
    assert min(contrasts[SLOW:]) >= 3


@THEMES
@EACH
def test_a_legend_tells_different_colours(qtbot: QtBot, theme: str, colouring: Colouring) -> None:
    entries = legend(colouring, scene_in(speech(*TWO_SPEAKERS)), Theme(theme))
    assert len({entry.color for entry in entries}) == len({str(entry.text) for entry in entries}) == len(entries) > 1
