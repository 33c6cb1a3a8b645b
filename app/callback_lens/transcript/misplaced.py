"""Sentences and words whose times contradict those of others.

Needs numpy, as ``transcript.reading`` does.
"""

from typing import NamedTuple

import numpy as np

from callback_lens.transcript.columns import NO_TIME, Places, Times, Transcript, WordKind, Words
from callback_lens.transcript.neighbours import numbered, places_ahead


class OverlappingSentences(NamedTuple):
    """The places of sentences that begin while an earlier one runs, of the same speaker or of another."""

    same_speaker: Places
    other_speaker: Places


def words_outside(transcript: Transcript, tolerance_ms: int = 0) -> Places:
    """The places of words that begin before their sentence or end after it."""
    words, sentences = transcript.words, transcript.sentences
    starts, ends = sentences.start[words.sentence], sentences.end[words.sentence]
    early = (words.start != NO_TIME) & (starts != NO_TIME) & (words.start < starts - tolerance_ms)
    late = (ends != NO_TIME) & (words.end > ends + tolerance_ms)
    return np.flatnonzero(early | late)


def backward_words(words: Words) -> Places:
    """The places of words that end before they start."""
    return np.flatnonzero((words.end != NO_TIME) & (words.end < words.start))


def disordered_words(words: Words, tolerance_ms: int = 0) -> tuple[Places, Places]:
    """The places of words that start before the one ahead in their sentence does, and of those ahead."""
    ahead = places_ahead(np.flatnonzero(words.start != NO_TIME), words.sentence)
    disordered = np.flatnonzero((ahead >= 0) & (words.start < words.start[ahead] - tolerance_ms))
    return disordered, ahead[disordered]


def overlapping_words(words: Words, tolerance_ms: int = 0) -> tuple[Places, Places]:
    """The places of words that start before the one ahead in their sentence has ended, and of those ahead.

    Punctuation has the times of the word that it follows and counts for nothing, as do words that end before they
    start; a word that starts before the one ahead does is out of order instead.
    """
    spoken = (words.start != NO_TIME) & (words.start <= words.end) & (words.kind != WordKind.PUNCTUATION)
    ahead = places_ahead(np.flatnonzero(spoken), words.sentence)
    in_order = (ahead >= 0) & (words.start >= words.start[ahead] - tolerance_ms)
    overlapping = np.flatnonzero(in_order & (words.start < words.end[ahead] - tolerance_ms))
    return overlapping, ahead[overlapping]


def overlapping_sentences(transcript: Transcript) -> OverlappingSentences:
    """To the millisecond; a sentence can overlap with both. Those without length or without times do with none."""
    sentences = transcript.sentences
    timed = np.flatnonzero((sentences.start != NO_TIME) & (sentences.end > sentences.start))
    start, end = sentences.start[timed], sentences.end[timed]
    _, speakers = numbered(sentences.speaker)
    of_speaker = _running_at_start(start, end, speakers[timed])
    of_anyone = _running_at_start(start, end, np.zeros_like(timed))
    return OverlappingSentences(timed[of_speaker > 0], timed[of_anyone > of_speaker])


def _running_at_start(start: Times, end: Times, groups: Places) -> Places:
    """For each span how many others of its group that start earlier, or stand ahead of it, still run as it starts.

    Every span ends after it starts.
    """
    moments = np.sort(np.concatenate([start, end]))
    starts = groups * len(moments) + np.searchsorted(moments, start)
    ends = np.sort(groups * len(moments) + np.searchsorted(moments, end))
    started = np.empty(len(start), np.intp)
    started[np.argsort(starts, kind="stable")] = np.arange(len(start))
    return started - np.searchsorted(ends, starts, side="right")
