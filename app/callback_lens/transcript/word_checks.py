"""What does not add up, or is odd, about the times of words."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from callback_lens.errors import Message
from callback_lens.payload.findings import Finding, Severity
from callback_lens.transcript.columns import NO_TIME, Places, Times, Transcript, WordKind, Words
from callback_lens.transcript.listing import findings_at

# A word is slow from median + SLOW_DEVIATIONS × MAD (ms per character; the median absolute deviation is 0 where
# nearly all words are equally long, hence the least one, as a fraction of the median).
SLOW_DEVIATIONS = 6
LEAST_DEVIATION = 0.1


def words_outside_sentence(transcript: Transcript, tolerance_ms: int) -> Iterator[Finding]:
    """Words that begin before their sentence or end after it."""
    words, sentences = transcript.words, transcript.sentences
    starts, ends = sentences.start[words.sentence], sentences.end[words.sentence]
    early = _known(words.start, starts) & (words.start < starts - tolerance_ms)
    late = _known(words.end, ends) & (words.end > ends + tolerance_ms)

    def finding(word: int) -> Finding:
        expected = _span(transcript, word, starts[word], ends[word])
        message = Message("the word {word} lies outside its sentence", {"word": words.text[word]})
        found = _span(transcript, word, words.start[word], words.end[word])
        return Finding(
            Severity.WARNING, "word-outside-sentence", message, transcript.word_node(word).path, expected, found
        )

    yield from findings_at(transcript, np.flatnonzero(early | late).tolist(), finding)


def reversed_words(transcript: Transcript) -> Iterator[Finding]:
    """Words that end before they start."""
    words = transcript.words

    def finding(word: int) -> Finding:
        message = Message("the word {word} ends before it starts", {"word": words.text[word]})
        found = _span(transcript, word, words.start[word], words.end[word])
        return Finding(Severity.WARNING, "word-order", message, transcript.word_node(word).path, None, found)

    backwards = _known(words.start, words.end) & (words.end < words.start)
    yield from findings_at(transcript, np.flatnonzero(backwards).tolist(), finding)


def word_order(transcript: Transcript, tolerance_ms: int) -> Iterator[Finding]:
    """Words of a sentence that start before the one ahead of them does."""
    words = transcript.words
    ahead, behind = _neighbours(words, _known(words.start))

    def finding(pair: int) -> Finding:
        word = int(behind[pair])
        message = Message("the word {word} starts before the word ahead of it", {"word": words.text[word]})
        expected, found = (_span(transcript, word, words.start[place]) for place in (ahead[pair], word))
        return Finding(Severity.WARNING, "word-order", message, transcript.word_node(word).path, expected, found)

    early = words.start[behind] < words.start[ahead] - tolerance_ms
    yield from findings_at(transcript, np.flatnonzero(early).tolist(), finding)


def words_overlap(transcript: Transcript, tolerance_ms: int) -> Iterator[Finding]:
    """Words that start before the one ahead has ended; punctuation has the times of the word that it follows."""
    words = transcript.words
    forwards = _known(words.start, words.end) & (words.start <= words.end)
    ahead, behind = _neighbours(words, forwards & (words.kind != WordKind.PUNCTUATION))

    def finding(pair: int) -> Finding:
        word = int(behind[pair])
        message = Message("the word {word} starts before the word ahead of it has ended", {"word": words.text[word]})
        expected = _span(transcript, word, words.end[ahead[pair]])
        found = _span(transcript, word, words.start[word])
        return Finding(Severity.WARNING, "words-overlap", message, transcript.word_node(word).path, expected, found)

    in_order = words.start[behind] >= words.start[ahead] - tolerance_ms
    overlapping = in_order & (words.start[behind] < words.end[ahead] - tolerance_ms)
    yield from findings_at(transcript, np.flatnonzero(overlapping).tolist(), finding)


def slow_words(transcript: Transcript) -> Iterator[Finding]:
    """Words with far more ms per character than usual, slowest first: they hide pauses."""
    words = transcript.words
    characters = np.fromiter(map(len, words.text), np.int64, len(words.text))
    is_measured = _known(words.start, words.end) & (words.kind == WordKind.WORD) & (words.end > words.start)
    places = np.flatnonzero(is_measured & (characters > 0))
    if not len(places):
        return
    paces = (words.end[places] - words.start[places]) / characters[places]
    median = float(np.median(paces))
    deviation = max(float(np.median(np.abs(paces - median))), LEAST_DEVIATION * median)
    slowest_first = np.argsort(-paces, kind="stable")
    slow = slowest_first[: int((paces > median + SLOW_DEVIATIONS * deviation).sum())]

    def finding(place: int) -> Finding:
        word, pace = int(places[place]), _rounded(paces[place])
        message = Message(
            "the word {word} takes {pace} ms for a character, where {median} ms are usual",
            {"word": words.text[word], "pace": pace, "median": _rounded(median)},
        )
        path = transcript.word_node(word).path
        return Finding(Severity.INFO, "slow-word", message, path, str(_rounded(median)), str(pace))

    yield from findings_at(transcript, slow.tolist(), finding)


def _known(*columns: Times) -> NDArray[np.bool_]:
    known: NDArray[np.bool_] = np.logical_and.reduce([times != NO_TIME for times in columns])
    return known


def _neighbours(words: Words, usable: NDArray[np.bool_]) -> tuple[Places, Places]:
    """The places of words that follow each other in a sentence, others than ``usable`` ones left out."""
    places = np.flatnonzero(usable)
    ahead, behind = places[:-1], places[1:]
    together = words.sentence[ahead] == words.sentence[behind]
    return ahead[together], behind[together]


def _span(transcript: Transcript, word: int, *times: np.int64) -> str:
    """``times`` as they would stand in the payload at ``word``."""
    base = 0
    if transcript.word_times == "relative":
        base = int(transcript.sentences.start[transcript.words.sentence[word]])
    return "–".join("?" if time == NO_TIME else str(int(time) - base) for time in times)


def _rounded(milliseconds: float) -> int:
    return int(milliseconds + 0.5)
