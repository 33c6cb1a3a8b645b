"""What does not add up, or is odd, about the times of words."""

import numpy as np

from callback_lens.errors import Message
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.nodes import Node
from callback_lens.transcript.columns import NO_TIME, Transcript
from callback_lens.transcript.listing import findings_at
from callback_lens.transcript.misplaced import backward_words, disordered_words, overlapping_words, words_outside
from callback_lens.transcript.pace import ms_per_char, slow_places, usual_pace, word_chars


def words_outside_sentence(transcript: Transcript, tolerance_ms: int) -> list[Finding]:
    """Words that begin before their sentence or end after it."""
    words, sentences = transcript.words, transcript.sentences

    def finding(word: int, node: Node) -> Finding:
        message = Message("the word {word} lies outside its sentence", {"word": words.text[word]})
        sentence = words.sentence[word]
        expected = _span(transcript, word, sentences.start[sentence], sentences.end[sentence])
        found = _span(transcript, word, words.start[word], words.end[word])
        return Finding(Severity.WARNING, "word-outside-sentence", message, node.path, expected, found)

    outside = words_outside(transcript, tolerance_ms)
    return findings_at(transcript.node, outside.tolist(), transcript.word_nodes, finding)


def reversed_words(transcript: Transcript) -> list[Finding]:
    """Words that end before they start."""
    words = transcript.words

    def finding(word: int, node: Node) -> Finding:
        message = Message("the word {word} ends before it starts", {"word": words.text[word]})
        found = _span(transcript, word, words.start[word], words.end[word])
        return Finding(Severity.WARNING, "word-order", message, node.path, None, found)

    return findings_at(transcript.node, backward_words(words).tolist(), transcript.word_nodes, finding)


def word_order(transcript: Transcript, tolerance_ms: int) -> list[Finding]:
    """Words of a sentence that start before the one ahead of them does."""
    words = transcript.words
    disordered, ahead = disordered_words(words, tolerance_ms)

    def finding(word: int, node: Node) -> Finding:
        message = Message("the word {word} starts before the word ahead of it", {"word": words.text[word]})
        before = ahead[np.searchsorted(disordered, word)]
        expected, found = (_span(transcript, word, words.start[place]) for place in (before, word))
        return Finding(Severity.WARNING, "word-order", message, node.path, expected, found)

    return findings_at(transcript.node, disordered.tolist(), transcript.word_nodes, finding)


def words_overlap(transcript: Transcript, tolerance_ms: int) -> list[Finding]:
    """Words that start before the one ahead has ended; punctuation has the times of the word that it follows."""
    words = transcript.words
    overlapping, ahead = overlapping_words(words, tolerance_ms)

    def finding(word: int, node: Node) -> Finding:
        message = Message("the word {word} starts before the word ahead of it has ended", {"word": words.text[word]})
        expected = _span(transcript, word, words.end[ahead[np.searchsorted(overlapping, word)]])
        found = _span(transcript, word, words.start[word])
        return Finding(Severity.WARNING, "words-overlap", message, node.path, expected, found)

    return findings_at(transcript.node, overlapping.tolist(), transcript.word_nodes, finding)


def slow_words(transcript: Transcript) -> list[Finding]:
    """Words with far more ms per character than usual, slowest first: they hide pauses.

    That is more than median + 6 × MAD (the median absolute deviation), and more than twice the median.
    """
    words, paces = transcript.words, ms_per_char(transcript, word_chars(transcript))
    median, slow_above = usual_pace(paces)
    slow = slow_places(paces, slow_above)

    def finding(word: int, node: Node) -> Finding:
        pace, usual = int(paces[word] + 0.5), int(median + 0.5)
        message = Message(
            "the word {word} takes {pace} ms for a character, where {usual} ms are usual",
            {"word": words.text[word], "pace": pace, "usual": usual},
        )
        return Finding(Severity.INFO, "slow-word", message, node.path, str(usual), str(pace))

    return findings_at(transcript.node, slow.tolist(), transcript.word_nodes, finding)


def _span(transcript: Transcript, word: int, *times: np.int64) -> str:
    """``times`` as they would stand in the payload at ``word``."""
    base = 0
    if transcript.word_times == "relative":
        base = int(transcript.sentences.start[transcript.words.sentence[word]])
    return "–".join("?" if time == NO_TIME else str(int(time) - base) for time in times)
