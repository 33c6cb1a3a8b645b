"""Pictures of their own: in any size, of any range, and saying nothing they should not."""

from collections.abc import Callable
from itertools import combinations

import pytest
from callback_lens.export.language import language_named
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_json
from callback_lens.ui.entries import Entry
from callback_lens.ui.theme import GAP, Theme
from callback_lens.ui.timeline.colouring import Colouring
from callback_lens.ui.timeline.look import Look
from callback_lens.ui.timeline.pictures import TimelinePicture, png
from callback_lens.ui.timeline.scene import build_scene
from callback_lens.ui.timeline.speech_jobs import speech_jobs
from callback_lens.ui.widgets.speaker_delegate import COLORS as SPEAKER_COLORS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from svg_pictures import clipped_boxes, svg_texts

SPEECH = synthetic_speech_json(
    SyntheticSpeech(sentences=30, words_per_sentence=8, speakers=3, overlap=0.5, slow_words=2)
)
SIZE = QSize(900, 420)
Make = Callable[..., TimelinePicture]


@pytest.fixture
def picture(qapp: QApplication, entry: Callable[[bytes], Entry]) -> Make:
    """Makes pictures of one transcript."""
    summary = entry(SPEECH).summary
    assert summary is not None
    (speech,) = speech_jobs(summary)
    scene = build_scene(speech.transcript, speech.findings)

    def make(span: tuple[int, int] | None = None, theme: str = "light", **look: object) -> TimelinePicture:
        said = language_named("en").words
        return TimelinePicture(speech, scene, Look(Theme(theme), qapp.font(), 1, said, **look), span)

    return make


@given(
    width=st.integers(1, 1200),
    height=st.integers(1, 700),
    times=st.tuples(st.integers(-(10**6), 10**9), st.integers(1, 10**9)),
    colouring=st.sampled_from(Colouring),
    is_redacted=st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@pytest.mark.qt_log_ignore("Invalid path data")  # where a picture is too small for a part of it, its clip is empty
def test_pictures_of_any_size_and_range_are_valid(
    picture: Make, width: int, height: int, times: tuple[int, int], colouring: Colouring, is_redacted: bool
) -> None:
    size, span = QSize(width, height), (times[0], times[0] + times[1])
    drawn = picture(span, colouring=colouring, is_redacted=is_redacted)
    assert QImage.fromData(png(drawn.image(size))).size() == size
    assert svg_texts(drawn.svg(size))
    renderer = QSvgRenderer(drawn.svg(size))
    assert renderer.isValid()
    assert renderer.viewBox().size() == size


def test_an_svg_file_is_cut_off_at_the_margin_and_nowhere_else(picture: Make) -> None:
    boxes = clipped_boxes(picture((1000, 2000)).svg(SIZE))
    inside = QRectF(GAP, GAP, SIZE.width() - 2 * GAP, SIZE.height() - 2 * GAP)
    assert any(box.right() > inside.right() for box, _clip in boxes)  # there is something to cut off
    assert [box & clip for box, clip in boxes if box.intersects(clip) and not inside.contains(box & clip)] == []
    assert [box for box, clip in boxes if box.left() == GAP and not clip.contains(box)] == []  # the names


def test_range_theme_colouring_and_redaction_are_seen(picture: Make) -> None:
    drawn = [
        picture().image(SIZE),
        picture((0, 9000)).image(SIZE),
        picture((0, 9000), "dark").image(SIZE),
        picture((0, 9000), colouring=Colouring.SPEAKER).image(SIZE),
        picture((0, 9000), is_redacted=True).image(SIZE),
    ]
    assert all(one != other for one, other in combinations(drawn, 2))


@pytest.mark.parametrize("colouring", Colouring)
@pytest.mark.parametrize("span", [None, (0, 20_000), (0, 2000), (0, 300)])
def test_a_redacted_picture_has_no_word_in_it(
    picture: Make, colouring: Colouring, span: tuple[int, int] | None
) -> None:
    drawn = picture(span, colouring=colouring, is_redacted=True)
    shown = svg_texts(drawn.svg(SIZE))
    words = {word for word in drawn.speech.transcript.words.text if not word.isascii() and word.isalnum()}
    assert [word for word in words if word in shown] == []
    assert "slow: over" in shown or colouring is not Colouring.PACE


def test_all_lanes_fit_into_the_full_height(picture: Make) -> None:
    drawn = picture()
    last = drawn.look.theme.color(SPEAKER_COLORS[2]).rgb()
    for missing, is_seen in ((0, True), (150, False)):
        image = drawn.image(QSize(900, drawn.full_height(900) - missing))
        assert any(image.pixel(x, y) == last for x in range(8, 40) for y in range(image.height())) is is_seen
