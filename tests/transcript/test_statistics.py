"""Statistics against counting word by word."""

from collections.abc import Callable, Iterable
from itertools import pairwise
from math import nan
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pytest
from callback_lens.payload.nodes import Node
from callback_lens.transcript.columns import NO_TIME, Transcript, WordKind
from callback_lens.transcript.measures import measure
from callback_lens.transcript.reading import read_transcript
from callback_lens.transcript.statistics import (
    Statistics,
    real_time_factor,
    statistics_by_sentence,
    statistics_by_speaker,
    statistics_of_all,
    statistics_of_range,
)
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_json
from callback_lens.transcript.texts import MARKS
from hypothesis import given
from hypothesis import strategies as st
from odd_results import odd_results
from speech_results import Result, read, sentence, word

Span = tuple[float, float]
ALWAYS = (-float("inf"), float("inf"))


class ByHand:
    """What a transcript says of some of its sentences and of a range of time, one word after the other."""

    def __init__(self, transcript: Transcript, chosen: Iterable[int], span: Span = ALWAYS) -> None:
        self.words, self.sentences = transcript.words, transcript.sentences
        self.chosen, self.span = set(chosen), span
        self.places = [
            place
            for place, (number, start) in enumerate(zip(self.words.sentence, self.words.start, strict=True))
            if number in self.chosen and self.holds(start)
        ]
        self.starting = [number for number in sorted(self.chosen) if self.holds(self.sentences.start[number])]

    def holds(self, time: int) -> bool:
        return self.span[0] <= time < self.span[1]

    def length(self, start: int, end: int) -> float:
        if start == NO_TIME or end < start:
            return 0
        return max(0, min(end, self.span[1]) - max(start, self.span[0]))

    def speech(self) -> dict[str, float]:
        spoken = [place for place in self.places if self.words.kind[place] != WordKind.PUNCTUATION]
        wordless = [
            number
            for number in self.starting
            if self.sentences.first_word[number] == self.sentences.first_word[number + 1]
        ]
        texts = ["".join(self.sentences.text[number].split()) for number in wordless]
        lengths = {
            number: self.length(int(self.sentences.start[number]), int(self.sentences.end[number]))
            for number in self.chosen
        }
        speeds = {number: self.sentences.speed[number] for number in self.chosen}
        reported = {number: speed for number, speed in speeds.items() if speed is not None and abs(speed) <= 1e15}
        weight = sum(lengths[number] for number in reported)
        return {
            "sentences": len(self.starting),
            "words": len(spoken),
            "chars": sum(len(self.words.text[place]) for place in self.places) + sum(map(len, texts)),
            "spoken_chars": sum(len(self.words.text[place]) for place in spoken)
            + sum(character not in MARKS for text in texts for character in text),
            "sentence_ms": sum(lengths.values()),
            "word_ms": sum(map(self.word_ms, self.chosen)),
            "reported_speed": sum(speed * lengths[number] for number, speed in reported.items()) / weight
            if weight
            else nan,
        }

    def word_ms(self, number: int) -> int:
        spans = [
            (int(self.words.start[p]), int(self.words.end[p])) for p in self.places if self.words.sentence[p] == number
        ]
        spans = [(start, end) for start, end in spans if start != NO_TIME and end >= start]
        return max(end for _, end in spans) - min(start for start, _ in spans) if spans else 0

    def pace(self, place: int) -> float | None:
        start, end = int(self.words.start[place]), int(self.words.end[place])
        text = self.words.text[place]
        if self.words.kind[place] != WordKind.WORD or not text or start == NO_TIME or end <= start:
            return None
        return np.float32((end - start) / len(text))

    def paces(self) -> dict[str, float]:
        known = {place: float(pace) for place in self.places if (pace := self.pace(place)) is not None}
        if not known:
            return {"median": nan, "deviation": nan, "worst": nan, "slowest": -1}
        usual, worst = median(known.values()), max(known.values())
        return {
            "median": usual,
            "deviation": median(abs(pace - usual) for pace in known.values()),
            "worst": worst,
            "slowest": min(place for place, pace in known.items() if pace == worst),
        }

    def hidden(self) -> dict[int, float]:
        """What slow words of the whole transcript take beyond the usual, by place."""
        all_ = {place: pace for place in range(len(self.words.text)) if (pace := self.pace(place)) is not None}
        if not all_:
            return {}
        usual = median(all_.values())
        most = usual + max(6 * median(abs(pace - usual) for pace in all_.values()), usual)
        return {place: (pace - usual) * len(self.words.text[place]) for place, pace in all_.items() if pace > most}

    def pauses(self) -> dict[str, float]:
        start, end = self.sentences.start, self.sentences.end
        usable = [number for number in range(len(start)) if start[number] != NO_TIME and end[number] >= start[number]]
        usable.sort(key=lambda number: int(start[number]))
        lengths = []
        for reached, number in pairwise_reached([(int(end[number]), number) for number in usable]):
            if number in self.chosen and reached < start[number]:
                lengths.append(self.length(reached, int(start[number])))
        lengths = [length for length in lengths if length > 0]
        hidden = [ms for place, ms in self.hidden().items() if place in self.places]
        return {
            "pauses": len(lengths),
            "ms": sum(lengths),
            "longest_ms": max(lengths, default=0),
            "hidden": len(hidden),
            "hidden_ms": sum(hidden),
        }

    def overlaps(self) -> dict[str, float]:
        same, other = self.overlapped(True), self.overlapped(False)
        return {"same_speaker": same, "other_speaker": other, "words": self.word_overlaps()}

    def overlapped(self, of_same: bool) -> int:
        start, end, speaker = self.sentences.start, self.sentences.end, self.sentences.speaker
        timed = [number for number in range(len(start)) if start[number] != NO_TIME and end[number] > start[number]]

        def is_running(earlier: int, number: int) -> bool:
            is_earlier = (start[earlier], earlier) < (start[number], number)
            return is_earlier and end[earlier] > start[number] and (speaker[earlier] == speaker[number]) == of_same

        chosen = [number for number in timed if number in self.starting]
        return sum(any(is_running(earlier, number) for earlier in timed) for number in chosen)

    def word_overlaps(self) -> int:
        found, ahead = 0, {}
        for place in range(len(self.words.text)):
            start, end, number = (
                int(column[place]) for column in (self.words.start, self.words.end, self.words.sentence)
            )
            if start == NO_TIME or end < start or self.words.kind[place] == WordKind.PUNCTUATION:
                continue
            if number in ahead and ahead[number][0] <= start < ahead[number][1]:
                found += place in self.places
            ahead[number] = (start, end)
        return found

    def everything(self) -> dict[str, dict[str, float]]:
        return {
            "speech": self.speech(),
            "paces": self.paces(),
            "pauses": self.pauses(),
            "overlaps": self.overlaps(),
        }


def pairwise_reached(ends: list[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Beside each but the first how far those before it reach."""
    return [(max(end for end, _ in ends[:place]), number) for place, (_, number) in enumerate(ends) if place]


def group(statistics: Statistics, place: int = 0) -> dict[str, dict[str, Any]]:
    return {
        name: {field: column[place].item() for field, column in part._asdict().items()}
        for name, part in statistics._asdict().items()
    }


def assert_same(found: dict[str, dict[str, Any]], by_hand: ByHand) -> None:
    for name, expected in by_hand.everything().items():
        assert found[name] == pytest.approx(expected, nan_ok=True), name


@given(value=odd_results, start=st.integers(-100, 1000), length=st.integers(0, 700))
def test_all_of_it_equals_counting(value: object, start: int, length: int, json_result: Result) -> None:
    transcript = read_transcript(json_result(value))
    if transcript is None:
        return
    measures, sentences = measure(transcript), range(len(transcript.sentences.text))
    assert_same(group(statistics_of_all(measures)), ByHand(transcript, sentences))
    span = (start, start + length)
    assert_same(group(statistics_of_range(measures, *span)), ByHand(transcript, sentences, span))
    by_sentence = statistics_by_sentence(measures)
    for number in sentences:
        assert_same(group(by_sentence, number), ByHand(transcript, [number]))
    speakers, by_speaker = statistics_by_speaker(measures)
    assert speakers == list(dict.fromkeys(transcript.sentences.speaker))
    for place, speaker in enumerate(speakers):
        own = [number for number in sentences if transcript.sentences.speaker[number] == speaker]
        assert_same(group(by_speaker, place), ByHand(transcript, own))


@given(edges=st.lists(st.integers(-100, 1500), min_size=2, max_size=6).map(sorted))
def test_adjoining_ranges_add_up(edges: list[int], json_result: Result) -> None:
    words = [word("水", 0, 200), word("，", 0, 200, VoiceType="1"), word("上 下", 180, 650)]
    result = {"ResultDetail": [sentence(*words, StartMs=start, EndMs=start + 700) for start in (0, 350, 900)]}
    measures = measure(read(json_result(result)))
    whole = group(statistics_of_range(measures, edges[0], edges[-1]))
    parts = [group(statistics_of_range(measures, *span)) for span in pairwise(edges)]
    for name, field in (
        *(("speech", field) for field in ("sentences", "words", "chars", "spoken_chars", "sentence_ms")),
        *(("pauses", field) for field in ("ms", "hidden", "hidden_ms")),
        *(("overlaps", field) for field in ("same_speaker", "other_speaker", "words")),
    ):
        assert sum(part[name][field] for part in parts) == whole[name][field]


def test_paces_of_many_short_sentences(result_in: Callable[[bytes], Node]) -> None:
    speech = SyntheticSpeech(sentences=400, words_per_sentence=3, slow_words=40)
    transcript = read(result_in(synthetic_speech_json(speech)))
    by_sentence = statistics_by_sentence(measure(transcript))
    for number in range(400):
        assert group(by_sentence, number)["paces"] == ByHand(transcript, [number]).paces()


def test_nothing_said(json_result: Result) -> None:
    measures = measure(read(json_result({"AudioTime": "3"})))
    found = group(statistics_of_all(measures))
    assert found["speech"]["chars"] == found["pauses"]["pauses"] == 0
    assert all(np.isnan(speed[0]) for speed in statistics_of_all(measures).speech.speeds())
    assert statistics_by_speaker(measures)[0] == []


@pytest.mark.parametrize(
    ("run_ms", "audio_ms", "factor"),
    [
        (7000, 14_000, 0.5),
        (7000, 19712.4, 0.355106),
        (0, 5, 0),
        (None, 5, None),
        (7, None, None),
        (7, 0, None),
        (-1, 5, None),
    ],
)
def test_real_time_factor(run_ms: int | None, audio_ms: float | None, factor: float | None) -> None:
    assert real_time_factor(run_ms, audio_ms) == (None if factor is None else pytest.approx(factor, rel=1e-4))


def test_the_documented_sample(corpus: Path, result_in: Callable[[bytes], Node]) -> None:
    sample = corpus / "SpeechRecognition-seed003c-workflow.json"
    statistics = statistics_of_all(measure(read(result_in(sample.read_bytes()))))
    found = group(statistics)
    assert [found["speech"][name] for name in ("words", "spoken_chars", "chars", "sentence_ms", "word_ms")] == [
        *(16, 24, 30, 16_392, 14_745)
    ]
    assert [round(speed[0], 2) for speed in statistics.speech.speeds()] == [1.46, 1.63, 1.83, 2.03]
    assert found["speech"]["reported_speed"] == 2.4
    assert (round(found["paces"]["median"]), found["paces"]["worst"], found["paces"]["slowest"]) == (472, 2190, 0)
    assert (found["pauses"]["pauses"], found["pauses"]["hidden"]) == (0, 2)
