import unicodedata

import pytest
from callback_lens.export.layout import columns, glance, one_line, width
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain 文字 é ×", "plain 文字 é ×"),
        ("full\u3000width\u00a0space", "full\u3000width\u00a0space"),
        ("two\nlines\r\n\tand a tab", r"two\nlines\r\n\tand a tab"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("c1 \x9b31m", r"c1 \x9b31m"),
        ("bell\x07 del\x7f nul\0", r"bell\x07 del\x7f nul\x00"),
        ("gpj.\u202egnp", r"gpj.\u202egnp"),
        ("isolate\u2066 mark\u200f", r"isolate\u2066 mark\u200f"),
        ("line\u2028paragraph\u2029next\x85", r"line\u2028paragraph\u2029next\x85"),
        ("bom\ufeff zero\u200bwidth", r"bom\ufeff zero\u200bwidth"),
        ("lone \ud800", r"lone \ud800"),
        ("tag \U000e0041", r"tag \U000e0041"),
    ],
)
def test_what_a_terminal_would_obey_is_written_out(text: str, shown: str) -> None:
    assert one_line(text) == shown


@given(st.text(st.characters(codec=None)))
def test_no_text_gets_control_over_a_terminal(text: str) -> None:
    shown = one_line(text)
    assert {unicodedata.category(character) for character in shown}.isdisjoint(
        {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    shown.encode()


def test_long_texts_are_cut_and_say_so() -> None:
    assert glance("x" * 1000) == "x" * 1000
    assert glance("x" * 1001) == "x" * 1000 + "… (1001)"
    assert glance("好\n" * 150, longest=4) == r"好\n好\n… (300)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("abc", 3),
        ("é", 1),
        ("e\u0301", 1),
        ("任务", 4),
        ("（a）", 5),
        ("ｱ", 1),
        ("が", 2),
        ("か\u3099", 2),
        ("🎬", 2),
        ("…", 1),
    ],
)
def test_width(text: str, expected: int) -> None:
    assert width(text) == expected


def test_columns_begin_below_each_other() -> None:
    lines = columns(
        [("Tag", "任务类型", "Concat"), ("CreationTime", "创建时间", "x"), ("UserData", "透传用户信息", "y")]
    )
    assert lines == [
        "  Tag           任务类型      Concat",
        "  CreationTime  创建时间      x",
        "  UserData      透传用户信息  y",
    ]
    assert len({width(line[: line.index(end)]) for line, end in zip(lines, ("Concat", "x", "y"), strict=True)}) == 1


def test_empty_cells_leave_no_space_at_the_end() -> None:
    assert columns([("a", "", ""), ("bb", "", "")]) == ["  a", "  bb"]
    assert columns([]) == []


def test_one_long_cell_does_not_widen_all_others() -> None:
    long, short = columns([("x" * 150, "1"), ("y", "2")])
    assert long == "  " + "x" * 150 + "  1"
    assert short == "  y" + " " * 99 + "  2"


def test_rows_of_other_lengths_are_a_fault() -> None:
    with pytest.raises(ValueError, match="shorter"):
        columns([("a", "b"), ("c",)])
