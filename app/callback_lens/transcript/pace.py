"""How long words take for each of their characters: what shows the pauses that words hide.

Needs numpy, as ``transcript.reading`` does.
"""

import numpy as np
from numpy.typing import NDArray

from callback_lens.transcript.columns import NO_TIME, Places, Transcript, WordKind

SLOW_DEVIATIONS = 6
PIECE = 20_000  # words: a thread that counts their characters holds the interpreter for so many, 2 ms or less

Paces = NDArray[np.float32]


def word_chars(transcript: Transcript) -> NDArray[np.int32]:
    """How many characters each word has."""
    texts = transcript.words.text
    chars = np.empty(len(texts), np.int32)
    for first in range(0, len(texts), PIECE):
        piece = texts[first : first + PIECE]
        chars[first : first + PIECE] = np.fromiter(map(len, piece), np.int32, len(piece))
    return chars


def ms_per_char(transcript: Transcript, chars: NDArray[np.int32]) -> Paces:
    """How many ms each word takes for each of its ``chars`` (``word_chars``); NaN for what is no word, and where the
    times do not say.
    """
    words = transcript.words
    measurable = (words.kind == WordKind.WORD) & (chars > 0) & (words.start != NO_TIME) & (words.end > words.start)
    paces = np.full(len(chars), np.nan, np.float32)
    np.divide(words.end - words.start, chars, out=paces, where=measurable, casting="same_kind")
    return paces


def usual_pace(paces: Paces) -> tuple[float, float]:
    """The median of ``paces`` and the pace above which a word is slow, both NaN where no word has a pace.

    That is median + 6 × MAD (the median absolute deviation), but at least twice the median.
    """
    known = paces[~np.isnan(paces)]
    if not len(known):
        return np.nan, np.nan
    median = _median(known)
    deviation = _median(np.abs(known - median))
    return median, median + max(SLOW_DEVIATIONS * deviation, median)


def _median(values: Paces) -> float:
    middle = [(len(values) - 1) // 2, len(values) // 2]
    return float(np.partition(values, middle)[middle].mean())  # np.median would first import numpy.ma, for 13 ms


def slow_places(paces: Paces, slow_above: float) -> Places:
    """Which words are slower than ``slow_above`` (ms per character), slowest first."""
    slow = np.flatnonzero(paces > slow_above)
    return slow[np.argsort(-paces[slow], kind="stable")]
