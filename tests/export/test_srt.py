"""SubRip subtitles, read back by readers that are not ours."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import exports
import pysubs2
import pytest
import srt
from callback_lens.export.cues import ExportOptions, Level, sentence_cues, word_cues
from callback_lens.export.srt import export_srt
from callback_lens.transcript.columns import Transcript
from hypothesis import assume, given
from hypothesis import strategies as st
from odd_results import odd_results
from speech_results import sentence, word
from transcripts import (
    Row,
    corpus_transcripts,
    hostile_texts,
    payload_sentences,
    payload_words,
    sample_transcripts,
    transcript_of,
    transcript_or_none,
)

MILLISECOND = timedelta(milliseconds=1)
LONGEST = 100 * 3_600_000


def written(transcript: Transcript, **options: Any) -> str:
    return exports.written(export_srt(transcript, ExportOptions(**options)))


def by_srt(text: str) -> list[Row]:
    return [(cue.start // MILLISECOND, cue.end // MILLISECOND, cue.content) for cue in srt.parse(text)]


def by_pysubs2(text: str) -> list[Row]:
    events = pysubs2.SSAFile.from_string(text, format_="srt")
    return [(event.start, event.end, event.plaintext) for event in events]


def warnings(transcript: Transcript) -> list[tuple[str, object]]:
    return [said[:2] for said in exports.warnings(export_srt(transcript, ExportOptions()))]


def check(transcripts: list[Transcript]) -> None:
    assert transcripts
    for transcript in transcripts:
        for level, payload in ((Level.SENTENCE, payload_sentences), (Level.WORD, payload_words)):
            text = written(transcript, level=level)
            expected = sorted(payload(transcript), key=lambda row: row[0])
            assert by_srt(text) == expected
            assert by_pysubs2(text) == expected


def test_samples_are_read_back_to_the_millisecond() -> None:
    check(sample_transcripts())


def test_documented_payloads_are_read_back_to_the_millisecond(corpus: Path) -> None:
    check(corpus_transcripts(corpus))


def test_the_form() -> None:
    transcript = transcript_of(
        sentence(StartMs="0", EndMs="3723004", FinalSentence="水\n\n船", SpeakerId="0"),
        sentence(StartMs="359999998", EndMs="359999999", FinalSentence="b"),
    )
    assert written(transcript, speakers=True) == (
        "1\n00:00:00,000 --> 01:02:03,004\nS0: 水\n船\n\n2\n99:59:59,998 --> 99:59:59,999\nb\n\n"
    )


@pytest.mark.parametrize(
    ("fields", "cue", "what"),
    [
        ({"EndMs": "1000"}, (1000, 1001, "ab"), "without length, now 1 ms long"),
        ({"StartMs": "-5"}, (0, 9000, "ab"), "times before the audio begins, set to 0"),
        ({"EndMs": str(LONGEST)}, (1000, LONGEST, "ab"), "later than 99:59:59.999, which many players do not read"),
        ({"StartMs": "9001"}, (9000, 9001, "ab"), "end before start, exchanged"),
        (
            {"FinalSentence": "a-->b"},
            (1000, 9000, "a→b"),
            "text that players take for markup, written with other characters",
        ),
        (
            {"FinalSentence": r"<i>{\an8}{a}>"},
            (1000, 9000, r"＜i>｛\an8}{a}>"),
            "text that players take for markup, written with other characters",
        ),
    ],
)
def test_what_subrip_cannot_say(fields: dict[str, str], cue: Row, what: str) -> None:
    transcript = transcript_of(sentence(**fields), sentence(StartMs="1", EndMs="2", FinalSentence="fine > & {"))
    assert by_srt(written(transcript)) == sorted([(1, 2, "fine > & {"), cue])
    assert warnings(transcript) == [(what, 1)]


def test_before_the_audio_altogether() -> None:
    transcript = transcript_of(sentence(StartMs="-9", EndMs="-5"))
    assert by_srt(written(transcript)) == [(0, 1, "ab")]
    assert [count for _, count in warnings(transcript)] == [1, 1]


def test_nothing_is_an_empty_file() -> None:
    assert written(transcript_of(sentence(StartMs=None, EndMs=None))) == ""


@given(st.lists(st.tuples(st.integers(0, LONGEST - 2), st.integers(1, LONGEST)), min_size=1, max_size=8))
def test_no_time_drifts(times: list[tuple[int, int]]) -> None:
    spans = [(start, min(start + length, LONGEST - 1)) for start, length in times]
    transcript = transcript_of(*(sentence(StartMs=str(start), EndMs=str(end)) for start, end in spans))
    assert [row[:2] for row in by_srt(written(transcript))] == sorted(spans, key=lambda span: span[0])


@given(st.integers(0, 10**14))
def test_late_times_are_written_as_early_ones(start: int) -> None:
    transcript = transcript_of(sentence(StartMs=str(start), EndMs=str(start + 1)), sentence(StartMs="1", EndMs="2"))
    first, second = sorted([(1, 2), (start, start + 1)])
    times = [line for line in written(transcript).splitlines() if "-->" in line]
    assert [tuple(map(milliseconds, line.split(" --> "))) for line in times] == [first, second]


def milliseconds(clock: str) -> int:
    hours, minutes, seconds = clock.replace(",", "").split(":")
    assert len(hours) >= 2
    assert (len(minutes), len(seconds)) == (2, 5)
    return int(hours) * 3_600_000 + int(minutes) * 60_000 + int(seconds)


@given(st.lists(hostile_texts, min_size=1, max_size=4), st.booleans())
def test_no_text_breaks_out_of_its_cue(texts: list[str], speakers: bool) -> None:
    transcript = transcript_of(*(sentence(FinalSentence=text, SpeakerId=text) for text in texts))
    cues = sentence_cues(transcript)
    text = written(transcript, speakers=speakers)
    read = by_srt(text)
    assert text.count("-->") == len(read) == len(cues.text)
    assert not any(markup in text for markup in ("<", "{\\"))
    if not speakers:
        assert [row[2] for row in read] == [
            cue.replace("-->", "→").replace("<", "＜").replace("{\\", "｛\\") for cue in cues.text
        ]


@given(odd_results, st.sampled_from(Level))
def test_any_result_gives_cues_that_players_read(result: dict[str, Any], level: Level) -> None:
    transcript = transcript_or_none(result)
    assume(transcript)
    cues = (word_cues if level is Level.WORD else sentence_cues)(transcript)
    read = by_srt(written(transcript, level=level))
    assert len(read) == len(cues.text)
    assert [row[0] for row in read] == sorted(max(start, 0) for start in cues.start.tolist())
    assert all(start < end for start, end, _ in read)


def test_a_word_by_itself() -> None:
    transcript = transcript_of(sentence(word("水", "5", "9"), word("，", "5", "9", VoiceType="1"), SpeakerId="2"))
    assert by_srt(written(transcript, level=Level.WORD, speakers=True)) == [(1005, 1009, "S2: 水，")]
