"""Sentences and words of any structure."""

import json
from typing import Any

import pytest
from callback_lens.transcript.checks import check_transcript
from callback_lens.transcript.columns import NO_TIME, WordKind, known_times
from callback_lens.transcript.reading import read_transcript
from hypothesis import given
from hypothesis import strategies as st
from speech_results import Result, read, rows, sentence, unreadable, word


def test_a_lone_sentence_with_a_lone_word_needs_no_array(json_result: Result) -> None:
    alone = {"ResultDetail": {**sentence(), "Words": word()}}
    assert rows(read(json_result(alone))) == rows(read(json_result({"ResultDetail": [sentence(word())]})))


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        (word("a", VoiceType="0"), WordKind.WORD),
        (word("，", VoiceType="0"), WordKind.WORD),
        (word("a", VoiceType=1), WordKind.PUNCTUATION),
        (word("a", VoiceType="2"), WordKind.OTHER),
        (word("a"), WordKind.WORD),
        (word("don't"), WordKind.WORD),
        (word("*"), WordKind.WORD),
        (word("，"), WordKind.PUNCTUATION),
        (word("?!", VoiceType="?"), WordKind.PUNCTUATION),
        (word(""), WordKind.OTHER),
    ],
)
def test_the_kind_is_by_voice_type_and_without_one_by_the_text(
    entry: dict[str, object], kind: WordKind, json_result: Result
) -> None:
    assert read(json_result({"ResultDetail": sentence(entry)})).words.kind.tolist() == [kind]


def test_words_without_text_are_kept(json_result: Result) -> None:
    silent = {"OffsetStartMs": "0", "OffsetEndMs": "5"}
    transcript = read(
        json_result({"ResultDetail": sentence(silent, word(None), word(5), word({"x": "y"}), word(" b "))})
    )
    assert transcript.words.text == ["", "", "5", "", "b"]


@pytest.mark.parametrize("words", [None, "", [], {}, [None], [[]], [{}], {"Word": None}, [{"Word": " "}]])
def test_empty_words_are_none(words: object, json_result: Result) -> None:
    transcript = read(json_result({"ResultDetail": {"StartMs": "0", "Words": words}}))
    assert transcript.words.text == []
    assert transcript.sentences.first_word.tolist() == [0, 0]


def test_words_that_are_no_words_are_no_crash(json_result: Result) -> None:
    transcript = read(json_result({"ResultDetail": {"StartMs": "0", "Words": ["some text", 5, [word("b")]]}}))
    assert transcript.words.text == ["", "", "b"]
    assert known_times(transcript.words.start) == [None, None, 0]
    assert unreadable(transcript) == {"EndMs": [0], "OffsetStartMs": [0, 1], "OffsetEndMs": [0, 1]}


def test_paths_count_the_empty_words_that_are_passed_over(xml_result: Result) -> None:
    first = "<Words/><Words><Word>a</Word><OffsetStartMs>1</OffsetStartMs></Words>"
    second = "<Words> </Words><Words><Word>b</Word></Words>"
    transcript = read(xml_result(f"<ResultDetail/><ResultDetail><StartMs>0</StartMs>{first}{second}</ResultDetail>"))
    (only,) = rows(transcript)
    assert only["path"] == "ResultDetail[1]"
    assert [(entry[0], entry[-1]) for entry in only["words"]] == [
        ("a", "ResultDetail[1].Words[1]"),
        ("b", "ResultDetail[1].Words[3]"),
    ]


def test_arrays_in_arrays_and_strangers_among_sentences(json_result: Result) -> None:
    details = ["text", [sentence(word("a"), StartMs="5")], None, [[sentence(StartMs="6")]], 7]
    transcript = read(json_result({"ResultDetail": details}))
    assert transcript.sentences.start.tolist() == [5, 6]
    assert [row["path"] for row in rows(transcript)] == ["ResultDetail[1][0]", "ResultDetail[3][0][0]"]


def test_a_key_that_stands_twice_gives_both(json_result: Result) -> None:
    written = (
        f'{{"ResultDetail": {json.dumps(sentence(word("a")))}, "ResultDetail": {json.dumps(sentence(word("b")))}}}'
    )
    assert read(json_result(written)).words.text == ["a", "b"]


NAMES = (
    "ResultDetail Words Word StartMs EndMs OffsetStartMs OffsetEndMs VoiceType FinalSentence SliceSentence SpeakerId "
    "SpeechSpeed WordsNum FlashResult sentence_list word_list start_time end_time text word speaker_id channel_id "
    "Result AudioTime"
)
names = st.sampled_from(NAMES.split())
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["0", "1", "500", "-3", "2.5", "[0:1.0,0:2.5] a", str(2**63), "\ud800", "\0"]),
)


def containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=4) | st.dictionaries(names | st.text(max_size=3), inner, max_size=6)


entries = st.dictionaries(st.sampled_from(["Word", "OffsetStartMs", "OffsetEndMs", "VoiceType"]), scalars, max_size=4)
shapes = st.recursive(scalars | entries, containers, max_leaves=25)


@given(result=st.dictionaries(names, shapes, max_size=8))
def test_nothing_under_the_result_raises(result: dict[str, Any], json_result: Result) -> None:
    transcript = read_transcript(json_result({**result, "ObjectName": "not empty"}))
    if transcript is not None:
        check_transcript(transcript)
        rows(transcript)
        assert transcript.words.start.min(initial=0) >= NO_TIME


xml_texts = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=5)
elements = st.recursive(
    st.none() | st.integers() | xml_texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=6),
    max_leaves=25,
)


@given(result=st.dictionaries(names, elements, max_size=8))
def test_nothing_under_the_result_raises_in_xml_either(result: dict[str, Any], xml_result: Result) -> None:
    transcript = read_transcript(xml_result({**result, "ObjectName": "not empty"}))
    if transcript is not None:
        check_transcript(transcript)
        rows(transcript)
