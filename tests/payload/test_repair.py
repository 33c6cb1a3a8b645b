"""Faults that are repaired because their meaning is certain, and texts that are told to be no payload."""

import json
from typing import Any

import pytest
from callback_lens.errors import Position, UserError
from callback_lens.payload.findings import Severity, shortened
from callback_lens.payload.repair import (
    WEB_PAGE,
    missing_root_finding,
    not_a_payload,
    text_around_finding,
    trailing_comma_finding,
    without_trailing_commas,
)
from hypothesis import given, settings
from hypothesis import strategies as st

STRINGS = st.text(',]}[{"\\ ab\n中', max_size=6)
VALUES = st.recursive(
    st.none() | st.integers() | STRINGS,
    lambda values: st.lists(values, max_size=4) | st.dictionaries(STRINGS, values, max_size=4),
    max_leaves=15,
)


def with_trailing_commas(value: Any, blank: str) -> str:
    """``value`` as JSON with a comma before every closing bracket that has something before it."""
    if isinstance(value, dict):
        members = [json.dumps(key) + ":" + with_trailing_commas(item, blank) for key, item in value.items()]
        return "{" + ",".join(members) + (blank + "," + blank if members else "") + "}"
    if isinstance(value, list):
        items = [with_trailing_commas(item, blank) for item in value]
        return "[" + ",".join(items) + (blank + "," + blank if items else "") + "]"
    return json.dumps(value)


@settings(max_examples=300)
@given(VALUES, st.sampled_from(["", " ", "\n\t"]))
def test_trailing_commas_go_and_nothing_else(value: Any, blank: str) -> None:
    written = with_trailing_commas(value, blank)
    repaired, commas = without_trailing_commas(written)
    assert json.loads(repaired) == value
    assert len(repaired) == len(written)
    assert "".join("," if at in commas else sign for at, sign in enumerate(repaired)) == written


@given(VALUES)
def test_a_value_without_trailing_commas_stays_as_it_is(value: Any) -> None:
    written = json.dumps([value], indent=1)
    assert without_trailing_commas(written) == (written, [])


@pytest.mark.parametrize(
    ("text", "repaired", "commas"),
    [
        ('{"a": ",}", "b": [1,],}', '{"a": ",}", "b": [1 ] }', [19, 21]),
        ('["\\",]",]', '["\\",]" ]', [7]),
        ("[1,,]", "[1, ]", [3]),
        ('["never closed,]', '["never closed,]', []),
        ('["\\', '["\\', []),
        ("[[1,]", "[[1 ]", [3]),
        ("[1,\n\n]", "[1 \n\n]", [2]),
        ("[1,", "[1,", []),
    ],
)
def test_where_commas_are_trailing(text: str, repaired: str, commas: list[int]) -> None:
    assert without_trailing_commas(text) == (repaired, commas)


def test_what_is_said_of_repairs() -> None:
    finding = trailing_comma_finding(2, Position(3, 4))
    assert (finding.severity, finding.code, finding.path) == (Severity.WARNING, "repaired-input", "")
    assert str(finding.message) == "commas before a closing bracket were ignored: 2, the first at line 3, column 4"
    around = text_around_finding("curl says:\n", Position(1, 1))
    assert (around.code, around.found) == ("repaired-input", "curl says:")
    assert str(around.message) == "text beside the document was ignored, at line 1, column 1; characters: 10"
    assert missing_root_finding().code == "repaired-input"


def test_long_texts_are_quoted_by_their_beginning() -> None:
    assert shortened("x" * 80) == "x" * 80
    assert text_around_finding("x" * 81, Position(1, 1)).found == "x" * 80 + "…"


CALLBACK_TEXT = "TaskFinish Success j0123456789abcdef0123456789abcdef 2024-01-02T03:04:05+0800"


@pytest.mark.parametrize(
    ("text", "message", "position"),
    [
        (CALLBACK_TEXT, "this is the text of a callback without its tags", Position(1, 1)),
        (
            CALLBACK_TEXT.replace("T03", " 03").replace("+0800", "+08:00"),
            "this is the text of a callback without its tags",
            Position(1, 1),
        ),
        (CALLBACK_TEXT.replace("2024", "24"), "this is neither XML nor JSON", Position(1, 1)),
        (CALLBACK_TEXT.replace("def0", "xyz0"), "this is neither XML nor JSON", Position(1, 1)),
        ("hello", "this is neither XML nor JSON", Position(1, 1)),
        (" \n\t\ufeff".replace("\ufeff", ""), "there is no text in it", None),
        ("", "there is no text in it", None),
    ],
)
def test_why_a_text_is_no_payload(text: str, message: str, position: Position | None) -> None:
    error = not_a_payload(text)
    assert isinstance(error, UserError)
    assert (str(error.message), error.position) == (message, position)
    assert error.hint is not None


@pytest.mark.parametrize(
    ("text", "is_page"),
    [
        ("<!DOCTYPE html>", True),
        ("\n <!doctype\tHTML PUBLIC>", True),
        ("<html lang='zh'>", True),
        ("<!-- saved from url -->\n<HTML>", True),
        ('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">', True),
        ('<?xml version="1.0"?><!-- > --> <html xmlns="x">', True),
        ("<htmlx/>", False),
        ("<!DOCTYPE Response>", False),
        ("<Response><html/></Response>", False),
        ('{"a": "<html>"}', False),
    ],
)
def test_what_a_web_page_is_known_by(text: str, is_page: bool) -> None:
    assert (WEB_PAGE.match(text) is not None) is is_page
