"""WebVTT subtitles, read back by a reader that is not ours and by the rules of its specification."""

import re
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import exports
import pytest
import webvtt
from callback_lens.export.cues import ExportOptions, Level, sentence_cues
from callback_lens.export.webvtt import export_webvtt
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
    sample_transcripts,
    transcript_of,
    transcript_or_none,
)

TIME = "(?:([0-9]{2,}):)?([0-5][0-9]):([0-5][0-9])[.]([0-9]{3})"
STAMP = re.compile(f"<({TIME})>")
TAG = re.compile("<[^>]*>")
OUR_TAG = re.compile(f"<v [^<>\n]+>|</v>|{STAMP.pattern}")


class Cue(NamedTuple):
    """As it stands in a file: ``payload`` has tags and escapes."""

    start: int
    end: int
    payload: str

    @property
    def text(self) -> str:
        return unescape(TAG.sub("", self.payload))

    @property
    def stamps(self) -> list[tuple[int, str]]:
        """The time of each timestamp, and what stands between it and the next."""
        parts = STAMP.split(self.payload)
        return [
            (milliseconds(time), unescape(TAG.sub("", text)))
            for time, text in zip(parts[1::6], parts[6::6], strict=True)
        ]


def milliseconds(time: str) -> int:
    match = re.fullmatch(TIME, time)
    assert match, time
    hours, minutes, seconds, rest = (int(part or 0) for part in match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def written(transcript: Transcript, **options: Any) -> str:
    return exports.written(export_webvtt(transcript, ExportOptions(**options)))


def by_the_specification(text: str) -> list[Cue]:
    """The cues of a file of the strict form that we write: a head, then blocks of a line of times and some of text."""
    head, *blocks = text.removesuffix("\n").split("\n\n")
    assert head.strip() == "WEBVTT"
    cues = []
    for block in blocks:
        times, _, payload = block.partition("\n")
        start, end = map(milliseconds, times.split(" --> "))
        cues.append(Cue(start, end, payload))
        assert start < end
        assert "-->" not in payload
        assert not re.search("[\r\0]|&(?!amp;|lt;|gt;)", payload)
        assert all(map(OUR_TAG.fullmatch, TAG.findall(payload)))
        times_inside = [start, *(time for time, _ in cues[-1].stamps), end]
        assert all(time < next_time for time, next_time in pairwise(times_inside))
    assert [cue.start for cue in cues] == sorted(cue.start for cue in cues)
    return cues


def by_webvtt_py(text: str) -> list[Row]:
    captions = webvtt.from_string(text)
    return [(milliseconds(one.start), milliseconds(one.end), unescape(one.text)) for one in captions]


def warnings(transcript: Transcript) -> list[tuple[str, object]]:
    return [said[:2] for said in exports.warnings(export_webvtt(transcript, ExportOptions(level=Level.WORD)))]


def check(transcripts: list[Transcript]) -> None:
    assert transcripts
    for transcript in transcripts:
        expected = sorted(payload_sentences(transcript), key=lambda row: row[0])
        for level in Level:
            for speakers in (False, True):
                text = written(transcript, level=level, speakers=speakers)
                assert [(cue.start, cue.end, cue.text) for cue in by_the_specification(text)] == expected
                assert by_webvtt_py(text) == expected


def with_words(transcripts: list[Transcript]) -> list[Transcript]:
    return [transcript for transcript in transcripts if transcript.words.text]


def check_words(transcripts: list[Transcript]) -> None:
    """Each word of payloads in which words follow each other stands behind its time."""
    for transcript in transcripts:
        cues = by_the_specification(written(transcript, level=Level.WORD))
        for cue, one in zip(cues, sorted(exports.said(transcript), key=lambda one: one.sentence.start), strict=True):
            begin = cue.text[: len(cue.text) - sum(len(text) for _, text in cue.stamps)]
            pieces = [(time, text.rstrip()) for time, text in [(cue.start, begin), *cue.stamps]]
            assert pieces == [(word.start, word.text) for word in one.spoken]


def test_samples_are_read_back_to_the_millisecond() -> None:
    check(sample_transcripts())


def test_words_of_samples_have_their_times() -> None:
    check_words(with_words(sample_transcripts()))


def test_documented_payloads_are_read_back_to_the_millisecond(corpus: Path) -> None:
    check(corpus_transcripts(corpus))
    check_words(with_words(corpus_transcripts(corpus)))


def test_the_form() -> None:
    words = [word("a", "0", "40"), word("<b>", "40", "70"), word("!", "40", "70", VoiceType="1"), word("c", "70", "90")]
    transcript = transcript_of(
        sentence(*words, FinalSentence="a <b>! c", SpeakerId="0"),
        sentence(StartMs="3723004", EndMs="359999999", FinalSentence="-->\n\n&"),
    )
    assert written(transcript) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:09.000\na &lt;b&gt;! c\n\n01:02:03.004 --> 99:59:59.999\n--&gt;\n&amp;\n"
    )
    assert written(transcript, level=Level.WORD, speakers=True) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:09.000\n"
        "<v S0>a <00:00:01.040>&lt;b&gt;! <00:00:01.070>c</v>\n\n01:02:03.004 --> 99:59:59.999\n--&gt;\n&amp;\n"
    )


def test_a_speaker_is_no_markup() -> None:
    transcript = transcript_of(sentence(SpeakerId='a>b & "<c>"\nd'))
    (cue,) = by_the_specification(written(transcript, speakers=True))
    assert cue.payload == r'<v a&gt;b &amp; "&lt;c&gt;"\nd>ab</v>'


def test_what_players_may_not_read_is_said() -> None:
    transcript = transcript_of(sentence(EndMs="360000000"), sentence(EndMs="359999999"))
    assert warnings(transcript)[0] == ("later than 99:59:59.999, which many players do not read", 1)


@pytest.mark.parametrize(
    ("words", "fields", "payload", "what"),
    [
        ([("水", 0), ("船", 0), ("灯", 9)], {}, "水船<00:00:01.009>灯", []),
        ([("水", 5), ("船", 9)], {}, "<00:00:01.005>水<00:00:01.009>船", []),
        ([("水", 5), ("船", 4)], {}, "<00:00:01.005>水船", ["outside"]),
        ([("水", 5), ("船", 100), ("灯", 6)], {}, "<00:00:01.005>水船<00:00:01.006>灯", ["outside"]),
        ([("水", -5), ("船", 6)], {}, "水<00:00:01.006>船", ["outside"]),
        ([("水", 0), ("船", 6)], {"FinalSentence": "“水。船”"}, "“水。<00:00:01.006>船”", []),
        (
            [("水", 0), ("ab", 6), ("c", 9)],
            {"FinalSentence": "灯"},
            "水<00:00:01.006>ab <00:00:01.009>c",
            ["words that"],
        ),
        ([("水\x01", 0), ("船", 6)], {"FinalSentence": "水船"}, "水�<00:00:01.006>船", ["control", "words that"]),
        ([("水", 0), ("船", None)], {}, "水船", ["words without"]),
        ([("水", None)], {}, "水", ["sentences without"]),
        ([], {"FinalSentence": "水"}, "水", ["sentences without"]),
        ([("水", 0), ("", 3), ("船", 6)], {}, "水<00:00:01.003><00:00:01.006>船", []),
        ([("水", 0), ("船", 1)], {"EndMs": "1000"}, "水船", ["without length", "outside"]),
    ],
)
def test_times_of_words(words: list[tuple[str, Any]], fields: dict[str, str], payload: str, what: list[str]) -> None:
    entries = [word(text, time if time is None else str(time), None) for text, time in words]
    full = {"EndMs": "1100", "FinalSentence": "".join(text for text, _ in words), **fields}
    transcript = transcript_of(sentence(*entries, **full))
    (cue,) = by_the_specification(written(transcript, level=Level.WORD))
    assert cue.payload == payload
    said = [text for text, _ in warnings(transcript) if not text.startswith("start or end missing")]
    assert len(said) == len(what)
    assert all(part in text for part, text in zip(what, said, strict=True)), said


def test_nothing_is_a_file_without_cues() -> None:
    assert written(transcript_of(sentence(StartMs=None, EndMs=None))) == "WEBVTT\n"


@given(st.lists(hostile_texts, min_size=1, max_size=4), st.booleans(), st.sampled_from(Level))
def test_no_text_breaks_out_of_its_cue(texts: list[str], speakers: bool, level: Level) -> None:
    sentences = [sentence(*map(word, text), FinalSentence=text, SpeakerId=text) for text in texts]
    transcript = transcript_of(*sentences)
    cues = by_the_specification(written(transcript, speakers=speakers, level=level))
    if level is Level.SENTENCE:
        assert [cue.text for cue in cues] == sentence_cues(transcript).text


@given(odd_results, st.sampled_from(Level))
def test_any_result_gives_a_file_that_is_one(result: dict[str, Any], level: Level) -> None:
    transcript = transcript_or_none(result)
    assume(transcript)
    assert transcript is not None
    cues = by_the_specification(written(transcript, level=level))
    assert len(cues) == len(sentence_cues(transcript).text)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_every_time_that_ascends_inside_its_cue_is_written(starts: list[int]) -> None:
    words = [word("水", str(start), str(start + 1)) for start in starts]
    transcript = transcript_of(sentence(*words, EndMs="1020", FinalSentence="水" * len(starts)))
    expected, latest = [], 0
    lost = 0
    for start in starts:
        if latest < start < 20:
            expected.append(1000 + start)
            latest = start
        elif start != latest:
            lost += 1
    (cue,) = by_the_specification(written(transcript, level=Level.WORD))
    assert [time for time, _ in cue.stamps] == expected
    assert [count for _, count in warnings(transcript)] == ([lost] if lost else [])
