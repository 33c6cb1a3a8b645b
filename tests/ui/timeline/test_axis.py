import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from callback_lens.ui.timeline.axis import SHORTEST, STEPS, Axis, ticks, whole_axis
from hypothesis import given
from hypothesis import strategies as st

FIVE_HOURS = 5 * 3_600_000
TIMES = st.integers(-(2**53), 2**53) | st.integers(-FIVE_HOURS, FIVE_HOURS) | st.sampled_from([0, 10**9])
WIDTHS = st.integers(0, 4000)


@st.composite
def axes(draw: st.DrawFn, longest: int = 10**9) -> Axis:
    """An axis as a user leaves it: zoomed and panned again and again."""
    first = draw(TIMES)
    axis = whole_axis(first, first + draw(st.integers(0, longest)), draw(WIDTHS))
    for factor, pixel in draw(st.lists(st.tuples(st.floats(0.01, 100), st.floats(-100, 5000)), max_size=5)):
        axis = axis.zoomed(factor, pixel).panned(pixel / 3)
    return axis


def starts(axis: Axis) -> float:
    """ms from the first there is to the left edge."""
    return axis.origin - axis.first + axis.offset


@given(axes(), st.floats(0, 1))
def test_a_time_in_sight_is_where_its_pixel_says(axis: Axis, where: float) -> None:
    time = axis.to_time(where * axis.width)
    assert axis.to_time(axis.to_pixel(time)) == time
    assert axis.to_pixel(time) <= where * axis.width + 1e-6 / axis.ms_per_pixel
    assert axis.to_pixel(time + 1) > where * axis.width - 1e-6


@given(axes(), st.lists(st.integers(-(10**9), 10**9), min_size=2, unique=True))
def test_later_is_further_to_the_right(axis: Axis, offsets: list[int]) -> None:
    times = [axis.origin + offset for offset in sorted(offsets)]
    pixels = [axis.to_pixel(time) for time in times]
    assert all(left < right for left, right in pairwise(pixels))
    assert axis.to_pixels(np.array(times)).tolist() == pixels


@given(axes())
def test_what_is_in_sight_stays_within_the_bounds(axis: Axis) -> None:
    assert 0 <= axis.offset <= 1
    assert SHORTEST * (1 - 1e-9) <= axis.span <= (axis.last - axis.first) * (1 + 1e-9)
    assert starts(axis) >= 0
    assert starts(axis) + axis.span <= (axis.last - axis.first) * (1 + 1e-9) + 1e-6


@given(axes(), st.floats(0.01, 100), st.floats(0, 1))
def test_zooming_leaves_the_time_under_the_pointer_where_it_is(axis: Axis, factor: float, where: float) -> None:
    pixel = where * max(1, axis.width)
    zoomed = axis.zoomed(factor, pixel)
    held = starts(axis) + pixel * axis.ms_per_pixel
    is_held = starts(zoomed) + pixel * zoomed.ms_per_pixel == pytest.approx(held, rel=1e-9, abs=1e-6)
    touches = starts(zoomed) == 0 or starts(zoomed) + zoomed.span == pytest.approx(axis.last - axis.first)
    assert is_held or (touches and factor < 1)
    wished = axis.span / factor
    assert zoomed.span == pytest.approx(min(max(wished, SHORTEST), axis.last - axis.first))


def test_zooming_on_at_the_closest_moves_nothing() -> None:
    closest = whole_axis(0, FIVE_HOURS, 1600).zoomed(1e9, 700)
    assert closest.span == pytest.approx(SHORTEST)
    assert closest.zoomed(2, 1500) == closest


def test_zooming_a_thousand_times_drifts_nowhere() -> None:
    axis = before = whole_axis(0, 10**9, 1600).zoomed(1000, 321)
    for _ in range(1000):
        axis = axis.zoomed(1.25, 777).zoomed(1 / 1.25, 777)
    assert axis.to_pixel(axis.first) == pytest.approx(before.to_pixel(before.first), abs=1e-3)


@given(axes(), st.floats(-5000, 5000))
def test_panning_moves_by_pixels_up_to_the_ends(axis: Axis, pixels: float) -> None:
    panned = axis.panned(pixels)
    wished = starts(axis) + pixels * axis.ms_per_pixel
    latest = axis.last - axis.first - axis.span
    assert starts(panned) == pytest.approx(max(0, min(wished, latest)), rel=1e-9, abs=1e-6)
    assert panned.ms_per_pixel == axis.ms_per_pixel


@given(axes(), st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from([0, 12.5]))
def test_fitting_shows_a_span_in_the_middle(axis: Axis, start: int, length: int, padding: float) -> None:
    from_ms = axis.first + min(start, axis.last - axis.first)
    to_ms = min(from_ms + length, axis.last)
    fitted = axis.fitted(from_ms, to_ms, padding)
    left, right = fitted.to_pixel(from_ms), fitted.to_pixel(to_ms)
    assert left >= -1e-3
    assert right <= max(1, axis.width) + 1e-3
    free = 0 < starts(fitted) < axis.last - axis.first - fitted.span - 1e-3
    if free:
        assert left == pytest.approx(max(1, axis.width) - right, abs=1e-3)
    if free and fitted.span > SHORTEST * 1.001 and axis.width > 2 * padding:
        assert left == pytest.approx(padding, abs=1e-3)


@given(axes(), WIDTHS)
def test_resizing_keeps_the_scale_or_all_in_sight(axis: Axis, width: int) -> None:
    resized = axis.resized(width)
    assert resized.width == width
    if axis.shows_all:
        assert resized == whole_axis(axis.first, axis.last, width)
    elif not resized.shows_all and resized.span > SHORTEST * 1.001:
        assert resized.ms_per_pixel == axis.ms_per_pixel


@pytest.mark.parametrize("width", [0, 1600])
def test_where_there_is_nothing_there_are_ten_milliseconds(width: int) -> None:
    axis = whole_axis(2**53, 2**53, width)
    assert axis.shows_all
    assert (axis.to_time(0), axis.to_time(max(1, width))) == (2**53, 2**53 + SHORTEST)
    assert axis.zoomed(5, 3) == axis.panned(8) == axis.fitted(2**53, 2**53) == axis


@given(axes(longest=2**53), st.integers(1, 3000))
def test_columns_cover_what_is_in_sight(axis: Axis, count: int) -> None:
    edges = axis.edges(count)
    assert len(edges) == count + 1
    assert (np.diff(edges) >= 0).all()
    assert edges[0] == axis.to_time(0)
    column = axis.span / count
    exact = axis.offset + np.arange(count + 1) * column
    assert (np.abs(edges - axis.origin - exact) <= 1 + 1e-9 * axis.span).all()


@given(axes(longest=2**53), st.integers(40, 200), st.integers(3, 12))
def test_ticks_are_round_and_far_enough_from_each_other(axis: Axis, label_pixels: int, tick_pixels: int) -> None:
    marks = ticks(axis, label_pixels, tick_pixels)
    labelled = [mark for mark in marks if mark.label]
    assert len(marks) <= axis.width / tick_pixels + 2
    assert {mark.time for mark in marks if mark.label is None}.isdisjoint(mark.time for mark in labelled)
    for one, next_one in pairwise(marks):
        assert next_one.time - one.time in STEPS
        assert next_one.pixel - one.pixel >= tick_pixels * (1 - 1e-9)
    for one, next_one in pairwise(labelled):
        assert next_one.time - one.time in STEPS
        assert one.time % (next_one.time - one.time) == 0
        assert next_one.pixel - one.pixel >= label_pixels * (1 - 1e-9)
    tolerance = 1e-6 * (1 + max(1, axis.width))
    assert all(-tolerance <= mark.pixel <= max(1, axis.width) + tolerance for mark in marks)


def test_no_round_time_in_sight_goes_without_a_mark() -> None:
    axis = whole_axis(-2500, 12_000, 145)
    marks = ticks(axis, label_pixels=20, tick_pixels=5)
    assert [(mark.time, mark.pixel, mark.label) for mark in marks if mark.label] == [
        (-2000, 5.0, "-0:02"),
        (0, 25.0, "0:00"),
        (2000, 45.0, "0:02"),
        (4000, 65.0, "0:04"),
        (6000, 85.0, "0:06"),
        (8000, 105.0, "0:08"),
        (10_000, 125.0, "0:10"),
        (12_000, 145.0, "0:12"),
    ]
    assert [mark.time for mark in marks] == list(range(-2500, 12_001, 500))


@pytest.mark.parametrize(
    ("from_ms", "to_ms", "labels"),
    [
        (0, FIVE_HOURS, ["0:00", "1:00:00", "2:00:00", "3:00:00", "4:00:00", "5:00:00"]),
        (0, 10**9, ["0:00", "48:00:00", "96:00:00", "144:00:00", "192:00:00", "240:00:00"]),
        (3_599_000, 3_601_000, ["59:59.000", "59:59.500", "1:00:00.000", "1:00:00.500", "1:00:01.000"]),
        (60_500, 60_505, ["1:00.500", "1:00.501", "1:00.502", "1:00.503", "1:00.504", "1:00.505"]),
    ],
)
def test_labels_say_what_their_step_needs(from_ms: int, to_ms: int, labels: list[str]) -> None:
    axis = whole_axis(from_ms, to_ms, 600) if to_ms - from_ms >= SHORTEST else None
    axis = axis or whole_axis(0, FIVE_HOURS, 1200).fitted(from_ms, from_ms + SHORTEST)
    assert [mark.label for mark in ticks(axis, 100, 8) if mark.label and mark.time <= to_ms] == labels


def test_the_axis_knows_no_window() -> None:
    code = "import sys, callback_lens.ui.timeline.axis; sys.exit('PySide6' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
