from itertools import pairwise

import numpy as np
import pytest
from callback_lens.transcript.columns import Transcript
from callback_lens.transcript.flags import Flags, WordFlag, word_flags
from callback_lens.transcript.pace import ms_per_char, word_chars
from callback_lens.transcript.span_index import following, preceding, span_index
from hypothesis import given
from hypothesis import strategies as st
from speech_results import Result, read, sentence, word

USUAL = [word(start=str(start), end=str(start + 100)) for start in range(0, 800, 100)]


def flags_of(json_result: Result, *sentences: dict[str, object], tolerance_ms: int = 10) -> tuple[Transcript, Flags]:
    transcript = read(json_result({"AudioTime": "9", "ResultDetail": list(sentences)}))
    return transcript, word_flags(transcript, ms_per_char(transcript, word_chars(transcript)), tolerance_ms)


def names(flags: Flags) -> list[WordFlag]:
    return [WordFlag(flag) for flag in flags.tolist()]


@pytest.mark.parametrize(
    ("odd", "flag"),
    [
        (word(start="800", end="900"), WordFlag(0)),
        (word(start="790", end="900"), WordFlag(0)),  # within the tolerance
        (word(start="800", end="1200"), WordFlag.SLOW),
        (word(start="8000", end="8011"), WordFlag.OUTSIDE_SENTENCE),
        (word(start="-11", end="900"), WordFlag.OUTSIDE_SENTENCE | WordFlag.OUT_OF_ORDER | WordFlag.SLOW),
        (word(start="900", end="899"), WordFlag.REVERSED),
        (word(start="689", end="700"), WordFlag.OUT_OF_ORDER),
        (word(start="789", end="900"), WordFlag.OVERLAPPING),
        (word(start="", end="900"), WordFlag.INCOMPLETE),
        (word(start="800", end="x"), WordFlag.INCOMPLETE),
        (word(start="", end=""), WordFlag.INCOMPLETE),
        (word(start="", end="8011"), WordFlag.INCOMPLETE | WordFlag.OUTSIDE_SENTENCE),
        (word(start="900", end="900"), WordFlag.NO_LENGTH),
    ],
)
def test_what_is_odd_about_a_word_is_flagged(json_result: Result, odd: object, flag: WordFlag) -> None:
    transcript, flags = flags_of(json_result, sentence(*USUAL, odd))
    assert names(flags) == [WordFlag(0)] * len(USUAL) + [flag]
    assert flags.dtype == np.uint16
    assert len(transcript.words.text) == len(flags)


def test_a_wider_tolerance_flags_less(json_result: Result) -> None:
    odd = word(start="789", end="900")
    assert names(flags_of(json_result, sentence(*USUAL, odd), tolerance_ms=11)[1])[-1] == WordFlag(0)


def test_punctuation_overlaps_with_nothing(json_result: Result) -> None:
    comma = word("，", start="700", end="800", VoiceType="1")
    assert names(flags_of(json_result, sentence(*USUAL, comma))[1])[-1] == WordFlag(0)


@given(st.lists(st.tuples(st.sampled_from(["", "0", "5", "900"]), st.sampled_from(["", "5", "1700"])), max_size=12))
def test_flagged_words_are_stepped_through_in_order_of_time(json_result: Result, times: list[tuple[str, str]]) -> None:
    odd = [sentence(word(start=start, end=end), StartMs=str(place)) for place, (start, end) in enumerate(times)]
    transcript, flags = flags_of(json_result, *odd, sentence(*USUAL))
    words = transcript.words
    flagged = span_index(np.flatnonzero(flags), words.start, words.end)
    known = [place for place in np.flatnonzero(flags).tolist() if times[place] != ("", "")]
    assert sorted(flagged.places.tolist()) == known
    steps = list(zip(flagged.start.tolist(), flagged.places.tolist(), strict=True))
    assert steps == sorted(steps)
    for (time, place), (_, beyond) in pairwise(steps):
        assert following([flagged], time, place) == beyond
    assert preceding([flagged], 2**60, 0) == (steps[-1][1] if steps else None)


def test_no_word_is_outside_a_sentence_whose_times_are_unknown(json_result: Result) -> None:
    spoken = {"word": "a", "start_time": 5, "end_time": 9}
    payload = {"FlashResult": {"sentence_list": [{"text": "a", "word_list": [spoken]}]}}
    transcript = read(json_result(payload))
    assert names(word_flags(transcript, ms_per_char(transcript, word_chars(transcript)))) == [WordFlag(0)]


def test_no_words_have_no_flags(json_result: Result) -> None:
    assert len(flags_of(json_result)[1]) == 0
