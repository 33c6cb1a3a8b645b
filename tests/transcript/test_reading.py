"""Transcripts against independent readings of the same callbacks."""

import json
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from callback_lens.payload.nodes import Node
from callback_lens.transcript.columns import Layout
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_json, synthetic_speech_xml
from hypothesis import given
from hypothesis import strategies as st
from speech_results import Result, read, rows, unreadable

DOCUMENTED = [
    "SpeechRecognition-seed003a-api.xml",
    "SpeechRecognition-seed003b-workflow.xml",
    "SpeechRecognition-seed003c-workflow.json",
    "SpeechRecognition-4-workflow.xml",
    "SpeechRecognition-6-workflow.json",
]
KINDS = {0: "WORD", 1: "PUNCTUATION"}


def expected_rows(sentences: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What documented sentences (ResultDetail as data) say, read one word after the other."""
    return [
        {
            "start": int(sentence["StartMs"]),
            "end": int(sentence["EndMs"]),
            "text": sentence["FinalSentence"],
            "speaker": sentence["SpeakerId"],
            "speed": float(sentence["SpeechSpeed"]),
            "words_num": int(sentence["WordsNum"]),
            "slice": sentence["SliceSentence"],
            "path": f"ResultDetail[{place}]",
            "words": [
                (
                    word["Word"],
                    int(sentence["StartMs"]) + int(word["OffsetStartMs"]),
                    int(sentence["StartMs"]) + int(word["OffsetEndMs"]),
                    KINDS.get(int(word["VoiceType"]), "OTHER"),
                    int(word["VoiceType"]),
                    f"ResultDetail[{place}].Words[{number}]",
                )
                for number, word in enumerate(sentence["Words"])
            ],
        }
        for place, sentence in enumerate(sentences)
    ]


def documented_data(file: Path) -> tuple[str, list[dict[str, Any]]]:
    """AudioTime and sentences, read without the program."""
    if file.suffix == ".json":
        job = json.loads(file.read_text("utf-8"))["JobsDetail"]
        result = (job[0] if isinstance(job, list) else job)["Operation"]["SpeechRecognitionResult"]
        detail = result["ResultDetail"]
        return result["AudioTime"], detail if isinstance(detail, list) else [detail]
    result = ElementTree.parse(file).find("JobsDetail/Operation/SpeechRecognitionResult")  # noqa: S314 - documented
    assert result is not None
    sentences = [
        {field.tag: field.text for field in detail}
        | {"Words": [{field.tag: field.text for field in entry} for entry in detail.iter("Words")]}
        for detail in result.iter("ResultDetail")
    ]
    return result.findtext("AudioTime", ""), sentences


@pytest.mark.parametrize("name", DOCUMENTED)
def test_the_documented_samples_read_as_an_independent_reading(
    name: str, corpus: Path, result_in: Callable[[bytes], Node]
) -> None:
    audio_time, sentences = documented_data(corpus / name)
    transcript = read(result_in((corpus / name).read_bytes()))
    assert rows(transcript) == expected_rows(sentences)
    assert Decimal(str(transcript.audio_ms)) == Decimal(audio_time) * 1000
    assert (transcript.layout, transcript.word_times) == (Layout.RESULT_DETAIL, "relative")
    assert unreadable(transcript) == {}


some_speech = st.builds(
    SyntheticSpeech,
    sentences=st.integers(1, 6),
    words_per_sentence=st.integers(1, 12),
    speakers=st.integers(1, 3),
    overlap=st.floats(0, 1),
    punctuation=st.booleans(),
    seed=st.integers(),
)


@given(speech=some_speech)
def test_xml_and_json_of_one_job_give_equal_transcripts(
    speech: SyntheticSpeech, result_in: Callable[[bytes], Node]
) -> None:
    from_xml = read(result_in(synthetic_speech_xml(speech)))
    from_json = read(result_in(synthetic_speech_json(speech)))
    assert rows(from_xml) == rows(from_json)
    assert from_xml.audio_ms == from_json.audio_ms
    assert from_xml.node.path == from_json.node.path == "JobsDetail[0].Operation.SpeechRecognitionResult"


times = st.integers(-(10**15) + 1, 10**15 - 1)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=5).map(str.strip).filter(bool)
well_formed_words = st.builds(
    lambda text, start, end, voice_type: {
        "OffsetEndMs": end,
        "OffsetStartMs": start,
        "VoiceType": voice_type,
        "Word": text,
    },
    texts,
    times,
    times,
    st.integers(0, 3),
)
well_formed_sentences = st.builds(
    lambda words, text, speaker, span, speed: {
        "EndMs": span[1],
        "FinalSentence": text,
        "SliceSentence": text,
        "SpeakerId": speaker,
        "SpeechSpeed": speed,
        "StartMs": span[0],
        "Words": words,
        "WordsNum": len(words),
    },
    st.lists(well_formed_words, max_size=6),
    texts,
    texts,
    st.tuples(times, times),
    st.floats(0, 99, allow_nan=False).map(lambda speed: round(speed, 1)),
)


@given(sentences=st.lists(well_formed_sentences, min_size=1, max_size=6), as_xml=st.booleans())
def test_columns_equal_a_reading_word_by_word(
    sentences: list[dict[str, Any]], as_xml: bool, json_result: Result, xml_result: Result
) -> None:
    result = (xml_result if as_xml else json_result)({"ResultDetail": sentences})
    assert rows(read(result)) == expected_rows(sentences)


def test_a_word_takes_at_most_64_bytes_beyond_the_payload(result_in: Callable[[bytes], Node]) -> None:
    result = result_in(synthetic_speech_xml(SyntheticSpeech(sentences=500)))
    read(result)  # what is made once for all is no matter of words
    tracemalloc.start()
    try:
        transcript = read(result)
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken <= 64 * len(transcript.words.text)


def test_other_jobs_do_not_pay_for_numpy() -> None:
    modules = "callback_lens.transcript.columns, callback_lens.transcript.result_lines"
    program = f"import sys, {modules}; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
