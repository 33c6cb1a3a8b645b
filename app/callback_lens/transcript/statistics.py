"""How much was said, how fast, and with which pauses: of all, by sentence, by speaker, or of a range of time.

Needs numpy, as ``transcript.reading`` does.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from callback_lens.transcript.columns import NO_TIME, Places, Times, WordKind
from callback_lens.transcript.measures import Measures
from callback_lens.transcript.neighbours import numbered, run_firsts
from callback_lens.transcript.pace_statistics import PaceStatistics, pace_statistics

Counts = NDArray[np.intp]
Values = NDArray[np.float64]
Selected: TypeAlias = "slice | NDArray[np.integer]"  # a slice copies nothing

EARLIEST, LATEST = -(2**62), 2**62  # beyond all times


class SpeechStatistics(NamedTuple):
    """How much was said, and how fast.

    ``words`` are without punctuation, ``chars`` with it, ``spoken_chars`` without; a sentence without words counts by
    the characters of its text. ``sentence_ms`` is how long the sentences take, ``word_ms`` how long it is from the
    first to the last word of each. ``reported_speed`` is the mean SpeechSpeed, by how long the sentences take.
    """

    sentences: Counts
    words: Counts
    chars: Counts
    spoken_chars: Counts
    sentence_ms: Values
    word_ms: Values
    reported_speed: Values

    def speeds(self) -> tuple[Values, Values, Values, Values]:
        """Characters per second: spoken ones by sentences, by words; all by sentences, by words. NaN without a time.

        No source says which SpeechSpeed is, and none of them gives that of the documented samples.
        """
        pairs = [(chars, ms) for chars in (self.spoken_chars, self.chars) for ms in (self.sentence_ms, self.word_ms)]
        spoken, spoken_in_words, all_, all_in_words = (_ratio(chars * np.float64(1000), ms) for chars, ms in pairs)
        return spoken, spoken_in_words, all_, all_in_words


class PauseStatistics(NamedTuple):
    """Pauses between sentences, which belong to the sentence that follows, and those that slow words hide."""

    pauses: Counts
    ms: Values
    longest_ms: Times
    hidden: Counts
    hidden_ms: Values


class OverlapStatistics(NamedTuple):
    """How many sentences begin while one of the same speaker, or of another, runs; how many words while the last
    one does.
    """

    same_speaker: Counts
    other_speaker: Counts
    words: Counts


class Statistics(NamedTuple):
    """Columns with an entry for each group of sentences; NaN where nothing says how much."""

    speech: SpeechStatistics
    paces: PaceStatistics
    pauses: PauseStatistics
    overlaps: OverlapStatistics


def statistics_of_all(measures: Measures) -> Statistics:
    """One group: everything."""
    return _statistics(_Selection(measures, *_one_group(measures)))


def statistics_of_range(measures: Measures, start: int, end: int) -> Statistics:
    """One group: what lies between ``start`` and ``end`` (ms in the audio).

    Words are in the range that they start in, as are sentences where they are counted, so that adjoining ranges add
    up; of the length of sentences and pauses what lies in the range counts.
    """
    return _statistics(_Selection(measures, *_one_group(measures), (start, end)))


def statistics_by_sentence(measures: Measures) -> Statistics:
    """A group for each sentence."""
    places = np.arange(len(measures.speeds))
    return _statistics(_Selection(measures, places, len(places)))


def statistics_by_speaker(measures: Measures) -> tuple[list[str | None], Statistics]:
    """The speakers in the order of their first sentences, and a group for each."""
    names, groups = numbered(measures.transcript.sentences.speaker)
    return names, _statistics(_Selection(measures, groups, len(names)))


def real_time_factor(run_ms: int | None, audio_ms: float | None) -> float | None:
    """How long the job ran for each second of audio; None where one of the two is unknown or no length."""
    return run_ms / audio_ms if run_ms is not None and run_ms >= 0 and audio_ms and audio_ms > 0 else None


def _one_group(measures: Measures) -> tuple[Places, int]:
    return np.zeros(len(measures.speeds), np.intp), 1


class _Selection(NamedTuple):
    """The group of each sentence, how many groups there are, and the range of time (ms) where not all counts."""

    measures: Measures
    groups: Places
    group_count: int
    span: tuple[int, int] | None = None

    def starting(self, start: Times) -> Selected:
        """Which items with these starts are selected."""
        if self.span is None:
            return slice(0, len(start))
        places = np.flatnonzero((start >= self.span[0]) & (start < self.span[1]))
        is_run = len(places) and places[-1] - places[0] == len(places) - 1
        return slice(int(places[0]), int(places[-1]) + 1) if is_run else places

    def lengths(self, start: Times, end: Times) -> Times:
        """How long (ms) each item takes, in the range if there is one; 0 for what ends before it starts."""
        forwards = (start != NO_TIME) & (start <= end)
        if self.span is not None:
            start, end = np.clip(start, *self.span), np.clip(end, *self.span)
        lengths: Times = np.where(forwards, end - start, 0)
        return lengths

    def counts(self, sentences: Selected) -> Counts:
        """How many of ``sentences``, some perhaps several times, are of each group."""
        return np.bincount(self.groups[sentences], minlength=self.group_count)

    def totals(self, sentences: Selected, values: NDArray[np.number]) -> Values:
        """The sums of ``values``, of a sentence each, by group."""
        return np.bincount(self.groups[sentences], values, self.group_count).astype(np.float64)


def _statistics(selection: _Selection) -> Statistics:
    words = selection.starting(selection.measures.transcript.words.start)
    return Statistics(_speech(selection, words), _paces(selection, words), _pauses(selection), _overlaps(selection))


def _speech(selection: _Selection, selected: Selected) -> SpeechStatistics:
    measures, words = selection.measures, selection.measures.transcript.words
    sentences = selection.starting(measures.transcript.sentences.start)
    sentence_ms, reported_speed = _sentence_times(selection)
    of_words = words.sentence[selected]
    firsts = run_firsts(of_words)
    spoken_in = of_words[firsts]

    def total(of_words: NDArray[np.int32], of_texts: NDArray[np.int64]) -> Counts:
        chars = selection.totals(spoken_in, np.add.reduceat(of_words, firsts))
        return (chars + selection.totals(sentences, of_texts[sentences])).astype(np.intp)

    is_spoken, chars = (words.kind[selected] != WordKind.PUNCTUATION).astype(np.int32), measures.chars[selected]
    return SpeechStatistics(
        sentences=selection.counts(sentences),
        words=selection.totals(spoken_in, np.add.reduceat(is_spoken, firsts)).astype(np.intp),
        chars=total(chars, measures.text_chars),
        spoken_chars=total(chars * is_spoken, measures.text_spoken_chars),
        sentence_ms=sentence_ms,
        word_ms=selection.totals(spoken_in, _lengths(words.start[selected], words.end[selected], firsts)),
        reported_speed=reported_speed,
    )


def _sentence_times(selection: _Selection) -> tuple[Values, Values]:
    sentences, speeds = selection.measures.transcript.sentences, selection.measures.speeds
    lengths = selection.lengths(sentences.start, sentences.end)
    reported = np.flatnonzero(~np.isnan(speeds))
    weights, values = lengths[reported], lengths[reported] * speeds[reported]
    reported_speed = _ratio(selection.totals(reported, values), selection.totals(reported, weights))
    return selection.totals(slice(None), lengths), reported_speed


def _lengths(start: Times, end: Times, firsts: Places) -> Times:
    """How long it is from the earliest start to the latest end of each run of words that begins at ``firsts``."""
    backwards = (start == NO_TIME) | (end < start)
    if backwards.any():
        start, end = np.where(backwards, LATEST, start), np.where(backwards, EARLIEST, end)
    lengths: Times = np.maximum(np.maximum.reduceat(end, firsts) - np.minimum.reduceat(start, firsts), 0)
    return lengths


def _paces(selection: _Selection, selected: Selected) -> PaceStatistics:
    measures = selection.measures
    sentences = measures.transcript.words.sentence[selected]
    groups = np.zeros((), np.intp) if selection.group_count == 1 else selection.groups[sentences]
    paces = pace_statistics(measures.ranks[selected], measures.distinct_paces, groups, selection.group_count)
    places = selected.start + paces.slowest if isinstance(selected, slice) else np.append(selected, -1)[paces.slowest]
    return paces._replace(slowest=np.where(paces.slowest < 0, -1, places))


def _pauses(selection: _Selection) -> PauseStatistics:
    measures = selection.measures
    pauses, hidden = measures.pauses, measures.hidden_pauses
    lengths = selection.lengths(pauses.start, pauses.end)
    longest = np.zeros(selection.group_count, np.int64)
    np.maximum.at(longest, selection.groups[pauses.sentence], lengths)
    starting = selection.starting(measures.transcript.words.start[hidden.word])
    hidden_in = measures.transcript.words.sentence[hidden.word[starting]]
    return PauseStatistics(
        pauses=selection.counts(pauses.sentence[lengths > 0]),
        ms=selection.totals(pauses.sentence, lengths),
        longest_ms=longest,
        hidden=selection.counts(hidden_in),
        hidden_ms=selection.totals(hidden_in, hidden.ms[starting]),
    )


def _overlaps(selection: _Selection) -> OverlapStatistics:
    measures = selection.measures
    words, sentences = measures.transcript.words, measures.transcript.sentences
    overlapping = measures.overlapping_words
    same, other = (
        selection.counts(places[selection.starting(sentences.start[places])])
        for places in measures.overlapping_sentences
    )
    in_words = overlapping[selection.starting(words.start[overlapping])]
    return OverlapStatistics(same, other, selection.counts(words.sentence[in_words]))


def _ratio(values: Values, divisors: Values) -> Values:
    ratios: Values = np.divide(values, divisors, out=np.full(len(values), np.nan), where=divisors > 0)
    return ratios
