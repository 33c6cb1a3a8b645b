"""From times as a payload has them to spans that start no later than they end.

Needs numpy, as ``transcript.reading`` does.
"""

from typing import NamedTuple

import numpy as np

from callback_lens.transcript.columns import NO_TIME, Places, Times, Transcript


class Spans(NamedTuple):
    """``start`` <= ``end`` in ms, both ``NO_TIME`` where neither is known.

    ``incomplete`` has the places where one of them stands for both, ``reversed`` those where they were exchanged.
    """

    start: Times
    end: Times
    incomplete: Places
    reversed: Places


def spans(start: Times, end: Times) -> Spans:
    """The spans from these starts to these ends, either of which may be ``NO_TIME`` or later than the other."""
    incomplete = np.flatnonzero((start == NO_TIME) != (end == NO_TIME))
    start, end = np.where(start == NO_TIME, end, start), np.where(end == NO_TIME, start, end)
    return Spans(np.minimum(start, end), np.maximum(start, end), incomplete, np.flatnonzero(end < start))


def span_at(start: Times, end: Times, place: int) -> tuple[int, int] | None:
    """The span at one place of these columns; None where neither of its times is known."""
    first, last, _, _ = spans(start[[place]], end[[place]])
    return None if first[0] == NO_TIME else (int(first[0]), int(last[0]))


def sentence_spans(transcript: Transcript) -> Spans:
    """The spans of the sentences. What one does not say of its times, its words say; it is ``incomplete`` then too."""
    sentences, words = transcript.sentences, transcript.words
    start, end = sentences.start.copy(), sentences.end.copy()
    incomplete = np.flatnonzero((start == NO_TIME) | (end == NO_TIME))
    for place in incomplete.tolist():
        of_words = sentences.words(place)
        spoken = spans(words.start[of_words], words.end[of_words])
        known = spoken.start != NO_TIME
        if known.any():
            start[place] = spoken.start[known].min() if start[place] == NO_TIME else start[place]
            end[place] = spoken.end[known].max() if end[place] == NO_TIME else end[place]
    completed = spans(start, end)
    return completed._replace(incomplete=incomplete[completed.start[incomplete] != NO_TIME])
