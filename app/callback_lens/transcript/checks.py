"""Everything that does not add up in a transcript.

Needs numpy, as ``transcript.reading`` does: import this module where there is a transcript to check.
"""

from functools import partial

import numpy as np

from callback_lens.errors import Message
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.nodes import Node, join_path
from callback_lens.transcript import TOLERANCE_MS
from callback_lens.transcript.columns import NO_TIME, Transcript
from callback_lens.transcript.listing import findings_at
from callback_lens.transcript.sentence_checks import (
    result_mismatches,
    reversed_sentences,
    sentence_order,
    sentences_overlap,
    slice_mismatches,
    text_mismatches,
)
from callback_lens.transcript.time_grid import equal_lengths, step_changes
from callback_lens.transcript.word_checks import (
    reversed_words,
    slow_words,
    word_order,
    words_outside_sentence,
    words_overlap,
)
from callback_lens.transcript.written import DETAIL

NOT_TIMES = {DETAIL.speed, DETAIL.words_num, DETAIL.voice_type, "AudioTime"}


def check_transcript(transcript: Transcript, tolerance_ms: int = TOLERANCE_MS) -> list[Finding]:
    """What does not add up, at most 21 findings of a kind: the first or worst 20 and the total.

    Times may differ by ``tolerance_ms`` before they contradict each other. ERROR where a time cannot be used,
    WARNING for contradictions, INFO for what is only odd.
    """
    return [
        *bad_numbers(transcript),
        *audio_time_mismatch(transcript, tolerance_ms),
        *negative_sentences(transcript, tolerance_ms),
        *reversed_sentences(transcript),
        *sentence_order(transcript, tolerance_ms),
        *sentences_overlap(transcript, tolerance_ms),
        *words_num_mismatches(transcript),
        *text_mismatches(transcript),
        *slice_mismatches(transcript),
        *result_mismatches(transcript, tolerance_ms),
        *words_outside_sentence(transcript, tolerance_ms),
        *reversed_words(transcript),
        *word_order(transcript, tolerance_ms),
        *words_overlap(transcript, tolerance_ms),
        *slow_words(transcript),
        *step_changes(transcript),
        *equal_lengths(transcript),
    ]


def bad_numbers(transcript: Transcript) -> list[Finding]:
    """Numbers that cannot be used, and missing times."""
    result = transcript.node
    findings = []
    if transcript.audio_ms is None and result.text_at("AudioTime"):
        findings.append(_bad_number("AudioTime", 0, result))
    for field, places in transcript.unreadable_sentences.items():
        findings += findings_at(result, places.tolist(), transcript.sentence_nodes, partial(_bad_number, field))
    for field, places in transcript.unreadable_words.items():
        findings += findings_at(result, places.tolist(), transcript.word_nodes, partial(_bad_number, field))
    return findings


def _bad_number(field: str, _place: int, node: Node) -> Finding:
    severity = Severity.WARNING if field in NOT_TIMES else Severity.ERROR
    values = {"field": field}
    is_missing = node.first(field) is None
    message = Message("{field} is missing", values) if is_missing else Message("{field} is no usable number", values)
    return Finding(severity, "bad-number", message, join_path(node.path, field), None, node.text_at(field))


def words_num_mismatches(transcript: Transcript) -> list[Finding]:
    """Sentences whose WordsNum is not the number of their Words, punctuation included (documented samples)."""
    reported = transcript.sentences.words_num
    counts = np.diff(transcript.sentences.first_word).tolist()

    def finding(sentence: int, node: Node) -> Finding:
        message = Message(
            "WordsNum is {reported}, but the sentence has {count} Words",
            {"reported": reported[sentence], "count": counts[sentence]},
        )
        path = join_path(node.path, "WordsNum")
        return Finding(
            Severity.WARNING, "words-num-mismatch", message, path, str(counts[sentence]), str(reported[sentence])
        )

    pairs = enumerate(zip(reported, counts, strict=True))
    different = [place for place, (number, count) in pairs if number is not None and number != count]
    return findings_at(transcript.node, different, transcript.sentence_nodes, finding)


def audio_time_mismatch(transcript: Transcript, tolerance_ms: int) -> list[Finding]:
    """A sentence that ends after the audio; audio that goes on after the last sentence is nothing odd."""
    ends = transcript.sentences.end
    if transcript.audio_ms is None or not len(ends) or ends.max() <= transcript.audio_ms + tolerance_ms:
        return []
    last = int(ends.argmax())
    message = Message(
        "a sentence ends {ms} ms after the end of the audio", {"ms": round(int(ends[last]) - transcript.audio_ms)}
    )
    path = transcript.sentences.nodes[last].path
    return [Finding(Severity.WARNING, "audio-time-mismatch", message, path, str(transcript.audio_ms), str(ends[last]))]


def negative_sentences(transcript: Transcript, tolerance_ms: int) -> list[Finding]:
    """Sentences that begin before the audio does."""
    start = transcript.sentences.start

    def finding(sentence: int, node: Node) -> Finding:
        message = Message("the sentence starts before the audio does")
        return Finding(Severity.WARNING, "audio-time-mismatch", message, node.path, "0", str(start[sentence]))

    early = (start != NO_TIME) & (start < -tolerance_ms)
    return findings_at(transcript.node, np.flatnonzero(early).tolist(), transcript.sentence_nodes, finding)
