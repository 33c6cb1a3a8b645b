"""What is odd about each word, as bits: what a picture marks and what one steps through.

Needs numpy, as ``transcript.reading`` does.
"""

from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

from callback_lens.transcript import TOLERANCE_MS
from callback_lens.transcript.columns import NO_TIME, Transcript
from callback_lens.transcript.misplaced import backward_words, disordered_words, overlapping_words, words_outside
from callback_lens.transcript.pace import Paces, slow_places, usual_pace

Flags = NDArray[np.uint16]


class WordFlag(IntFlag):
    """What can be odd about a word; all but ``NO_LENGTH`` is also a finding."""

    SLOW = 1
    OUTSIDE_SENTENCE = 2
    REVERSED = 4
    OUT_OF_ORDER = 8
    OVERLAPPING = 16
    INCOMPLETE = 32  # a time is missing, or no number
    NO_LENGTH = 64


def word_flags(transcript: Transcript, paces: Paces, tolerance_ms: int = TOLERANCE_MS) -> Flags:
    """The flags of each word; ``paces`` are its ``ms_per_char``, ``tolerance_ms`` is that of ``check_transcript``."""
    words = transcript.words
    unknown = (words.start == NO_TIME) | (words.end == NO_TIME)
    places = {
        WordFlag.SLOW: slow_places(paces, usual_pace(paces)[1]),
        WordFlag.OUTSIDE_SENTENCE: words_outside(transcript, tolerance_ms),
        WordFlag.REVERSED: backward_words(words),
        WordFlag.OUT_OF_ORDER: disordered_words(words, tolerance_ms)[0],
        WordFlag.OVERLAPPING: overlapping_words(words, tolerance_ms)[0],
        WordFlag.INCOMPLETE: np.flatnonzero(unknown),
        WordFlag.NO_LENGTH: np.flatnonzero((words.start == words.end) & ~unknown),
    }
    flags = np.zeros(len(words.text), np.uint16)
    for flag, flagged in places.items():
        flags[flagged] |= np.uint16(flag)
    return flags
