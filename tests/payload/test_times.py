"""The times of payloads: three syntaxes, and what is none."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from callback_lens.payload.times import Timestamp, milliseconds_between, parse_time
from hypothesis import given
from hypothesis import strategies as st

OFFSETS = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(timezones=OFFSETS).map(lambda moment: moment.replace(microsecond=0))


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("2022-06-30T19:27:39+0800", "2022-06-30T19:27:39+08:00"),
        ("2022-08-09 14:54:17+0800", "2022-08-09T14:54:17+08:00"),
        ("2021-08-10T21:01:10+08:00", "2021-08-10T21:01:10+08:00"),
        ("2021-08-10T21:01:10Z", "2021-08-10T21:01:10+00:00"),
        ("2021-08-10T21:01:10 -0330", "2021-08-10T21:01:10-03:30"),
        ("2021-08-10T21:01:10+08", "2021-08-10T21:01:10+08:00"),
        ("2021-08-10T21:01:10.5+08:00", "2021-08-10T21:01:10.500000+08:00"),
        ("2021-08-10T21:01:10.123456789+08:00", "2021-08-10T21:01:10.123456+08:00"),
        (" 2021-08-10T21:01:10Z\n", "2021-08-10T21:01:10+00:00"),
    ],
)
def test_syntaxes(raw: str, iso: str) -> None:
    time = parse_time(raw)
    assert time is not None
    assert (time.raw, time.iso, time.is_bad) == (raw, iso, False)


@given(MOMENTS, st.sampled_from(["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S%z"]))
def test_every_moment_is_read_as_written(moment: datetime, syntax: str) -> None:
    raw = moment.strftime(syntax).rjust(len("2000-01-01T00:00:00+0000"), "0")  # years before 1000 are not padded
    time = parse_time(raw)
    assert time is not None
    assert time.moment == moment


def test_not_yet_is_no_time_and_not_bad() -> None:
    assert parse_time("-") == Timestamp("-", None)
    assert not Timestamp("-", None).is_bad
    assert Timestamp("-", None).iso is None


@pytest.mark.parametrize("raw", [None, ""])
def test_nothing_is_no_time(raw: str | None) -> None:
    assert parse_time(raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        "yesterday",
        "2022-06-30",
        "2022-06-30T19:27:39",
        "2022-02-30T19:27:39+0800",
        "2022-06-30T25:27:39+0800",
        "2022-06-30T19:27:60+0800",
        "2022-06-30T19:27:39+9900",
        "2022-06-30T19:27:39Z0800",
        "0000-06-30T19:27:39+0800",
        "1656588459",
        "２０２２-06-30T19:27:39+0800",
        "2022-06-30T19:27:39+0800 x",
        "--",
    ],
)
def test_what_should_be_a_time_and_is_none_is_bad(raw: str) -> None:
    time = parse_time(raw)
    assert time == Timestamp(raw, None)
    assert time is not None
    assert time.is_bad


@given(st.text("0123456789-+:. TZ", max_size=30))
def test_no_text_raises(raw: str) -> None:
    time = parse_time(raw)
    assert time is None or time.iso is None or parse_time(time.iso) is not None


@given(MOMENTS.filter(lambda moment: 2 < moment.year < 9998), st.integers(-(10**10), 10**10))
def test_milliseconds_between_moments(moment: datetime, milliseconds: int) -> None:
    start, end = Timestamp("a", moment), Timestamp("b", moment.astimezone(UTC) + timedelta(milliseconds=milliseconds))
    assert milliseconds_between(start, end) == milliseconds


@pytest.mark.parametrize("missing", [None, Timestamp("-", None), Timestamp("soon", None)])
def test_no_time_between_what_is_not_known(missing: Timestamp | None) -> None:
    known = parse_time("2022-06-30T19:27:39+0800")
    assert milliseconds_between(known, missing) is None
    assert milliseconds_between(missing, known) is None
