"""Sentences and words as every export has them."""

import unicodedata
from typing import Any

import exports
import numpy as np
import pytest
from callback_lens.export.cues import Cues, Export, sentence_cues, speaker_label, word_cues
from callback_lens.export.notes import warnings_of
from callback_lens.export.word_groups import joined
from callback_lens.transcript.columns import NO_TIME
from callback_lens.transcript.spans import spans
from hypothesis import assume, given
from hypothesis import strategies as st
from odd_results import odd_results
from speech_results import sentence, word
from transcripts import hostile_texts, sample_transcripts, transcript_of, transcript_of_result, transcript_or_none

MARK = {"VoiceType": "1"}


def rows(cues: Cues) -> list[tuple[int, int, str]]:
    return list(zip(cues.start.tolist(), cues.end.tolist(), cues.text, strict=True))


def happened(cues: Cues) -> list[tuple[str, list[int]]]:
    """What was done, and in which sentences."""
    return [(note.what.id, note.sentences.tolist()) for note in cues.notes if len(note.sentences)]


def test_sentences_are_as_written() -> None:
    transcript = transcript_of(
        sentence(StartMs="5", EndMs="9", FinalSentence="后", SpeakerId="1"),
        sentence(StartMs="1", EndMs="9", FinalSentence="先，a < b", SpeakerId="甲"),
        sentence(StartMs="5", EndMs="7", FinalSentence="再"),
    )
    cues = sentence_cues(transcript)
    assert rows(cues) == [(1, 9, "先，a < b"), (5, 9, "后"), (5, 7, "再")]
    assert cues.speaker == ["甲", "S1", None]
    assert (cues.sentence.tolist(), happened(cues)) == ([1, 0, 2], [])


def test_punctuation_goes_with_the_word_before_it_or_else_with_the_next() -> None:
    words = [word("“", **MARK), word("水", "0", "40"), word("，", "0", "40", **MARK), word("船", "40", "90")]
    cues = word_cues(transcript_of(sentence(*words), sentence(word("。", **MARK), StartMs="20", FinalSentence="。")))
    assert rows(cues) == [(20, 9000, "。"), (1000, 1040, "“水，"), (1040, 1090, "船")]
    assert happened(cues) == [("sentences without times of words, written whole", [1])]


def test_a_word_without_time_goes_with_its_neighbours() -> None:
    words = [word("a", None, None), word("b", "0", "40"), word("c", "x", ""), word(".", None, None, **MARK)]
    cues = word_cues(transcript_of(sentence(*words)))
    assert rows(cues) == [(1000, 1040, "a b c.")]
    assert happened(cues) == [("words without a time, put with their neighbours", [0, 0])]


def test_words_of_a_sentence_stay_in_it() -> None:
    one = sentence(word("a"), word(",", **MARK), StartMs="0")
    other = sentence(word("(", **MARK), word("b"), StartMs="100")
    assert rows(word_cues(transcript_of(one, sentence(StartMs="50", EndMs="60"), other))) == [
        (0, 100, "a,"),
        (50, 60, "ab"),
        (100, 200, "(b"),
    ]


@pytest.mark.parametrize(
    ("fields", "expected", "what"),
    [
        ({"StartMs": "9", "EndMs": "5"}, [(5, 9, "ab")], ["end before start, exchanged"]),
        ({"StartMs": "9", "EndMs": "9"}, [(9, 9, "ab")], []),
        ({"StartMs": "-9", "EndMs": "-5"}, [(-9, -5, "ab")], []),
        ({"EndMs": "x"}, [(1000, 1300, "ab")], ["start or end missing, taken from the words or from the other one"]),
        (
            {"EndMs": "x", "Words": []},
            [(1000, 1000, "ab")],
            ["start or end missing, taken from the words or from the other one"],
        ),
        ({"StartMs": None, "EndMs": None}, [], ["left out for want of a time"]),
        ({"FinalSentence": "", "Words": []}, [], ["left out for want of text"]),
        ({"FinalSentence": ""}, [(1000, 9000, "水a b")], []),
        ({"FinalSentence": "a\r\n \r\n\r\nb\u2028c"}, [(1000, 9000, "a\nb\nc")], ["blank lines left out"]),
        ({"FinalSentence": "a\0\ud800\tb"}, [(1000, 9000, "a��\tb")], ["control characters replaced by �"]),
    ],
)
def test_sentences_that_are_odd(fields: dict[str, Any], expected: list[Any], what: list[str]) -> None:
    written = {"Words": [word("水", "0", "100"), word("a", "100", "200"), word("b", "200", "300")]} | fields
    cues = sentence_cues(transcript_of({"StartMs": "1000", "EndMs": "9000", "FinalSentence": "ab", **written}))
    assert rows(cues) == expected
    assert happened(cues) == [(one, [0]) for one in what]


def test_a_warning_counts_and_names_the_first() -> None:
    fine, odd = sentence(), sentence(StartMs="9001")
    transcript = transcript_of(fine, odd, fine, sentence(StartMs="9002", EndMs="3"))
    warnings = exports.warnings(Export([], warnings_of(sentence_cues(transcript).notes, transcript)))
    assert warnings == [("end before start, exchanged", 2, "ResultDetail[1]")]


def test_flash_words_give_a_sentence_its_times() -> None:
    words = [{"word": "a", "start_time": "70", "end_time": "90"}, {"word": "b", "start_time": "90", "end_time": "80"}]
    result = {"FlashResult": {"sentence_list": {"text": "a b", "word_list": words}}}
    cues = sentence_cues(transcript_of_result(result))
    assert rows(cues) == [(70, 90, "a b")]


@pytest.mark.parametrize("speaker", [None, "0", "12", "甲", "a\nb", ""])
def test_speakers(speaker: str | None) -> None:
    assert speaker_label(speaker) == {"0": "S0", "12": "S12", "a\nb": r"a\nb"}.get(speaker or "", speaker)


@pytest.mark.parametrize(
    ("texts", "line"),
    [
        (["hello", "world"], "hello world"),
        (["我们", "API", "水"], "我们API水"),
        (["hello", ",", "world", "!"], "hello, world!"),
        (["안녕", "하세요"], "안녕 하세요"),
        (["か", "カ", "𠀀", "a"], "かカ𠀀a"),
        (["“", "a", "", "b"], "“a b"),
        ([], ""),
    ],
)
def test_spaces_between_words(texts: list[str], line: str) -> None:
    assert joined(texts) == line


times = st.just(NO_TIME) | st.integers(-(10**15), 10**15)


@given(st.lists(st.tuples(times, times)))
def test_spans_are_of_the_times_given(pairs: list[tuple[int, int]]) -> None:
    start, end = np.array(pairs, np.int64).reshape(-1, 2).T
    made = spans(start, end)
    for place, given_ in enumerate(pairs):
        known = sorted(time for time in given_ if time != NO_TIME) or [NO_TIME]
        assert [made.start[place], made.end[place]] == [known[0], known[-1]]
        assert (place in made.incomplete) == (given_.count(NO_TIME) == 1)
        assert (place in made.reversed) == (len(known) == 2 and known != list(given_))


@given(odd_results)
def test_any_result_gives_cues_in_order_and_loses_nothing_in_silence(result: dict[str, Any]) -> None:
    transcript = transcript_or_none(result)
    assume(transcript)
    assert transcript is not None
    sentences = len(transcript.sentences.text)
    for cues in (sentence_cues(transcript), word_cues(transcript)):
        assert all(cues.text)
        assert (cues.start <= cues.end).all()
        assert (np.diff(cues.start) >= 0).all()
        assert NO_TIME not in cues.start
        assert len(cues.text) == len(cues.speaker) == len(cues.sentence)
        lost = set(range(sentences)) - set(cues.sentence.tolist())
        assert lost <= {place for what, places in happened(cues) if what.startswith("left out") for place in places}


@given(st.lists(hostile_texts, min_size=1, max_size=4))
def test_any_text_has_plain_lines(texts: list[str]) -> None:
    cues = sentence_cues(transcript_of(*(sentence(FinalSentence=text) for text in texts)))
    for text in cues.text:
        assert all(line.strip() for line in text.split("\n"))
        assert text.splitlines() == text.split("\n")
        assert {unicodedata.category(character) for character in text if character not in "\n\t"}.isdisjoint(
            {"Cc", "Cs"}
        )


@given(st.lists(st.lists(st.tuples(st.sampled_from(["水", "ab", "，", "。"]), st.booleans()), max_size=8), min_size=1))
def test_words_keep_their_text_and_their_times(sentences: list[list[tuple[str, bool]]]) -> None:
    written = []
    for number, words in enumerate(sentences):
        entries = [
            word(text, str(10 * place), str(10 * place + 9), VoiceType="1" if text in "，。" else "0")
            for place, (text, _) in enumerate(words)
        ]
        written.append(sentence(*entries, StartMs=str(1000 * number), EndMs=str(1000 * number + 999)))
    cues = word_cues(transcript_of(*written))
    for number, words in enumerate(sentences):
        own = [row for row, of in zip(rows(cues), cues.sentence.tolist(), strict=True) if of == number]
        spoken = [place for place, (text, _) in enumerate(words) if text not in "，。"]
        if spoken:
            assert "".join(text for _, _, text in own) == "".join(text for text, _ in words)
            starts = [1000 * number + 10 * place for place in spoken]
            assert [row[:2] for row in own] == [(start, start + 9) for start in starts]
        else:
            assert own == [(1000 * number, 1000 * number + 999, "ab")]


def test_samples_need_no_warning() -> None:
    for transcript in sample_transcripts():
        for cues in (sentence_cues(transcript), word_cues(transcript)):
            assert happened(cues) == []
            assert set(cues.sentence.tolist()) == set(range(len(transcript.sentences.text)))
