"""Who speaks when: the sentences and words of each speaker in rows, indexed by time.

Needs numpy, as ``transcript.reading`` does.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from callback_lens.transcript.columns import NO_TIME, Places, Sentences, Transcript
from callback_lens.transcript.neighbours import numbered
from callback_lens.transcript.rows import lowest_free_rows, places_by
from callback_lens.transcript.span_index import SpanIndex, span_index
from callback_lens.transcript.spans import Spans, sentence_spans

ROWS = 8  # of a lane at most: in the last one sentences may cover each other


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Sentences of one speaker that do not overlap (but see ``ROWS``), and their words, which may."""

    sentences: SpanIndex
    words: SpanIndex


@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """What one speaker says; ``speaker`` is the id as written, None for the sentences that have none."""

    speaker: str | None
    rows: list[Row]


@dataclass(frozen=True, slots=True, eq=False)
class Lanes:
    """A lane for each speaker, in the order in which they are first written.

    ``lane`` and ``row`` say of each sentence where it is, with its words. ``sentences`` are the spans that were used.
    ``untimed_sentences`` and ``untimed_words`` are the places of what has no known time and so is in no row.
    """

    lanes: list[Lane]
    lane: Places
    row: Places
    sentences: Spans
    untimed_sentences: Places
    untimed_words: Places

    def rows(self) -> Iterator[Row]:
        """The rows of all lanes."""
        return (row for lane in self.lanes for row in lane.rows)


def read_lanes(transcript: Transcript) -> Lanes:
    """The lanes of a transcript; its words are where their sentences are."""
    words, sentences = transcript.words, sentence_spans(transcript)
    speakers, lane = numbered(transcript.sentences.speaker)
    row = _rows(lane, sentences)
    lanes = [Lane(speaker, []) for speaker in speakers]
    for places in places_by(lane * ROWS + row):
        of_sentences = span_index(places, sentences.start, sentences.end)
        of_words = span_index(_words_of(transcript.sentences, places), words.start, words.end)
        lanes[lane[places[0]]].rows.append(Row(of_sentences, of_words))
    untimed_words = np.flatnonzero((words.start == NO_TIME) & (words.end == NO_TIME))
    return Lanes(lanes, lane, row, sentences, np.flatnonzero(sentences.start == NO_TIME), untimed_words)


def _rows(lane: Places, sentences: Spans) -> Places:
    """The row of each sentence in its lane; 0 for those without times."""
    rows = np.zeros(len(lane), np.intp)
    timed = np.flatnonzero(sentences.start != NO_TIME)
    for of_lane in places_by(lane[timed]):
        places = timed[of_lane]
        rows[places] = np.minimum(lowest_free_rows(sentences.start[places], sentences.end[places]), ROWS - 1)
    return rows


def _words_of(sentences: Sentences, places: Places) -> Places:
    """The places of the words of these sentences, ascending as these do."""
    first, counts = sentences.first_word[places], np.diff(sentences.first_word)[places]
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(counts.sum())
