"""Numbers made texts many at a time, beside Python's own."""

import numpy as np
from callback_lens.export.times import decimal_seconds, in_decimal
from callback_lens.transcript.columns import NO_TIME
from hypothesis import given
from hypothesis import strategies as st

numbers = st.integers(NO_TIME, 2**63 - 1) | st.integers(-20_000, 20_000) | st.just(NO_TIME)
rows = st.integers(1, 3).flatmap(lambda width: st.lists(st.tuples(*[numbers] * width), min_size=1, max_size=5))


@given(rows)
def test_numbers_are_as_python_writes_them(table: list[tuple[int, ...]]) -> None:
    columns = list(np.array(table, np.int64).T)
    expected = [";".join("" if number == NO_TIME else str(number) for number in row) for row in table]
    assert in_decimal(columns, ";") == expected


@given(st.lists(numbers.filter(lambda number: number != NO_TIME), min_size=1))
def test_seconds_have_three_decimals(milliseconds: list[int]) -> None:
    expected = [f"{'-' * (ms < 0)}{abs(ms) // 1000}.{abs(ms) % 1000:03}" for ms in milliseconds]
    assert decimal_seconds(np.array(milliseconds, np.int64)) == expected


def test_no_rows_are_no_texts() -> None:
    nothing = np.array([], np.int64)
    assert in_decimal([nothing, nothing], ",") == decimal_seconds(nothing) == []
