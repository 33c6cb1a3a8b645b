"""What the statistics of a transcript are made of, measured once for all of them.

Needs numpy, as ``transcript.reading`` does.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from callback_lens.transcript.columns import Places, Transcript
from callback_lens.transcript.misplaced import OverlappingSentences, overlapping_sentences, overlapping_words
from callback_lens.transcript.pace import Paces, ms_per_char, word_chars
from callback_lens.transcript.pauses import HiddenPauses, Pauses, hidden_pauses, pauses_between_sentences
from callback_lens.transcript.texts import WITHOUT_MARKS

LARGEST_SPEED = 1e15  # more is no measure of anything


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """Columns beside those of ``transcript.words``, and what few words and sentences have, by their places.

    ``chars`` and ``paces`` (ms per character, NaN where unknown) have an entry for each word, as has ``ranks``: the
    place of the word's pace in ``distinct_paces``, which ascend behind a NaN. ``speeds`` has the reported SpeechSpeed
    of each sentence, NaN where unknown; ``text_chars`` the characters of the text of a sentence without words, with
    punctuation and without, otherwise 0.
    """

    transcript: Transcript
    chars: NDArray[np.int32]
    paces: Paces
    distinct_paces: NDArray[np.float64]
    ranks: NDArray[np.int32]
    hidden_pauses: HiddenPauses
    pauses: Pauses
    overlapping_words: Places
    overlapping_sentences: OverlappingSentences
    speeds: NDArray[np.float64]
    text_chars: NDArray[np.int64]
    text_spoken_chars: NDArray[np.int64]


def measure(transcript: Transcript) -> Measures:
    """The measures of ``transcript``: some 14 bytes for each word."""
    chars = word_chars(transcript)
    paces = ms_per_char(transcript, chars)
    distinct, ranks = _ranked(paces)
    text_chars, text_spoken_chars = _chars_of_texts(transcript)
    return Measures(
        transcript,
        chars,
        paces,
        distinct,
        ranks,
        hidden_pauses(paces, chars),
        pauses_between_sentences(transcript),
        overlapping_words(transcript.words)[0],
        overlapping_sentences(transcript),
        _speeds(transcript),
        text_chars,
        text_spoken_chars,
    )


def _ranked(paces: Paces) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    known = np.flatnonzero(~np.isnan(paces))
    distinct, places = np.unique(paces[known], return_inverse=True)
    ranks = np.zeros(len(paces), np.int32)
    ranks[known] = places + 1
    return np.concatenate([[np.nan], distinct.astype(np.float64)]), ranks


def _speeds(transcript: Transcript) -> NDArray[np.float64]:
    speeds = np.array([np.nan if speed is None else speed for speed in transcript.sentences.speed], np.float64)
    return np.where(np.abs(speeds) <= LARGEST_SPEED, speeds, np.nan)


def _chars_of_texts(transcript: Transcript) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    sentences = transcript.sentences
    wordless = np.flatnonzero(np.diff(sentences.first_word) == 0).tolist()
    texts = ["".join(sentences.text[place].split()) for place in wordless]
    chars, spoken_chars = np.zeros((2, len(sentences.text)), np.int64)
    chars[wordless] = [len(text) for text in texts]
    spoken_chars[wordless] = [len(text.translate(WITHOUT_MARKS)) for text in texts]
    return chars, spoken_chars
