from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import gcd
from typing import Any

import pytest
from callback_lens.transcript.checks import check_transcript
from callback_lens.transcript.columns import NO_TIME
from callback_lens.transcript.reading import read_transcript
from callback_lens.transcript.time_grid import StepChange, time_grid
from hypothesis import given
from odd_results import odd_results
from speech_results import Result, read, sentence, word

LENGTHS = (10, 14, 9, 17, 21, 11, 13, 9, 16, 12)  # in steps: prime to each other, as measured ones are


def spoken(lengths: Sequence[int], text: str = "水", start: int = 0) -> dict[str, Any]:
    """A sentence of words of these lengths (ms)."""
    spans = pairwise([0, *accumulate(lengths)])
    words = [word(text, str(begins), str(ends)) for begins, ends in spans]
    return sentence(*words, StartMs=str(start), EndMs=str(start + sum(lengths)), FinalSentence=None)


def on_steps(*steps: int) -> list[dict[str, Any]]:
    """A sentence of ten words on each step, one after the other."""
    return [spoken([step * length for length in LENGTHS], start=10_000 * place) for place, step in enumerate(steps)]


def test_one_step(json_result: Result) -> None:
    transcript = read(json_result({"ResultDetail": on_steps(*[15] * 12)}))
    assert time_grid(transcript) == (15, [])


def test_the_first_sentence_off_the_step_is_where_it_changes(json_result: Result) -> None:
    transcript = read(json_result({"ResultDetail": on_steps(*[15] * 9, *[10] * 11)}))
    grid = time_grid(transcript)
    assert grid.step_ms == 5
    assert grid.changes[0] == (9, 15, 5)
    assert grid.changes[-1].after == 10


def test_a_few_words_on_a_coarser_step_are_no_change(json_result: Result) -> None:
    details = on_steps(*[15] * 6, 30, 45, *[15] * 6)
    assert time_grid(read(json_result({"ResultDetail": details}))).changes == []


def test_a_change_is_found(json_result: Result) -> None:
    found = check_transcript(read(json_result({"ResultDetail": on_steps(*[30] * 8, *[10] * 8)})))
    (change,) = [finding for finding in found if finding.code == "time-grid-change"]
    assert change.path.endswith("ResultDetail[8]")
    assert (change.expected, change.found) == ("30", "10")
    assert str(change.message) == "word times are multiples of 10 ms from here on, of 30 ms before"


@pytest.mark.parametrize(
    ("details", "paths"),
    [
        ([spoken([200] * 8)], ["ResultDetail[0]"]),
        ([spoken([200] * 7)], []),
        ([spoken(LENGTHS), spoken([333, 334, 333] * 3, start=5000)], ["ResultDetail[1]"]),
        ([spoken([200] * 7 + [202])], []),
    ],
)
def test_equal_lengths(details: list[dict[str, Any]], paths: list[str], json_result: Result) -> None:
    result = json_result({"ResultDetail": details})
    found = [finding for finding in check_transcript(read(result)) if finding.code == "equal-word-lengths"]
    assert [finding.path.removeprefix(f"{result.path}.") for finding in found] == paths


def test_equal_lengths_for_each_character(json_result: Result) -> None:
    texts = ["水", "船上", "图书馆", "山"] * 2
    ends = [round(len("".join(texts[: place + 1])) * 166.6) for place in range(8)]
    spans = zip(texts, [0, *ends], ends, strict=False)
    words = [word(text, str(start), str(end)) for text, start, end in spans]
    found = check_transcript(read(json_result({"ResultDetail": sentence(*words, FinalSentence=None)})))
    assert [finding.code for finding in found] == ["equal-word-lengths"]


@given(value=odd_results)
def test_the_step_divides_every_time_as_written(value: object, json_result: Result) -> None:
    transcript = read_transcript(json_result(value))
    if transcript is None:
        return
    words, times = transcript.words, []
    for start, end, number in zip(words.start.tolist(), words.end.tolist(), words.sentence.tolist(), strict=True):
        base = int(transcript.sentences.start[number]) if transcript.word_times == "relative" else 0
        times += [start - base, end - base] if NO_TIME not in (start, end) else []
    grid = time_grid(transcript)
    assert grid.step_ms == gcd(*times)
    assert all(isinstance(change, StepChange) and change.before != change.after for change in grid.changes)
