"""What does not add up, or is odd, about the times of words."""

import numpy as np
from numpy.typing import NDArray

from callback_lens.errors import Message
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.nodes import Node
from callback_lens.transcript.columns import NO_TIME, Times, Transcript, WordKind, Words
from callback_lens.transcript.listing import findings_at
from callback_lens.transcript.neighbours import places_ahead

SLOW_DEVIATIONS = 6


def words_outside_sentence(transcript: Transcript, tolerance_ms: int) -> list[Finding]:
    """Words that begin before their sentence or end after it."""
    words, sentences = transcript.words, transcript.sentences
    starts, ends = sentences.start[words.sentence], sentences.end[words.sentence]
    early = _known(words.start, starts) & (words.start < starts - tolerance_ms)
    late = _known(words.end, ends) & (words.end > ends + tolerance_ms)

    def finding(word: int, node: Node) -> Finding:
        message = Message("the word {word} lies outside its sentence", {"word": words.text[word]})
        expected = _span(transcript, word, starts[word], ends[word])
        found = _span(transcript, word, words.start[word], words.end[word])
        return Finding(Severity.WARNING, "word-outside-sentence", message, node.path, expected, found)

    return findings_at(transcript.node, np.flatnonzero(early | late).tolist(), transcript.word_nodes, finding)


def reversed_words(transcript: Transcript) -> list[Finding]:
    """Words that end before they start."""
    words = transcript.words

    def finding(word: int, node: Node) -> Finding:
        message = Message("the word {word} ends before it starts", {"word": words.text[word]})
        found = _span(transcript, word, words.start[word], words.end[word])
        return Finding(Severity.WARNING, "word-order", message, node.path, None, found)

    backwards = _known(words.start, words.end) & (words.end < words.start)
    return findings_at(transcript.node, np.flatnonzero(backwards).tolist(), transcript.word_nodes, finding)


def word_order(transcript: Transcript, tolerance_ms: int) -> list[Finding]:
    """Words of a sentence that start before the one ahead of them does."""
    words = transcript.words
    ahead = places_ahead(np.flatnonzero(_known(words.start)), words.sentence)

    def finding(word: int, node: Node) -> Finding:
        message = Message("the word {word} starts before the word ahead of it", {"word": words.text[word]})
        expected, found = (_span(transcript, word, words.start[place]) for place in (ahead[word], word))
        return Finding(Severity.WARNING, "word-order", message, node.path, expected, found)

    early = (ahead >= 0) & (words.start < words.start[ahead] - tolerance_ms)
    return findings_at(transcript.node, np.flatnonzero(early).tolist(), transcript.word_nodes, finding)


def words_overlap(transcript: Transcript, tolerance_ms: int) -> list[Finding]:
    """Words that start before the one ahead has ended; punctuation has the times of the word that it follows."""
    words = transcript.words
    forwards = _known(words.start, words.end) & (words.start <= words.end)
    spoken = np.flatnonzero(forwards & (words.kind != WordKind.PUNCTUATION))
    ahead = places_ahead(spoken, words.sentence)

    def finding(word: int, node: Node) -> Finding:
        message = Message("the word {word} starts before the word ahead of it has ended", {"word": words.text[word]})
        expected = _span(transcript, word, words.end[ahead[word]])
        found = _span(transcript, word, words.start[word])
        return Finding(Severity.WARNING, "words-overlap", message, node.path, expected, found)

    in_order = (ahead >= 0) & (words.start >= words.start[ahead] - tolerance_ms)
    overlapping = in_order & (words.start < words.end[ahead] - tolerance_ms)
    return findings_at(transcript.node, np.flatnonzero(overlapping).tolist(), transcript.word_nodes, finding)


def slow_words(transcript: Transcript) -> list[Finding]:
    """Words with far more ms per character than usual, slowest first: they hide pauses.

    That is more than median + 6 × MAD (the median absolute deviation), and more than twice the median.
    """
    words = transcript.words
    paces = _milliseconds_per_character(words)
    measured = paces[paces > 0]
    median = float(np.median(measured)) if len(measured) else 0.0
    deviation = float(np.median(np.abs(measured - median))) if len(measured) else 0.0
    slow = np.count_nonzero(measured > median + max(SLOW_DEVIATIONS * deviation, median))

    def finding(word: int, node: Node) -> Finding:
        pace, usual = int(paces[word] + 0.5), int(median + 0.5)
        message = Message(
            "the word {word} takes {pace} ms for a character, where {usual} ms are usual",
            {"word": words.text[word], "pace": pace, "usual": usual},
        )
        return Finding(Severity.INFO, "slow-word", message, node.path, str(usual), str(pace))

    return findings_at(
        transcript.node, np.argsort(-paces, kind="stable")[:slow].tolist(), transcript.word_nodes, finding
    )


def _milliseconds_per_character(words: Words) -> NDArray[np.float64]:
    """0 for what is no word or has no length."""
    characters = np.fromiter(map(len, words.text), np.int64, len(words.text))
    measurable = _known(words.start, words.end) & (words.kind == WordKind.WORD) & (words.end > words.start)
    measurable &= characters > 0
    return np.where(measurable, words.end - words.start, 0) / np.maximum(characters, 1)


def _known(*columns: Times) -> NDArray[np.bool_]:
    known: NDArray[np.bool_] = np.logical_and.reduce([times != NO_TIME for times in columns])
    return known


def _span(transcript: Transcript, word: int, *times: np.int64) -> str:
    """``times`` as they would stand in the payload at ``word``."""
    base = 0
    if transcript.word_times == "relative":
        base = int(transcript.sentences.start[transcript.words.sentence[word]])
    return "–".join("?" if time == NO_TIME else str(int(time) - base) for time in times)
