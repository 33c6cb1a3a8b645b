"""Which words of a cue can have a timestamp before them in WebVTT, and the cue's text cut before each word."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from callback_lens.errors import Message
from callback_lens.export.cues import Cues, PositiveSpans, span_notes
from callback_lens.export.notes import Note
from callback_lens.export.plain_text import plain_notes, plain_texts
from callback_lens.export.word_groups import joined, timed_notes, timed_words
from callback_lens.transcript.columns import NO_TIME, Places, Times, Transcript
from callback_lens.transcript.spans import spans


class StampedWords(NamedTuple):
    """The pieces of the cues' texts, one cue after the other; those of a cue begin at its entry in ``first``.

    ``stamp`` is the time before each piece (ms), ``NO_TIME`` where there is none.
    """

    text: list[str]
    stamp: Times
    first: list[int]
    notes: list[Note]


def stamped_words(transcript: Transcript, cues: Cues, cue_spans: PositiveSpans) -> StampedWords:
    """The words of the sentences that ``cues`` are, with punctuation and all. A cue without words has no pieces."""
    words, timed = transcript.words, timed_words(transcript)
    cue_of = np.full(len(transcript.sentences.text), -1)
    cue_of[cues.sentence] = np.arange(len(cues.text))
    cue = cue_of[words.sentence]
    span = spans(words.start[timed.places], words.end[timed.places])
    start = np.full(len(cue), NO_TIME)
    start[timed.places] = np.maximum(span.start, 0)
    order = np.argsort(cue, kind="stable")[np.count_nonzero(cue < 0) :]
    cue, start = cue[order], start[order]
    stamped, lost = _stamped(cue, start, cue_spans)
    first = np.searchsorted(cue, np.arange(len(cues.text) + 1)).tolist()
    plain = plain_texts(list(map(words.text.__getitem__, order.tolist())))
    unlike = _cut(plain.texts, first, cues.text)
    is_lost = Message("words outside their sentence or before the word ahead, without a time of their own")
    notes = [
        *timed_notes(timed),
        *span_notes(span, words.sentence[timed.places]),
        *plain_notes(plain, words.sentence[order]),
        Note(Message("words that do not make up the sentence's text, written instead of it"), cues.sentence[unlike]),
        Note(is_lost, cues.sentence[cue[lost]]),
    ]
    return StampedWords(plain.texts, np.where(stamped, start, NO_TIME), first, notes)


def _cut(words: list[str], first: Sequence[int], texts: Sequence[str]) -> list[int]:
    """Make of ``words`` the pieces of ``texts`` from each word to the next; gives the places where they are no such."""
    unlike = []
    for place, (begin, end) in enumerate(pairwise(first)):
        own = words[begin:end]
        if "".join(own) != texts[place]:
            pieces = _pieces(texts[place], own)
            if own and not pieces:
                unlike.append(place)
                pieces = [joined(pair).removesuffix(pair[1]) for pair in pairwise([*own, ""])]
            words[begin:end] = pieces
    return unlike


def _pieces(text: str, words: Sequence[str]) -> list[str]:
    """``text`` cut before each of ``words`` but the first; nothing where it has not all of them in this order."""
    cuts, place = [], 0
    for word in words:
        place = text.find(word, place)
        if place < 0:
            return []
        cuts.append(place)
        place += len(word)
    return [text[cut:next_cut] for cut, next_cut in pairwise([0, *cuts[1:], len(text)])] if words else []


def _stamped(cue: Places, start: Times, cue_spans: PositiveSpans) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which words get a timestamp, and which lose their time: timestamps ascend, and lie inside their cue.

    A word that starts with its cue, or with the word ahead of it, needs none.
    """
    into = np.where(start == NO_TIME, 0, start - cue_spans.start[cue])
    inside = (into > 0) & (start < cue_spans.end[cue])
    longest = min(int(into.max(initial=0)) + 1, 2**62 // (len(cue_spans.start) + 1))  # so that no number overflows
    begin = cue * longest
    reached = begin + np.where(inside, np.minimum(into, longest - 1), 0)
    before = np.maximum(begin, np.concatenate([[0], np.maximum.accumulate(reached)[:-1]]))
    stamped = reached > before
    return stamped, ~stamped & (start != NO_TIME) & (into != before - begin)
