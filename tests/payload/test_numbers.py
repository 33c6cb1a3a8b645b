"""Numbers that CI writes as texts, and what is none."""

import math

import pytest
from callback_lens.payload.numbers import parse_int, parse_number, parse_ratio
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("19.7124", 19.7124),
        ("-99", -99),
        ("+5", 5),
        (" 7\n", 7),
        ("13.654000", 13.654),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("1E-2", 0.01),
        ("007", 7),
        ("9223372036854775808", 1 << 63),
        ("1" + "0" * 300, 10**300),
    ],
)
def test_numbers_as_written(text: str, number: float) -> None:
    assert parse_number(text) == number
    assert type(parse_number(text)) is type(number)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        " ",
        "x",
        "1 2",
        "1,5",
        "0x10",
        "1_000",
        "NaN",
        "inf",
        "-Infinity",
        "1e400",
        "-1e400",
        "--1",
        "1e",
        ".",
        "50/1",
        "٣",
        "²",
        "１",
        "9" * 310,
        "9" * 5000,
        "0" * 401,
    ],
)
def test_what_is_no_number(text: str | None) -> None:
    assert parse_number(text) is None
    assert parse_int(text) is None


@given(st.integers(-(10**300), 10**300))
def test_every_whole_number_is_exact(number: int) -> None:
    assert parse_number(str(number)) == number
    assert parse_int(str(number)) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_number_is_exact(number: float) -> None:
    assert parse_number(repr(number)) == number


@pytest.mark.parametrize(
    ("text", "number"), [("5", 5), ("5.0", 5), ("5.5", None), ("1e3", 1000), ("-0.0", 0), ("x", None)]
)
def test_whole_numbers(text: str, number: int | None) -> None:
    assert parse_int(text) == number
    assert isinstance(parse_int(text), int | None)


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("50/1", 50.0),
        ("30000/1001", 30000 / 1001),
        ("25.000000", 25.0),
        (" 1 / 4 ", 0.25),
        ("0/5", 0.0),
        ("50/", None),
        ("0/0", None),
        ("1/0", None),
        ("1/0.0", None),
        ("/5", None),
        ("1/2/3", None),
        ("x/1", None),
        ("1/x", None),
        ("1e300/1e-300", None),
        ("", None),
        (None, None),
    ],
)
def test_ratios(text: str | None, ratio: float | None) -> None:
    assert parse_ratio(text) == ratio


@given(st.text("0123456789.eE+-/ ", max_size=30))
def test_no_text_gives_anything_but_a_finite_number(text: str) -> None:
    for number in (parse_number(text), parse_int(text), parse_ratio(text)):
        assert number is None or math.isfinite(number)
