"""Praat's TextGrid in its long text form: tiers of intervals.

Praat's manual ("TextGrid file formats") and praatio agree that the intervals of a tier fill it: each is longer than 0
and begins at the very number at which the one before it ends. Pauses are intervals without text.
"""

from collections.abc import Iterator, Sequence
from itertools import compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from callback_lens.errors import Message
from callback_lens.export.cues import Cues, Export, ExportOptions, Level, PositiveSpans, cues_at, positive_spans
from callback_lens.export.notes import Note, warnings_of
from callback_lens.export.plain_text import labels, places_with
from callback_lens.export.times import decimal_seconds
from callback_lens.export.word_groups import beside_sentences, timed_words
from callback_lens.transcript.columns import Places, Times, Transcript
from callback_lens.transcript.neighbours import numbered
from callback_lens.transcript.rows import lowest_free_rows, places_by

HEAD = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0.000
xmax = {xmax}
tiers? <exists>
size = {size}
item []:"""
TIER_HEAD = """    item [{number}]:
        class = "IntervalTier"
        name = "{name}"
        xmin = 0.000
        xmax = {xmax}
        intervals: size = {size}"""
# What stands before an interval's number, its start, its end and its text, and behind that.
INTERVAL = ("        intervals [", "]:\n            xmin = ", "\n            xmax = ", '\n            text = "', '"\n')

OVERLAPPING = {
    Level.SENTENCE: Message("sentences that overlap others of the speaker, put in further tiers"),
    Level.WORD: Message("words that overlap others of the speaker, put in further tiers"),
}


class Tier(NamedTuple):
    """Those cues at ``places`` that share a tier: none of them overlap. ``row`` 0 is the speaker's first tier."""

    speaker: str | None
    level: Level
    row: int
    places: Places
    edges: Times
    text: list[str]

    @property
    def name(self) -> str:
        """``S0 word``, and of further tiers ``S0 word (2)``."""
        name = f"{self.speaker} {self.level}" if self.speaker else str(self.level)
        return f"{name} ({self.row + 1})" if self.row else name


def export_textgrid(transcript: Transcript, options: ExportOptions) -> Export:
    """For each speaker a tier of sentences and, at the level of words, one of words; what overlaps is in further tiers.

    The tiers go from 0 to the end of the audio, or of the last sentence or word if one ends later.
    """
    tiers: list[Tier] = []
    notes: list[Note] = []
    for level in sorted({Level.SENTENCE, options.level}):
        cues = cues_at(level, transcript)
        spans = positive_spans(cues)
        text, of_lines = labels(cues.text, cues.sentence)
        of_level = list(_tiers(level, cues, spans, text))
        further = np.concatenate([np.empty(0, np.intp), *(tier.places for tier in of_level if tier.row)])
        backslashes = places_with("\\", cues.text)
        tiers += of_level
        of_cues = [
            *cues.notes,
            *spans.notes,
            of_lines,
            Note(OVERLAPPING[level], cues.sentence[further]),
            Note(Message("backslashes, which Praat may show as other characters"), cues.sentence[backslashes]),
        ]
        notes += beside_sentences(of_cues, notes, timed_words(transcript).whole)
    _, speaker = numbered([tier.speaker for tier in tiers])
    by_speaker = [tiers[place] for place in np.argsort(speaker, kind="stable").tolist()]
    return Export(list(_lines(by_speaker, _length(tiers, transcript))), warnings_of(notes, transcript))


def _tiers(level: Level, cues: Cues, spans: PositiveSpans, text: Sequence[str]) -> Iterator[Tier]:
    _, speaker = numbered(cues.labels)
    for of_speaker in places_by(speaker[cues.sentence]):
        rows = _rows(spans.start[of_speaker], spans.end[of_speaker], cues.sentence[of_speaker])
        for row, in_row in enumerate(places_by(rows)):
            places = of_speaker[in_row]
            edges = np.column_stack([spans.start[places], spans.end[places]]).ravel()
            label = cues.labels[cues.sentence[places[0]]]
            yield Tier(label, level, row, places, edges, list(map(text.__getitem__, places.tolist())))


def _rows(start: Times, end: Times, sentence: NDArray[np.integer]) -> Places:
    """The row of each cue: one for all of them, or for those of a sentence, or as many as they need.

    ``start`` ascends; no row is skipped.
    """
    if (start[1:] >= end[:-1]).all():
        return np.zeros(len(start), np.intp)
    _, unit = np.unique(sentence, return_inverse=True)
    unit_start, unit_end = np.full((2, unit.max() + 1), [[start.max()], [end.min()]])
    np.minimum.at(unit_start, unit, start)
    np.maximum.at(unit_end, unit, end)
    outer = lowest_free_rows(unit_start, unit_end)[unit]
    inner = np.zeros(len(start), np.intp)
    for places in places_by(outer):
        inner[places] = lowest_free_rows(start[places], end[places])
    rows: Places = np.unique(outer * (inner.max() + 1) + inner, return_inverse=True)[1]
    return rows


def _length(tiers: Sequence[Tier], transcript: Transcript) -> int:
    """The ms that each tier fills."""
    ends = [transcript.sentences.end, transcript.words.end, *(tier.edges[-1:] for tier in tiers)]
    return int(max(round(transcript.audio_ms or 0), *(times.max(initial=0) for times in ends)))


def _lines(tiers: Sequence[Tier], length: int) -> Iterator[str]:
    (xmax,) = decimal_seconds(np.array([length]))
    yield HEAD.format(xmax=xmax, size=len(tiers))
    most = max((len(tier.edges) for tier in tiers), default=0) + 1
    numbers = list(map(str, range(1, most + 1)))
    for number, tier in enumerate(tiers, 1):
        points, texts = _intervals(tier, length)
        name = tier.name.replace('"', '""')
        yield TIER_HEAD.format(number=number, name=name, xmax=xmax, size=len(texts))
        yield _body(numbers[: len(texts)], points, texts)


def _intervals(tier: Tier, length: int) -> tuple[list[str], list[str]]:
    """The times at which intervals begin, and the last one's end; the texts of the intervals, pauses among them."""
    points = np.concatenate([[0], tier.edges, [length]])
    is_long = np.diff(points) > 0
    texts = [""] * len(is_long)
    texts[1::2] = tier.text
    times = decimal_seconds(np.append(points[:-1][is_long], length))
    return times, list(compress(texts, is_long.tolist()))


def _body(numbers: Sequence[str], points: Sequence[str], texts: list[str]) -> str:
    """The intervals, each from the very point at which the one before it ends."""
    for place in places_with('"', texts):
        texts[place] = texts[place].replace('"', '""')
    before, xmin_is, xmax_is, text_is, behind = INTERVAL
    pieces = [before, "", xmin_is, "", xmax_is, "", text_is, "", behind] * len(texts)
    pieces[1::9] = numbers
    pieces[3::9] = points[:-1]
    pieces[5::9] = points[1:]
    pieces[7::9] = texts
    pieces[-1] = '"'  # the line's end is not part of it
    return "".join(pieces)
