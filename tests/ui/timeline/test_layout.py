from itertools import pairwise

from callback_lens.ui.timeline.layout import Band, Layout
from hypothesis import given
from hypothesis import strategies as st

LAYOUTS = st.builds(
    Layout,
    width=st.integers(0, 4000),
    height=st.integers(0, 3000),
    gutter=st.integers(0, 300),
    line_height=st.integers(1, 60),
    rows_of_lanes=st.lists(st.integers(1, 8), max_size=6).map(tuple),
)
SCROLLED = st.builds(Layout.scrolled, LAYOUTS, st.integers(-100, 10_000))


@given(SCROLLED)
def test_all_is_below_each_other_without_a_gap(layout: Layout) -> None:
    assert layout.overview.top == 0
    assert layout.overview.bottom == layout.ruler.top
    assert layout.ruler.bottom == layout.lanes.top
    tops = [layout.lanes.top - layout.scroll, *(row.whole.bottom for row in layout.rows)]
    assert tops[:-1] == [row.whole.top for row in layout.rows]
    assert tops[-1] == tops[0] + layout.content_height


@given(SCROLLED)
def test_the_bands_of_a_row_are_below_each_other_and_inside_it(layout: Layout) -> None:
    for row in layout.rows:
        edges = [row.whole.top, *(edge for band in Band for edge in row.strip(band)), row.whole.bottom]
        assert all(above < below for above, below in pairwise(edges))
        assert 0 < row.label < row.words.height
        for band in Band:
            assert {row.band_at(row.strip(band).top), row.band_at(row.strip(band).bottom - 1)} == {band}


@given(SCROLLED, st.integers(-10, 3010))
def test_a_row_is_where_it_is_seen(layout: Layout, y: int) -> None:
    seen = [row for row in layout.rows if row.whole.top <= y < row.whole.bottom and y >= layout.lanes.top]
    found = layout.row_at(y)
    assert ([] if found is None else [found]) == (seen if y < layout.lanes.bottom else [])
    assert found is None or found in layout.rows_in_sight


@given(SCROLLED)
def test_lanes_scroll_until_the_last_one_is_seen_and_no_further(layout: Layout) -> None:
    end = layout.scrolled(10**6)
    assert layout.scrolled(-5).scroll == 0
    assert end.scroll == layout.scroll_range
    assert end.lanes.top - end.scroll + end.content_height == (
        end.lanes.bottom if end.scroll else end.lanes.top + end.content_height
    )
    assert end.scroll or end.lanes.top + end.content_height <= end.lanes.bottom or not end.rows


@given(LAYOUTS, st.integers(0, 500))
def test_what_is_high_enough_shows_all_lanes_and_higher_words(layout: Layout, more: int) -> None:
    least, higher = (
        Layout(900, layout.lowest + extra, 80, layout.line_height, layout.rows_of_lanes) for extra in (0, more)
    )
    assert least.scroll_range == higher.scroll_range == 0
    assert [row.words.height for row in least.rows] <= [row.words.height for row in higher.rows]
