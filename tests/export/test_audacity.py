"""Audacity's labels, read back by the rules that Audacity reads them by."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from callback_lens.export.audacity import export_audacity
from callback_lens.export.cues import ExportOptions, Level, sentence_cues, word_cues
from callback_lens.transcript.columns import Transcript
from exports import Span, said, warnings, written
from hypothesis import assume, given
from hypothesis import strategies as st
from odd_results import odd_results
from speech_results import sentence, word
from transcripts import corpus_transcripts, hostile_texts, sample_transcripts, transcript_of, transcript_or_none

WORDS, SENTENCES = ExportOptions(Level.WORD), ExportOptions(Level.SENTENCE)
SECONDS = re.compile(r"-?\d+\.\d{6}")


def read(content: str) -> list[Span]:
    """Two times and a text a line; a time of something finer than a millisecond is none of ours."""
    *lines, last = content.split("\n")
    assert last == ""
    fields = [line.split("\t") for line in lines]
    assert all(SECONDS.fullmatch(start) and SECONDS.fullmatch(end) and text for start, end, text in fields)
    times = [(Decimal(start) * 1000, Decimal(end) * 1000, text) for start, end, text in fields]
    assert all(time == int(time) for start, end, _ in times for time in (start, end))
    return [Span(int(start), int(end), text) for start, end, text in times]


def exported(transcript: Transcript, options: ExportOptions) -> list[Span]:
    return read(written(export_audacity(transcript, options)))


def check_against_payload(transcript: Transcript) -> None:
    sentences = said(transcript)
    words = [span for one in sentences for span in one.spoken]
    assert exported(transcript, SENTENCES) == sorted((one.sentence for one in sentences), key=lambda span: span.start)
    assert exported(transcript, WORDS) == sorted(words, key=lambda span: span.start)


def test_labels_are_each_sentence_and_word_to_the_millisecond() -> None:
    for transcript in sample_transcripts():
        check_against_payload(transcript)


def test_labels_are_what_the_documented_payloads_say(corpus: Path) -> None:
    transcripts = corpus_transcripts(corpus)
    assert transcripts
    for transcript in transcripts:
        check_against_payload(transcript)


@given(odd_results, st.sampled_from(Level))
def test_every_cue_is_a_label_whatever_is_odd(result: dict[str, Any], level: Level) -> None:
    transcript = transcript_or_none(result)
    assume(transcript)
    assert transcript is not None
    cues = (word_cues if level is Level.WORD else sentence_cues)(transcript)
    texts = [re.sub("[\n\t]", " ", text) for text in cues.text]
    expected = list(zip(cues.start.tolist(), cues.end.tolist(), texts, strict=True))
    assert exported(transcript, ExportOptions(level)) == expected


@given(hostile_texts)
def test_any_text_stays_on_its_line_and_in_its_column(text: str) -> None:
    transcript = transcript_of(sentence(word("a" + text + "z")))
    (cue,) = word_cues(transcript).text
    assert exported(transcript, WORDS) == [(1000, 1100, re.sub("[\n\t]", " ", cue))]


def test_the_speaker_is_before_the_text_where_that_is_asked_for() -> None:
    transcript = transcript_of(*(sentence(SpeakerId=speaker) for speaker in ("0", "甲", None)))
    texts = [span.text for span in exported(transcript, ExportOptions(Level.SENTENCE, speakers=True))]
    assert texts == ["S0 ab", "甲 ab", "ab"]


def test_what_has_no_length_is_a_point_and_what_is_odd_is_said() -> None:
    transcript = transcript_of(
        sentence(StartMs="-30", EndMs="20"),
        sentence(StartMs="7", EndMs="7", FinalSentence="b\tc"),
    )
    export = export_audacity(transcript, SENTENCES)
    assert written(export) == "-0.030000\t0.020000\tab\n0.007000\t0.007000\tb c\n"
    assert warnings(export) == [
        ("line ends and tabs replaced by spaces", 1, "ResultDetail[1]"),
        ("without length, written as points in time", 1, "ResultDetail[1]"),
        ("before the start of the audio", 1, "ResultDetail[0]"),
    ]
