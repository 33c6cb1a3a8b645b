from functools import reduce
from operator import or_

import numpy as np
import pytest
from callback_lens.transcript.columns import NO_TIME
from callback_lens.transcript.detail import Columns, Detail, columns, merged, read_detail, worst_word
from callback_lens.transcript.span_index import span_index
from hypothesis import given
from hypothesis import strategies as st

HUGE = 2**53
TIMES = st.integers(-60, 60) | st.sampled_from([NO_TIME, -1000, 1000, HUGE])
PACES = st.sampled_from([np.nan, 0.5, 100, 100.25, 2190])
WORD = st.tuples(TIMES, TIMES, PACES, st.sampled_from([0, 0, 1, 2, 4 + 512]))
WORDS = st.lists(WORD, max_size=30)
EDGES = st.lists(st.integers(-70, 70) | st.sampled_from([HUGE]), min_size=2, max_size=25).map(sorted)
Words = list[tuple[int, int, float, int]]


def detail_of(words: Words) -> Detail:
    start, end = np.array([word[:2] for word in words], np.int64).reshape(-1, 2).T
    paces = np.array([word[2] for word in words], np.float32)
    flags = np.array([word[3] for word in words], np.uint16)
    return read_detail(span_index(np.arange(len(words)), start, end), paces, flags)


def within(words: Words, begins: int, ends: int) -> dict[int, tuple[int, int]]:
    """By place the part of each word that is in a column, of those that are partly in it."""
    parts = {}
    for place, (start, end, *_) in enumerate(words):
        times = [time for time in (start, end) if time != NO_TIME]
        if times:
            part = max(min(times), begins), min(max(*times, min(times) + 1), ends)
            parts.update({place: part} if part[0] < part[1] else {})
    return parts


def covered(parts: dict[int, tuple[int, int]]) -> int:
    """ms in which there is at least one."""
    total = reached = 0
    for number, (start, end) in enumerate(sorted(parts.values())):
        reached = max(reached, start) if number else start
        total += max(0, end - reached)
        reached = max(reached, end)
    return total


def check(words: Words, edges: list[int], found: Columns) -> None:
    for column, begins in enumerate(edges[:-1]):
        ends = min([edge for edge in edges if edge > begins], default=begins + 1)
        parts = within(words, begins, ends)
        paces = [words[place][2] for place in parts if not np.isnan(words[place][2])]
        assert found.count[column] == len(parts)
        assert found.coverage[column] == pytest.approx(covered(parts) / (ends - begins), rel=1e-15)
        assert found.worst[column] == max(paces, default=0)
        assert found.flags[column] == reduce(or_, [words[place][3] for place in parts], 0)


@given(WORDS, EDGES)
def test_every_word_counts_in_every_column_that_it_is_partly_in(words: Words, edges: list[int]) -> None:
    check(words, edges, columns(detail_of(words), np.array(edges)))


@pytest.mark.parametrize("longest", [5, 300, 40_000])
def test_the_same_of_more_words_than_a_block_has(longest: int) -> None:
    random = np.random.default_rng(longest)
    start = random.integers(0, 20_000, 2500)
    end = start + random.integers(-3, longest, 2500)
    paces, flags = random.choice([np.nan, 1, 7, 9], 2500), 1 << random.integers(0, 16, 2500)
    words = list(zip(start.tolist(), end.tolist(), paces.tolist(), flags.tolist(), strict=True))
    for edges in (np.linspace(-500, 21_000, 90), np.linspace(9_000, 9_400, 70), np.linspace(9_000, 9_005, 40)):
        whole = np.floor(edges).astype(np.int64)
        check(words, whole.tolist(), columns(detail_of(words), whole))


def test_a_word_longer_than_a_column_is_in_each_that_it_covers() -> None:
    found = columns(detail_of([(5, 95, 2190, 1), (10, 20, 300, 2)]), np.arange(0, 101, 10))
    assert found.count.tolist() == [1, 2, 1, 1, 1, 1, 1, 1, 1, 1]
    assert found.worst.tolist() == [2190] * 10
    assert found.flags.tolist() == [1, 3, 1, 1, 1, 1, 1, 1, 1, 1]
    assert found.coverage.tolist() == [0.5, 1, 1, 1, 1, 1, 1, 1, 1, 0.5]


def test_columns_narrower_than_a_millisecond_show_the_one_they_are_in() -> None:
    found = columns(detail_of([(0, 1, 5, 1), (2, 2, 7, 2)]), np.array([0, 0, 1, 1, 2, 2]))
    assert found.count.tolist() == [1, 1, 0, 0, 1]
    assert found.coverage.tolist() == [1, 1, 0, 0, 1]
    assert found.worst.tolist() == [5, 5, 0, 0, 7]


def test_without_words_columns_are_empty() -> None:
    found = columns(detail_of([(NO_TIME, NO_TIME, 5, 1)]), np.arange(4))
    assert [values.tolist() for values in (found.count, found.coverage, found.worst, found.flags)] == [[0] * 3] * 4
    assert worst_word(detail_of([]), 0, 10) is None


@given(WORDS, st.integers(-60, 60), st.integers(1, 60))
def test_the_worst_word_is_the_first_of_the_worst_in_a_column(words: Words, begins: int, width: int) -> None:
    worst = worst_word(detail_of(words), begins, begins + width)
    known = [place for place in within(words, begins, begins + width) if not np.isnan(words[place][2])]
    if worst is None:
        assert not known
    else:
        column = columns(detail_of(words), np.array([begins, begins + width]))
        assert words[worst][2] == column.worst[0] == max(words[place][2] for place in known)
        alike = [place for place in known if words[place][2] == words[worst][2]]
        assert worst == min(alike, key=lambda place: (min({*words[place][:2]} - {NO_TIME}), place))


@given(st.lists(WORDS, min_size=1, max_size=4), EDGES)
def test_rows_merge_into_one(rows: list[Words], edges: list[int]) -> None:
    several = merged([columns(detail_of(words), np.array(edges)) for words in rows])
    one = columns(detail_of([word for words in rows for word in words]), np.array(edges))
    assert several.count.tolist() == one.count.tolist()
    assert several.worst.tolist() == one.worst.tolist()
    assert several.flags.tolist() == one.flags.tolist()
    assert (several.coverage <= one.coverage).all()
    assert ((several.coverage > 0) == (one.coverage > 0)).all()
