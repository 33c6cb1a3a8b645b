from collections.abc import Iterator

import numpy as np
import pytest
from callback_lens.transcript import span_index as module
from callback_lens.transcript.columns import NO_TIME
from callback_lens.transcript.span_index import SpanIndex, following, preceding, span_index
from callback_lens.transcript.spans import span_at
from hypothesis import given
from hypothesis import strategies as st

TIMES = st.integers(-40, 40) | st.sampled_from([NO_TIME, 2**53, -(2**53)])
SPANS = st.lists(st.tuples(TIMES, TIMES), max_size=40)
Drawn = dict[int, tuple[int, int]]


@pytest.fixture(scope="module", autouse=True, params=[3, module.BLOCK])
def _blocks(request: pytest.FixtureRequest) -> Iterator[None]:
    """Small blocks, so that there are several of them, and the real ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", request.param)
        yield


def index_of(spans: list[tuple[int, int]], places: list[int] | None = None) -> SpanIndex:
    start, end = np.array(spans, np.int64).reshape(-1, 2).T
    return span_index(np.array(range(len(spans)) if places is None else places, np.intp), start, end)


def drawn(spans: list[tuple[int, int]]) -> Drawn:
    """By place from when to when each span is in a picture; those without times are not."""
    known = {place: [time for time in span if time != NO_TIME] for place, span in enumerate(spans)}
    return {place: (min(times), max(*times, min(times) + 1)) for place, times in known.items() if times}


def in_order(spans: Drawn) -> list[tuple[int, int]]:
    return sorted((start, place) for place, (start, _) in spans.items())


def places(index: SpanIndex, from_ms: int, to_ms: int) -> list[int]:
    positions = index.visible(from_ms, to_ms)
    assert (np.diff(positions) > 0).all()
    return index.places[positions].tolist()


@given(SPANS)
def test_the_columns_are_what_has_a_time_by_start(spans: list[tuple[int, int]]) -> None:
    index = index_of(spans)
    assert list(zip(index.start.tolist(), index.places.tolist(), strict=True)) == in_order(drawn(spans))
    assert [drawn(spans)[place][1] for place in index.places.tolist()] == index.end.tolist()
    assert len(index) == len(drawn(spans))
    for place, span in enumerate(spans):
        start, end = np.array([span]).T
        known = span_at(start, end, 0)
        assert (place in drawn(spans)) == (known is not None)
        assert known is None or known == (min(set(span) - {NO_TIME}), max(span))


@given(SPANS, TIMES, st.integers(0, 60))
def test_visible_is_exactly_what_is_there_in_the_time(spans: list[tuple[int, int]], time: int, length: int) -> None:
    index = index_of(spans)
    expected = {place for place, (start, end) in drawn(spans).items() if start < time + length and end > time}
    if length:
        assert set(places(index, time, time + length)) == expected
        assert index.count(time, time + length) == len(expected)


@given(SPANS, st.integers(-60, 60), st.integers(0, 30))
def test_nearest_is_the_innermost_of_what_is_hit_or_else_the_closest(
    spans: list[tuple[int, int]], time: int, within: int
) -> None:
    def key(item: tuple[int, tuple[int, int]]) -> tuple[bool, int, int, int, int, int]:
        place, (start, end) = item
        distance, length = max(0, start - time, time - (end - 1)), end - start
        is_hit = distance == 0 or length < 2 * within
        return not is_hit, max(length, 2 * within) if is_hit else 0, distance, length, start, place

    near = [item for item in drawn(spans).items() if key(item)[2] <= within]
    assert index_of(spans).nearest(time, within) == (min(near, key=key)[0] if near else None)


def test_the_innermost_is_hit_and_what_is_too_small_to_hit_is_hit_from_nearby() -> None:
    sentence, word, mark = (0, 1000), (300, 500), (700, 700)
    index = index_of([sentence, word, mark])
    hits = {time: index.nearest(time, within=20) for time in (5, 300, 499, 500, 679, 680, 720, 721, 1010, 1020)}
    assert hits == {5: 0, 300: 1, 499: 1, 500: 0, 679: 0, 680: 2, 720: 2, 721: 0, 1010: 0, 1020: None}
    assert index.nearest(700, within=0) == 2


def test_punctuation_leaves_the_hit_to_the_word_whose_time_it_has() -> None:
    assert index_of([(0, 100), (0, 100)]).nearest(50, 3) == 0


@given(SPANS, st.lists(st.integers(0, 2), min_size=40, max_size=40))
def test_steps_go_through_all_of_several_indexes_in_order(spans: list[tuple[int, int]], rows: list[int]) -> None:
    indexes = [index_of(spans, [place for place in range(len(spans)) if rows[place] == row]) for row in range(3)]
    ordered = in_order(drawn(spans))
    forwards: list[int] = []
    step = following(indexes, -(2**62), -1)
    while step is not None:
        forwards.append(step)
        step = following(indexes, drawn(spans)[step][0], step)
    assert forwards == [place for _, place in ordered]
    for (_, ahead), (start, place) in zip([(0, None), *ordered], ordered, strict=False):
        assert preceding(indexes, start, place) == ahead


@given(SPANS, TIMES)
def test_a_step_can_begin_at_a_time_that_nothing_starts_at(spans: list[tuple[int, int]], time: int) -> None:
    later = [place for start, place in in_order(drawn(spans)) if start > time]
    earlier = [place for start, place in in_order(drawn(spans)) if start < time]
    beyond = len(spans)
    assert following([index_of(spans)], time, beyond) == (later[0] if later else None)
    assert preceding([index_of(spans)], time, -1) == (earlier[-1] if earlier else None)


def test_a_span_far_too_long_hides_none_of_those_behind_it() -> None:
    spans = [(start, start + 5) for start in range(0, 20_000, 10)]
    spans[3] = (30, 10**12)
    index = index_of(spans)
    assert places(index, 15_000, 15_015) == [3, 1500, 1501]
    assert places(index, 10**11, 10**11 + 1) == [3]
    assert index.nearest(15_002, 2) == 1500
