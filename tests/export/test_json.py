"""JSON, read by pysubs2 as Whisper's, and compared with the payload where nothing may be lost."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pysubs2
from callback_lens.export.cues import ExportOptions, Level, sentence_cues, word_cues
from callback_lens.export.transcript_json import transcript_json
from callback_lens.export.whisper_json import export_json
from callback_lens.transcript.columns import Transcript
from exports import Span, said, warnings, written
from hypothesis import assume, given
from hypothesis import strategies as st
from odd_results import odd_results
from speech_results import sentence, word
from transcripts import (
    corpus_transcripts,
    hostile_texts,
    sample_transcripts,
    transcript_of,
    transcript_of_result,
    transcript_or_none,
)

WORDS, SENTENCES = ExportOptions(Level.WORD), ExportOptions(Level.SENTENCE)


def read(transcript: Transcript, options: ExportOptions = WORDS) -> Any:
    """The object, its numbers exactly as written."""
    return json.loads(written(export_json(transcript, options)), parse_float=Decimal)


def spans(timed: list[dict[str, Any]], name: str) -> list[Span]:
    """The times in ms: none has anything finer."""
    times = [(each["start"] * 1000, each["end"] * 1000, each[name]) for each in timed]
    assert all(time == int(time) for start, end, _ in times for time in (start, end))
    return [Span(int(start), int(end), text) for start, end, text in times]


def check_against_payload(transcript: Transcript) -> None:
    content = read(transcript)
    in_order = sorted(said(transcript), key=lambda one: one.sentence.start)
    assert spans(content["segments"], "text") == [one.sentence for one in in_order]
    for segment, one in zip(content["segments"], in_order, strict=True):
        assert spans(segment["words"], "word") == one.spoken
        assert segment["speaker"] == f"S{one.speaker}"
    subtitles = pysubs2.load_from_whisper(json.loads(written(export_json(transcript, WORDS))))
    assert [(line.start, line.end, line.plaintext) for line in subtitles] == [one.sentence for one in in_order]


def test_pysubs2_reads_each_sentence_to_the_millisecond() -> None:
    for transcript in sample_transcripts():
        check_against_payload(transcript)


def test_pysubs2_reads_what_the_documented_payloads_say(corpus: Path) -> None:
    transcripts = corpus_transcripts(corpus)
    assert transcripts
    for transcript in transcripts:
        check_against_payload(transcript)


@given(odd_results, st.sampled_from(Level))
def test_nothing_of_the_payload_is_lost_whatever_is_odd(result: dict[str, Any], level: Level) -> None:
    transcript = transcript_or_none(result)
    assume(transcript)
    assert transcript is not None
    content = json.loads(written(export_json(transcript, ExportOptions(level))))
    payload = content["callback_lens"]
    of_words = [each for one in payload["sentences"] for each in one["words"]]
    nodes = transcript.word_nodes(range(len(transcript.words.text)))
    assert [each.pop("path") for each in of_words] == [node.path for node in nodes]
    extra = [(one.pop("path"), one.pop("words_num"), one.pop("slice_text")) for one in payload["sentences"]]
    sentences = transcript.sentences
    paths = [node.path for node in sentences.nodes]
    assert extra == list(zip(paths, sentences.words_num, sentences.slice_text, strict=True))
    whole = (payload.pop("layout"), payload.pop("word_times"), payload.pop("path"))
    assert whole == (transcript.layout, transcript.word_times, transcript.node.path)
    assert payload == transcript_json(transcript)


@given(odd_results)
def test_segments_are_the_cues_whatever_is_odd(result: dict[str, Any]) -> None:
    transcript = transcript_or_none(result)
    assume(transcript)
    assert transcript is not None
    segments = read(transcript)["segments"]
    cues, words = sentence_cues(transcript), word_cues(transcript)
    assert spans(segments, "text") == list(zip(cues.start.tolist(), cues.end.tolist(), cues.text, strict=True))
    in_segments = [span for segment in segments for span in spans(segment["words"], "word")]
    all_words = zip(words.start.tolist(), words.end.tolist(), words.text, strict=True)
    assert sorted(in_segments) == sorted(all_words)
    assert all("words" not in segment for segment in read(transcript, SENTENCES)["segments"])


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 10**6))
def test_seconds_are_exact_however_large(start: int, length: int) -> None:
    transcript = transcript_of(sentence(StartMs=str(start), EndMs=str(min(start + length, 10**15 - 1))))
    (segment,) = read(transcript)["segments"]
    assert Decimal(segment["start"]) == Decimal(start) / 1000


@given(hostile_texts)
def test_any_text_comes_back(text: str) -> None:
    transcript = transcript_of(sentence(word("a" + text + "z")))
    (one,) = json.loads(written(export_json(transcript, WORDS)))["callback_lens"]["sentences"]
    assert one["words"][0]["text"] == transcript.words.text[0]


def test_each_sentence_is_a_line_in_either_list() -> None:
    details = [sentence(word(), SpeakerId="0"), sentence(word(), StartMs="500", FinalSentence="cd")]
    transcript = transcript_of_result({"AudioTime": "9.25", "ResultDetail": details})
    lines = written(export_json(transcript, SENTENCES)).split("\n")
    assert lines[:4] == [
        '{"text": "cd ab", "segments": [',
        '{"id": 0, "start": 0.5, "end": 9.0, "text": "cd"},',
        '{"id": 1, "start": 1.0, "end": 9.0, "text": "ab", "speaker": "S0"}',
        (
            '], "callback_lens": {"layout": "ResultDetail", "word_times": "relative", '
            '"path": "JobsDetail[0].Operation.SpeechRecognitionResult", '
            '"audio_ms": 9250, "speakers": ["0"], "word_count": 2, "sentences": ['
        ),
    ]
    assert lines[-2:] == ["]}}", ""]
    assert len(lines) == 8


def test_the_whole_text_has_spaces_where_its_scripts_have_them() -> None:
    texts = ["早。", "好吗？", "Fine.", "And you?"]
    assert read(transcript_of(*(sentence(FinalSentence=text) for text in texts)))["text"] == "早。好吗？Fine. And you?"


def test_a_sentence_without_any_time_is_no_segment_but_is_there() -> None:
    transcript = transcript_of({"FinalSentence": "a", "Words": [{"Word": "a"}]})
    content = read(transcript)
    assert content["segments"] == []
    (one,) = content["callback_lens"]["sentences"]
    assert (one["start_ms"], one["text"], one["words"][0]["start_ms"]) == (None, "a", None)
    assert warnings(export_json(transcript, WORDS)) == [
        ("left out for want of a time", 1, "ResultDetail[0]"),
        ("sentences without times of words, written whole", 1, "ResultDetail[0]"),
    ]
