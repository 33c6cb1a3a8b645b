"""Praat's TextGrid, read back by praatio and by a reader of our own that compares the numbers as printed."""

import re
from collections import Counter, defaultdict
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from callback_lens.export.cues import Cues, ExportOptions, Level, sentence_cues, word_cues
from callback_lens.export.textgrid import export_textgrid
from callback_lens.transcript.columns import Transcript
from exports import Span, said, warnings, written
from hypothesis import assume, given
from hypothesis import strategies as st
from odd_results import odd_results
from praatio import textgrid
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
# All that Praat looks at: free-standing numbers, texts in quotes, and flags.
TOKEN = re.compile(r'"((?:[^"]|"")*)"|(?<![^\s])(-?\d+(?:\.\d+)?)(?![^\s])|<(\w+)>')

Interval = tuple[str, str, str]


class Grid(NamedTuple):
    xmin: str
    xmax: str
    tiers: dict[str, list[Interval]]


def read(content: str) -> Grid:
    """Every token, in the order in which Praat wants them."""
    tokens = iter([next(group for group in match.groups() if group is not None) for match in TOKEN.finditer(content)])
    assert [next(tokens), next(tokens)] == ["ooTextFile", "TextGrid"]
    xmin, xmax, exists, size = (next(tokens) for _ in range(4))
    assert exists == "exists"
    tiers: dict[str, list[Interval]] = {}
    for _ in range(int(size)):
        kind, name, tier_xmin, tier_xmax, count = (next(tokens) for _ in range(5))
        assert (kind, tier_xmin, tier_xmax, name in tiers) == ("IntervalTier", xmin, xmax, False)
        intervals = [(next(tokens), next(tokens), next(tokens).replace('""', '"')) for _ in range(int(count))]
        tiers[name.replace('""', '"')] = intervals
    assert list(tokens) == []
    return Grid(xmin, xmax, tiers)


def labelled(intervals: list[Interval]) -> list[Span]:
    return [Span(ms(start), ms(end), text) for start, end, text in intervals if text]


def ms(seconds: str) -> int:
    assert re.fullmatch(r"\d+\.\d{3}", seconds), seconds
    return int(Decimal(seconds) * 1000)


def tiers_of(*sentences: Any, level: Level = Level.WORD) -> dict[str, list[Span]]:
    grid = read(written(export_textgrid(transcript_of(*sentences), ExportOptions(level))))
    return {name: labelled(intervals) for name, intervals in grid.tiers.items()}


def by_speaker(content: str, kind: str, path: Path) -> dict[str, list[Span]]:
    """What praatio reads, further tiers together with the first."""
    path.write_text(content, encoding="utf-8")
    grid = textgrid.openTextgrid(str(path), includeEmptyIntervals=False, reportingMode="error")
    found = defaultdict(list)
    for name in grid.tierNames:
        speaker, tier_kind = name.split(" ")[:2]
        if tier_kind == kind:
            entries = grid.getTier(name).entries
            found[speaker] += [Span(round(start * 1000), round(end * 1000), text) for start, end, text in entries]
    return {speaker: sorted(spans) for speaker, spans in found.items()}


def check_against_payload(transcript: Transcript, path: Path) -> None:
    content = written(export_textgrid(transcript, WORDS))
    sentences, words = defaultdict(list), defaultdict(list)
    for one in said(transcript):
        sentences[f"S{one.speaker}"].append(one.sentence)
        words[f"S{one.speaker}"] += one.spoken
    assert by_speaker(content, "sentence", path) == {speaker: sorted(spans) for speaker, spans in sentences.items()}
    assert by_speaker(content, "word", path) == {speaker: sorted(spans) for speaker, spans in words.items()}


def test_praatio_reads_each_sentence_and_word_to_the_millisecond(tmp_path: Path) -> None:
    for transcript in sample_transcripts():
        check_against_payload(transcript, tmp_path / "speech.TextGrid")


def test_praatio_reads_what_the_documented_payloads_say(corpus: Path, tmp_path: Path) -> None:
    transcripts = corpus_transcripts(corpus)
    assert transcripts
    for transcript in transcripts:
        check_against_payload(transcript, tmp_path / "speech.TextGrid")


FORM = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0.000
xmax = 9.000
tiers? <exists>
size = 1
item []:
    item [1]:
        class = "IntervalTier"
        name = "S0 sentence"
        xmin = 0.000
        xmax = 9.000
        intervals: size = 2
        intervals [1]:
            xmin = 0.000
            xmax = 1.000
            text = ""
        intervals [2]:
            xmin = 1.000
            xmax = 9.000
            text = "a ""水"" b"
"""


def test_the_form() -> None:
    result = {"AudioTime": "9", "ResultDetail": [sentence(FinalSentence='a "水" b', SpeakerId="0")]}
    assert written(export_textgrid(transcript_of_result(result), SENTENCES)) == FORM


def check_tiles(grid: Grid) -> None:
    for intervals in grid.tiers.values():
        assert (intervals[0][0], intervals[-1][1]) == (grid.xmin, grid.xmax) == ("0.000", grid.xmax)
        assert all(before[1] == after[0] for before, after in pairwise(intervals))
        assert all(ms(start) < ms(end) for start, end, _ in intervals)
        assert sum(ms(end) - ms(start) for start, end, _ in intervals) == ms(grid.xmax)


def expected(cues: Cues, kind: str) -> Counter[tuple[str, Span]]:
    """What has to be in the tiers of each speaker, by the rules."""
    spans = zip(cues.start.tolist(), cues.end.tolist(), cues.text, cues.speaker, strict=True)
    return Counter(
        (
            f"{speaker} {kind}" if speaker else kind,
            Span(max(start, 0), max(end, max(start, 0) + 1), re.sub("[\n\t]", " ", text)),
        )
        for start, end, text, speaker in spans
    )


def found(grid: Grid) -> Counter[tuple[str, Span]]:
    return Counter(
        (re.sub(r" \(\d+\)$", "", name), span) for name, intervals in grid.tiers.items() for span in labelled(intervals)
    )


@given(odd_results)
def test_tiers_are_tiled_with_all_that_has_a_time_whatever_is_odd(result: dict[str, Any]) -> None:
    transcript = transcript_or_none(result)
    assume(transcript)
    assert transcript is not None
    grid = read(written(export_textgrid(transcript, WORDS)))
    check_tiles(grid)
    cues = (sentence_cues(transcript), "sentence"), (word_cues(transcript), "word")
    assert found(grid) == sum((expected(*of_level) for of_level in cues), Counter())


times = st.integers(0, 60)
spans = st.lists(st.tuples(times, times), min_size=1, max_size=8)


@given(st.lists(spans, min_size=1, max_size=5))
def test_no_interval_overlaps_however_many_words_do(sentences: list[list[tuple[int, int]]]) -> None:
    details = [
        sentence(*(word("水", str(start), str(end)) for start, end in of_sentence), StartMs=str(100 * place))
        for place, of_sentence in enumerate(sentences)
    ]
    transcript = transcript_of(*details)
    grid = read(written(export_textgrid(transcript, WORDS)))
    check_tiles(grid)
    assert sum(len(labelled(intervals)) for name, intervals in grid.tiers.items() if "word" in name) == sum(
        map(len, sentences)
    )


@given(hostile_texts)
def test_any_text_is_a_label_on_one_line(text: str) -> None:
    transcript = transcript_of(sentence(word("a" + text + "z")))
    (cue,) = word_cues(transcript).text
    content = written(export_textgrid(transcript, WORDS))
    assert [span.text for span in labelled(read(content).tiers["word"])] == [re.sub("[\n\t]", " ", cue)]
    assert content.count("\n") == 8 + 2 * 6 + 4 * (2 + 3)  # head, heads of tiers, intervals


def test_a_sentence_tier_alone_at_the_level_of_sentences() -> None:
    details = [sentence(word(), SpeakerId=speaker) for speaker in "10"]
    assert list(tiers_of(*details, level=Level.SENTENCE)) == ["S1 sentence", "S0 sentence"]
    assert list(tiers_of(*details)) == ["S1 sentence", "S1 word", "S0 sentence", "S0 word"]


def test_sentences_that_overlap_keep_their_words_together() -> None:
    first = sentence(word("a", "0", "100"), word("b", "300", "400"), SpeakerId="0", StartMs="0", EndMs="500")
    second = sentence(word("c", "0", "200"), word("d", "200", "300"), SpeakerId="0", StartMs="50", EndMs="400")
    third = sentence(word("e", "0", "100"), SpeakerId="0", StartMs="500", EndMs="600")
    transcript = transcript_of(first, second, third)
    assert tiers_of(first, second, third) == {
        "S0 sentence": [(0, 500, "ab"), (500, 600, "ab")],
        "S0 sentence (2)": [(50, 400, "ab")],
        "S0 word": [(0, 100, "a"), (300, 400, "b"), (500, 600, "e")],
        "S0 word (2)": [(50, 250, "c"), (250, 350, "d")],
    }
    overlapping = "overlap others of the speaker, put in further tiers"
    assert warnings(export_textgrid(transcript, WORDS)) == [
        (f"sentences that {overlapping}", 1, "ResultDetail[1]"),
        (f"words that {overlapping}", 2, "ResultDetail[1]"),
    ]


def test_a_word_without_length_pushes_no_other_out_of_its_tier() -> None:
    detail = sentence(word("a", "0", "0"), word("b", "0", "50"), word("c", "50", "50"), word("d", "60", "60"))
    tiers = tiers_of(detail)
    assert tiers["word"] == [(1000, 1050, "b"), (1050, 1051, "c"), (1060, 1061, "d")]
    assert tiers["word (2)"] == [(1000, 1001, "a")]
    assert warnings(export_textgrid(transcript_of(detail), WORDS)) == [
        ("without length, now 1 ms long", 3, "ResultDetail[0]"),
        ("words that overlap others of the speaker, put in further tiers", 1, "ResultDetail[0]"),
    ]


def test_what_is_done_to_a_sentence_and_to_words_is_one_warning() -> None:
    reversed_ = word("a", "90", "20"), word("b", "200", "100")
    fine = sentence(word(), StartMs="0", EndMs="900")
    exported = export_textgrid(transcript_of(fine, sentence(*reversed_, StartMs="1900", EndMs="1000")), WORDS)
    assert warnings(exported) == [("end before start, exchanged", 3, "ResultDetail[1]")]


def test_a_sentence_that_is_written_whole_among_words_is_warned_of_once() -> None:
    exported = export_textgrid(transcript_of(sentence(EndMs="1000"), sentence(word(), word("b", "9", "9"))), WORDS)
    assert warnings(exported)[0] == ("without length, now 1 ms long", 2, "ResultDetail[0]")


def test_nothing_is_before_0() -> None:
    detail = sentence(word("a", "-30", "20"), word("b", "-90", "-80"), StartMs="0")
    assert tiers_of(detail)["word"] == [(0, 20, "a")]
    assert tiers_of(detail)["word (2)"] == [(0, 1, "b")]
    assert ("times before the audio begins, set to 0", 2, "ResultDetail[0]") in warnings(
        export_textgrid(transcript_of(detail), WORDS)
    )


@pytest.mark.parametrize(
    ("audio", "word_end", "xmax"),
    [("12.3456", "8000", "12.346"), ("0.5", "8000", "9.000"), (None, "8000", "9.000"), ("9", "9500", "10.500")],
)
def test_tiers_end_with_the_audio_or_behind_it(audio: str | None, word_end: str, xmax: str) -> None:
    result = {"AudioTime": audio, "ResultDetail": [sentence(word(end=word_end))]}
    grid = read(written(export_textgrid(transcript_of_result(result), SENTENCES)))
    assert grid.xmax == xmax


def test_what_is_changed_or_may_be_read_otherwise_is_said() -> None:
    exported = export_textgrid(
        transcript_of(sentence(FinalSentence="a\tb\nc"), sentence(FinalSentence="\\ab")), SENTENCES
    )
    assert warnings(exported) == [
        ("line ends and tabs replaced by spaces", 1, "ResultDetail[0]"),
        ("sentences that overlap others of the speaker, put in further tiers", 1, "ResultDetail[1]"),
        ("backslashes, which Praat may show as other characters", 1, "ResultDetail[1]"),
    ]


def test_a_transcript_in_which_nothing_has_a_time_is_a_grid_without_tiers() -> None:
    exported = export_textgrid(transcript_of({"FinalSentence": "a"}), SENTENCES)
    assert read(written(exported)) == Grid("0.000", "0.000", {})
    assert [what for what, _, _ in warnings(exported)] == ["left out for want of a time"]
