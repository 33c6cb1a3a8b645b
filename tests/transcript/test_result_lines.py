from collections.abc import Callable

import pytest
from callback_lens.payload.nodes import Node
from callback_lens.transcript.columns import NO_TIME
from callback_lens.transcript.result_lines import read_result_lines
from hypothesis import given
from hypothesis import strategies as st

Result = Callable[[object], Node]


def lines(result: Node) -> list[tuple[int, int, str | None, str]]:
    return [(line.start, line.end, line.speaker, line.text) for line in read_result_lines(result)]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("[0:3.320,0:19.712]  a b", (3320, 19712, None, "a b")),
        ("[0:3.320,0:19.712] a", (3320, 19712, None, "a")),
        ("[0:3.320,0:19.712]a", (3320, 19712, None, "a")),
        ("[0:0.000,0:2.260,0]  a", (0, 2260, "0", "a")),
        ("[0:0.000,0:2.260,left-1]  a", (0, 2260, "left-1", "a")),
        ("  [ 0:1.5 , 0:2 , 3 ]  a", (1500, 2000, "3", "a")),
        ("[75:3.120,75:4.000]  a", (4_503_120, 4_504_000, None, "a")),
        ("[1:15:3.120,1:15:4.000]  a", (4_503_120, 4_504_000, None, "a")),
        ("[59:59.999,1:00:00.001] a", (3_599_999, 3_600_001, None, "a")),
        ("[0:1.0,0:2.0]", (1000, 2000, None, "")),
        ("[0:1.0,0:2.0] [0:3.0,0:4.0] a", (1000, 2000, None, "[0:3.0,0:4.0] a")),
        ("[0:2.0,0:1.0] a", (2000, 1000, None, "a")),
        ("[0:1.0] a", (NO_TIME, NO_TIME, None, "[0:1.0] a")),
        ("[0:-1.0,0:2.0] a", (NO_TIME, NO_TIME, None, "[0:-1.0,0:2.0] a")),
        ("[０:1.0,0:2.0] a", (NO_TIME, NO_TIME, None, "[０:1.0,0:2.0] a")),
        ("[0:1.0,0:99999999999999999999] a", (NO_TIME, NO_TIME, None, "[0:1.0,0:99999999999999999999] a")),
        ("only text", (NO_TIME, NO_TIME, None, "only text")),
    ],
)
def test_one_line(written: str, line: tuple[int, int, str | None, str], json_result: Result) -> None:
    assert lines(json_result({"Result": written})) == [line]


def test_what_does_not_begin_with_times_belongs_to_the_line_before(json_result: Result) -> None:
    written = "[0:1.0,0:2.0] a\r\nb\n\n[3] c\n[0:3.0,0:4.0] d\n"
    assert lines(json_result({"Result": written})) == [(1000, 2000, None, "a\nb\n[3] c"), (3000, 4000, None, "d")]


def test_lines_and_repeated_elements_are_the_same(json_result: Result, xml_result: Result) -> None:
    first, second = "[0:1.0,0:2.0] a", "[0:3.0,0:4.0] b"
    expected = [(1000, 2000, None, "a"), (3000, 4000, None, "b")]
    for result in (json_result, xml_result):
        assert lines(result({"Result": f"{first}\n{second}"})) == expected
        assert lines(result({"Result": [first, second]})) == expected


def test_a_line_knows_its_element(xml_result: Result) -> None:
    result = xml_result({"Result": ["[0:1.0,0:2.0] a", "[0:3.0,0:4.0] b"]})
    paths = [line.node.path.rpartition(".")[2] for line in read_result_lines(result)]
    assert paths == ["Result[0]", "Result[1]"]


@pytest.mark.parametrize("written", ["", " \n ", None, {"a": "b"}, [], [None]])
def test_no_lines(written: object, json_result: Result) -> None:
    assert lines(json_result({"Result": written, "AudioTime": "1"})) == []


moments = st.integers(0, 10**8)


@given(start=moments, end=moments, with_hours=st.booleans())
def test_times_are_exact_to_the_millisecond(start: int, end: int, with_hours: bool, json_result: Result) -> None:
    def clock(ms: int) -> str:
        minutes, rest = divmod(ms, 60_000)
        leading = f"{minutes // 60}:{minutes % 60}" if with_hours else str(minutes)
        return f"{leading}:{rest // 1000}.{rest % 1000:03d}"

    ((found_start, found_end, _, _),) = lines(json_result({"Result": f"[{clock(start)},{clock(end)}]  a"}))
    assert (found_start, found_end) == (start, end)
