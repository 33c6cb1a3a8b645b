"""Silence: between sentences, and hidden inside words.

Needs numpy, as ``transcript.reading`` does.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from callback_lens.transcript.columns import NO_TIME, Places, Times, Transcript
from callback_lens.transcript.pace import Paces, slow_places, usual_pace


class Pauses(NamedTuple):
    """Times (ms in the audio) at which nobody speaks, in order; ``sentence`` is the place of the one that follows."""

    start: Times
    end: Times
    sentence: Places


class HiddenPauses(NamedTuple):
    """The places of slow words, slowest first, and by how many ms each is longer than usual for its characters."""

    word: Places
    ms: NDArray[np.float64]


def pauses_between_sentences(transcript: Transcript) -> Pauses:
    """From the end of all sentences so far to the start of the next one, whoever speaks."""
    start, end = transcript.sentences.start, transcript.sentences.end
    usable = np.flatnonzero((start != NO_TIME) & (end >= start))
    order = usable[np.argsort(start[usable], kind="stable")]
    silent_from, until = np.maximum.accumulate(end[order])[:-1], start[order[1:]]
    silent = until > silent_from
    return Pauses(silent_from[silent], until[silent], order[1:][silent])


def hidden_pauses(paces: Paces, chars: NDArray[np.int32]) -> HiddenPauses:
    """What slow words take beyond the median pace; ``paces`` in ms per character, ``chars`` of all words."""
    usual, slow_above = usual_pace(paces)
    slow = slow_places(paces, slow_above)
    return HiddenPauses(slow, (paces[slow].astype(np.float64) - usual) * chars[slow])
