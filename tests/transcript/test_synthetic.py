import json
import re
from itertools import pairwise
from typing import Any

import pytest
import xmltodict
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_json, synthetic_speech_xml

SMALL = SyntheticSpeech(sentences=40, words_per_sentence=12, speakers=3, overlap=0.5, seed=7, slow_words=9)


def read_sentences(callback: bytes) -> list[Any]:
    details = json.loads(callback)["JobsDetail"][0]["Operation"]["SpeechRecognitionResult"]["ResultDetail"]
    assert isinstance(details, list)
    return details


def words_of(callback: bytes) -> list[Any]:
    return [word for sentence in read_sentences(callback) for word in sentence["Words"]]


@pytest.mark.parametrize("write", [synthetic_speech_xml, synthetic_speech_json])
def test_equal_options_give_equal_bytes_and_another_seed_gives_others(write: Any) -> None:
    same = SyntheticSpeech(**vars(SMALL))
    other = SyntheticSpeech(**(vars(SMALL) | {"seed": 8}))
    assert write(SMALL) == write(same) != write(other)


@pytest.mark.parametrize("indent", [False, True])
@pytest.mark.parametrize(
    "options",
    [
        SMALL,
        SyntheticSpeech(sentences=1, words_per_sentence=5),
        SyntheticSpeech(sentences=3, words_per_sentence=1, speakers=1, overlap=1.0),
        SyntheticSpeech(sentences=5, punctuation=False),
    ],
)
def test_xml_and_json_hold_the_same_job(options: SyntheticSpeech, indent: bool) -> None:
    from_xml = xmltodict.parse(synthetic_speech_xml(options, indent))["Response"]
    from_json = json.loads(synthetic_speech_json(options))
    assert from_xml["JobsDetail"].pop("Message") is None
    assert from_xml == from_json | {"JobsDetail": from_json["JobsDetail"][0]}


def test_indented_xml_has_a_node_on_each_line() -> None:
    minified, indented = (synthetic_speech_xml(SMALL, indent).decode() for indent in (False, True))
    result_lines = re.compile(r"\n(?=\[)")
    assert re.sub(r"\n *(?=<)", "", result_lines.sub("¶", indented)) == result_lines.sub("¶", minified)
    assert all(re.fullmatch(r" *<[^<]+(<[^<]+)?", line) for line in result_lines.sub("¶", indented).split("\n"))


def test_the_default_is_as_large_as_the_longest_recording() -> None:
    xml = synthetic_speech_xml(SyntheticSpeech())
    assert xml.count(b"<ResultDetail>") == 4500
    assert xml.count(b"<Words>") == 99_000
    assert 13_000_000 < len(xml) < 15_000_000
    assert xml.count(b"\n") == 4499, "between the lines of Result only"


def test_what_xml_cannot_hold_is_escaped() -> None:
    assert "Q&A" in {word["Word"] for word in words_of(synthetic_speech_json(SMALL))}
    assert b"<Word>Q&amp;A</Word>" in synthetic_speech_xml(SMALL)


def test_punctuation_can_be_left_out() -> None:
    kinds = {
        punctuation: {
            word["VoiceType"]
            for word in words_of(synthetic_speech_json(SyntheticSpeech(sentences=9, punctuation=punctuation)))
        }
        for punctuation in (True, False)
    }
    assert kinds == {True: {"0", "1"}, False: {"0"}}


@pytest.mark.parametrize("slow_words", [0, 9, 40])
def test_as_many_words_are_slow_as_asked_for(slow_words: int) -> None:
    words = words_of(synthetic_speech_json(SyntheticSpeech(sentences=40, slow_words=slow_words)))
    paces = [
        (int(word["OffsetEndMs"]) - int(word["OffsetStartMs"])) / len(word["Word"])
        for word in words
        if word["VoiceType"] == "0"
    ]
    assert len([pace for pace in paces if pace == 1500]) == slow_words
    assert all(135 <= pace <= 255 for pace in paces if pace != 1500)


@pytest.mark.parametrize("words_per_sentence", [1, 2, 22])
@pytest.mark.parametrize("overlap", [0.0, 0.25, 1.0])
def test_as_many_sentences_overlap_as_asked_for(words_per_sentence: int, overlap: float) -> None:
    options = SyntheticSpeech(sentences=41, words_per_sentence=words_per_sentence, overlap=overlap)
    spans = [(int(s["StartMs"]), int(s["EndMs"])) for s in read_sentences(synthetic_speech_json(options))]
    early = [after[0] < before[1] for before, after in pairwise(spans)]
    assert sum(early) == overlap * 40
    assert all(before[1] < after[1] for before, after in pairwise(spans))
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[2:], strict=False)), "never three at once"


@pytest.mark.parametrize("speakers", [1, 2, 5])
def test_speakers_take_turns(speakers: int) -> None:
    sentences = read_sentences(synthetic_speech_json(SyntheticSpeech(sentences=60, speakers=speakers, overlap=1.0)))
    ids = [int(sentence["SpeakerId"]) for sentence in sentences]
    assert set(ids) == set(range(speakers))
    assert speakers == 1 or all(before != after for before, after in pairwise(ids))
