"""What filters say, and what is none."""

import pytest
from callback_lens.errors import Position, UserError
from callback_lens.store.filters.model import FULL_TEXT, And, Filter, Key, Not, Or, Quality, Term
from callback_lens.store.filters.parsing import DEEPEST, MOST_TERMS, parse
from hypothesis import given
from hypothesis import strategies as st


def word(value: str, *, is_prefix: bool = False) -> Term:
    return Term(Key.WORD, value, is_prefix)


A, B, C = word("a"), word("b"), word("c")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", A),
        ("  a\n", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b c", Or((A, And((B, C))))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("NOT a", Not(A)),
        ("-a b", And((Not(A), B))),
        ("--a", Not(Not(A))),
        ("-(a b)", Not(And((A, B)))),
        ("NOT -a", Not(Not(A))),
        ("a-b", word("a-b")),
        ("-", word("-")),
        ("or not", And((word("or"), word("not")))),
        ('"OR"', word("OR")),
        ('"a b"', word("a b")),
        (r'"a \"b\" \\"', word('a "b" \\')),
        (r"a\b", word(r"a\b")),
        ("tag:SmartCover", Term(Key.TAG, "SmartCover")),
        ('TAG:"Smart Cover"', Term(Key.TAG, "Smart Cover")),
        ('body:"(x)"', Term(Key.BODY, "(x)")),
        ("header:user-agent:Go", Term(Key.HEADER, "user-agent:Go")),
        ("12:30", word("12:30")),
        ("任务:锄禾", word("任务:锄禾")),
        ("Transc*", word("Transc", is_prefix=True)),
        ("body:Transc*", Term(Key.BODY, "Transc", is_prefix=True)),
        ('"Transc*"', word("Transc*")),
        ("tag:a*", Term(Key.TAG, "a*")),
        ("*", word("*")),
        ("a**", word("a**")),
        ("OR*", word("OR", is_prefix=True)),
        ("is:Pinned", Term(Key.IS, "Pinned")),
        ("larger:1.5MiB", Term(Key.LARGER, "1.5MiB")),
        ('before:"2024-05-01 13:30:00+08:00"', Term(Key.BEFORE, "2024-05-01 13:30:00+08:00")),
        ("-after:2h", Not(Term(Key.AFTER, "2h"))),
    ],
)
def test_what_a_filter_says(text: str, expected: Filter) -> None:
    assert parse(text) == expected
    assert parse(str(expected)) == expected


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("", 1, "empty"),
        (" \n ", 1, "empty"),
        ("a (b", 3, "closing bracket is missing"),
        ("a b)", 4, "opening bracket is missing"),
        ("a ()", 4, "something to look for"),
        ("a OR", 5, "something to look for"),
        ("OR a", 1, "something to look for"),
        ("a AND OR b", 7, "something to look for"),
        ("a NOT", 6, "something to look for"),
        ('a "b c', 3, "quotation mark is missing"),
        ('a tag:"b', 7, "quotation mark is missing"),
        (r'"a\"', 1, "quotation mark is missing"),
        ('"a"b', 4, "a space is missing"),
        ('a"b"', 2, "a space is missing"),
        ("tag:", 5, "something is missing after tag:"),
        ("a tag: b", 7, "something is missing after tag:"),
        ("a tags:b", 3, "there is no tags:"),
        ("https://example.org", 1, "there is no https:"),
        ("is:pined", 4, "cannot be pined"),
        ("larger:big", 8, "big is no size"),
        ("larger:-1", 8, "-1 is no size"),
        ("before:tomorrow", 8, "tomorrow is no time"),
        ("after:999999w", 7, "999999w is no time"),
        ("a after:2024-13-01", 9, "2024-13-01 is no time"),
    ],
)
def test_what_is_no_filter(text: str, column: int, message: str) -> None:
    with pytest.raises(UserError, match=message) as caught:
        parse(text)
    assert caught.value.position == Position(1, column)


def test_a_fault_in_the_second_line() -> None:
    with pytest.raises(UserError) as caught:
        parse("a\n b tags:c")
    assert caught.value.position == Position(2, 4)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("tags:a", "did you mean tag:"),
        ("TAGS:a", "did you mean tag:"),
        (
            "zzz:a",
            "there are tag:, state:, job:, object:, path:, header:, body:, larger:, before:, after:, is:",
        ),
        ("is:duplicated", "did you mean duplicate"),
        ("is:x", "there are pinned, refused, duplicate, failed"),
    ],
)
def test_what_was_meant(text: str, hint: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(text)
    assert str(caught.value.hint).startswith(hint)


def test_bounds() -> None:
    parse("a " * MOST_TERMS)
    parse("-" * DEEPEST + "a")
    parse("(" * DEEPEST + "a" + ")" * DEEPEST)
    for text, column in (
        ("a " * MOST_TERMS + "b", 2 * MOST_TERMS + 1),
        ("-" * (DEEPEST + 1) + "a", DEEPEST + 2),
        ("(" * 10_000 + "a", DEEPEST + 2),
    ):
        with pytest.raises(UserError, match="more than") as caught:
            parse(text)
        assert caught.value.position == Position(1, column)


TEXTS = st.text(st.sampled_from('ab:"\\()-* \nORNTtagisbody锄\ud800') | st.characters(), max_size=30)


def filter_or_fault(text: str) -> Filter | UserError:
    try:
        return parse(text)
    except UserError as error:
        return error


@given(TEXTS)
def test_any_text_is_a_filter_or_says_where_it_is_none(text: str) -> None:
    found = filter_or_fault(text)
    if isinstance(found, UserError):
        assert found.position is not None
        assert 1 <= found.position.line <= text.count("\n") + 1
        assert 1 <= found.position.column <= len(text) + 1
    else:
        assert parse(str(found)) == found


VALUES = {
    Key.LARGER: st.sampled_from(("0", "10k", "1.5M")),
    Key.BEFORE: st.sampled_from(("2h", "2024-05-01")),
    Key.AFTER: st.sampled_from(("2h", "2024-05-01T13:30+08:00")),
    Key.IS: st.sampled_from(list(map(str, Quality))),
}
WRITTEN = st.text(st.sampled_from('-ab:*"\\() OR') | st.characters(), min_size=1, max_size=8)
TERMS = st.sampled_from(list(Key)).flatmap(lambda key: st.builds(Term, st.just(key), VALUES.get(key, WRITTEN)))
BEGINNINGS = st.builds(
    Term, st.sampled_from(FULL_TEXT), st.text("abOR锄", min_size=1, max_size=5), is_prefix=st.just(True)
)


def combined(parts: st.SearchStrategy[Filter]) -> st.SearchStrategy[Filter]:
    several = st.lists(parts, min_size=2, max_size=4).map(tuple)
    return parts.map(Not) | several.map(And) | several.map(Or)


@given(st.recursive(TERMS | BEGINNINGS, combined, max_leaves=10))
def test_every_filter_can_be_written(wanted: Filter) -> None:
    assert parse(str(wanted)) == wanted
