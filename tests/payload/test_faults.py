"""Places in a text: the line and column a person would count to."""

from callback_lens.errors import Position
from callback_lens.payload.faults import Locator, position_at
from hypothesis import given
from hypothesis import strategies as st


def counted(text: str, offset: int) -> Position:
    lines = text[:offset].split("\n")
    return Position(len(lines), len(lines[-1]) + 1)


@given(st.text("ab\n\r中"), st.lists(st.integers(0, 30)))
def test_places_in_any_order_are_where_a_person_counts_them(text: str, offsets: list[int]) -> None:
    locator = Locator(text)
    for offset in (min(offset, len(text)) for offset in offsets):
        assert locator.position(offset) == counted(text, offset) == position_at(text, offset)


def test_the_first_character_is_at_line_1_column_1() -> None:
    assert position_at("", 0) == Position(1, 1)


def test_a_line_begins_behind_the_newline() -> None:
    assert [position_at("a\r\n中b", offset) for offset in (2, 3, 4)] == [Position(1, 3), Position(2, 1), Position(2, 2)]
