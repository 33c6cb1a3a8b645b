"""One reading of the rules of a speech callback, for the generator's callbacks and for the shipped samples."""

import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_json
from hypothesis import given
from hypothesis import strategies as st

SAMPLES = Path(__file__).parents[2] / "resources" / "samples" / "SpeechRecognition"

sizes = st.integers(1, 30)
some_speech = sizes.flatmap(
    lambda sentences: st.builds(
        SyntheticSpeech,
        sentences=st.just(sentences),
        words_per_sentence=sizes,
        speakers=st.integers(1, 4),
        overlap=st.floats(0, 1),
        punctuation=st.booleans(),
        seed=st.integers(),
        slow_words=st.integers(0, sentences),
    )
)


def many(node: Any) -> list[Any]:
    return node if isinstance(node, list) else [node]


def speech_result(callback: bytes) -> Any:
    (job,) = many(json.loads(callback)["JobsDetail"])
    return job["Operation"]["SpeechRecognitionResult"]


def clock(ms: int) -> str:
    minutes, ms = divmod(ms, 60_000)
    return f"{minutes}:{ms / 1000:.3f}"


def check_words(words: list[Any], length_ms: int) -> None:
    spans = [(int(word["OffsetStartMs"]), int(word["OffsetEndMs"])) for word in words]
    voiced = [span for span, word in zip(spans, words, strict=True) if word["VoiceType"] == "0"]
    assert voiced[0][0] == 0
    assert all(start < end for start, end in voiced)
    assert all(before[1] == after[0] for before, after in pairwise(voiced))
    assert all(ms % 15 == 0 for span in spans for ms in span)
    assert voiced[-1][1] <= length_ms
    kinds = [word["VoiceType"] for word in words]
    assert kinds == ["1" if word["Word"] in "，。？！,." else "0" for word in words]
    assert ("1", "1") not in pairwise(kinds)
    assert [before == span for before, span in pairwise(spans)] == [kind == "1" for kind in kinds[1:]]


def check_sentence(sentence: Any, line: str) -> None:
    start, end, text = int(sentence["StartMs"]), int(sentence["EndMs"]), sentence["FinalSentence"]
    words = many(sentence["Words"])
    check_words(words, end - start)
    texts = [word["Word"] for word in words]
    characters = sum(len(word["Word"]) for word in words if word["VoiceType"] == "0")
    span = f"{clock(start)},{clock(end)}"
    assert sentence["WordsNum"] == str(len(words))
    assert sentence["SliceSentence"] == " ".join(texts)
    assert text.replace(" ", "") == "".join(texts)
    assert float(sentence["SpeechSpeed"]) == pytest.approx(characters * 1000 / (end - start), abs=0.05001)
    assert line in (f"[{span}]  {text}", f"[{span},{sentence['SpeakerId']}]  {text}")


def check_speech(result: Any) -> None:
    sentences = many(result["ResultDetail"])
    for sentence, line in zip(sentences, result["Result"].split("\n"), strict=True):
        check_sentence(sentence, line)
    starts, ends = ([int(sentence[name]) for sentence in sentences] for name in ("StartMs", "EndMs"))
    assert all(before < after for before, after in pairwise(starts))
    assert max(ends) <= Decimal(result["AudioTime"]) * 1000 < max(ends) + 5000
    assert result["DetailObjectName"] == result["ObjectName"] + ".detail"


@given(some_speech)
def test_a_synthetic_callback_adds_up(options: SyntheticSpeech) -> None:
    check_speech(speech_result(synthetic_speech_json(options)))


@pytest.mark.parametrize("name", ["api-success", "workflow-success"])
def test_a_shipped_sample_adds_up(name: str) -> None:
    check_speech(speech_result((SAMPLES / f"{name}.json").read_bytes()))
