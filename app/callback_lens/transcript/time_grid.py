"""The step in which word times move, and words whose times were not measured at all.

Needs numpy, as ``transcript.reading`` does.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from callback_lens.errors import Message
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.nodes import Node
from callback_lens.transcript.columns import NO_TIME, Places, Times, Transcript, WordKind
from callback_lens.transcript.listing import findings_at
from callback_lens.transcript.neighbours import run_firsts
from callback_lens.transcript.pace import ms_per_char, word_chars

WORDS_FOR_A_STEP = 32  # by chance all their times are multiples of twice the step once in 2^32 times
WORDS_FOR_EQUAL_LENGTHS = 8
ROUNDING_MS = 1

Number = TypeVar("Number", np.int64, np.float32)


class StepChange(NamedTuple):
    """At ``sentence`` (its place) the step of the word times changes, in ms."""

    sentence: int
    before: int
    after: int


class TimeGrid(NamedTuple):
    """``step_ms``: what all word times, as written, are multiples of; 0 without any but 0."""

    step_ms: int
    changes: list[StepChange]


def time_grid(transcript: Transcript) -> TimeGrid:
    """The step of all word times, and where it changes along the transcript.

    It is looked at in stretches of at least ``WORDS_FOR_A_STEP`` words: the few of one sentence may well all lie on a
    coarser step.
    """
    steps, words = _sentence_steps(transcript)
    stretches = _stretches(np.cumsum(words).tolist())
    known = [(stretch, step) for stretch in stretches if (step := int(np.gcd.reduce(steps[stretch])))]
    changes = [
        StepChange(stretch.start + int(np.argmax(steps[stretch] % before > 0)), before, after)
        for (_, before), (stretch, after) in pairwise(known)
        if before != after
    ]
    return TimeGrid(int(np.gcd.reduce(steps)), changes)


def _sentence_steps(transcript: Transcript) -> tuple[Times, Places]:
    """The greatest common divisor of the word times of each sentence, 0 without any, and how many words tell it."""
    words, sentences = transcript.words, transcript.sentences
    timed = np.flatnonzero((words.start != NO_TIME) & (words.end != NO_TIME))
    of_timed = words.sentence[timed]
    base = sentences.start[of_timed] if transcript.word_times == "relative" else 0
    firsts = run_firsts(of_timed)
    steps = np.zeros(len(sentences.text), np.int64)
    of_starts, of_ends = (np.gcd.reduceat(times[timed] - base, firsts) for times in (words.start, words.end))
    steps[of_timed[firsts]] = np.gcd(of_starts, of_ends)
    spoken = words.kind[timed] != WordKind.PUNCTUATION  # punctuation repeats the times of a word
    return steps, np.bincount(of_timed[spoken], minlength=len(steps))


def _stretches(words_up_to: Sequence[int]) -> list[slice]:
    """Runs of sentences, each of words enough; ``words_up_to`` counts those of a sentence and of all before it."""
    edges, told = [0], 0
    while words_up_to and words_up_to[-1] - told >= 2 * WORDS_FOR_A_STEP:
        edges.append(bisect_left(words_up_to, told + WORDS_FOR_A_STEP) + 1)
        told = words_up_to[edges[-1] - 1]
    ends = [*edges[1:], len(words_up_to)]
    return [slice(first, end) for first, end in zip(edges, ends, strict=True) if first < end]


def step_changes(transcript: Transcript) -> list[Finding]:
    """Sentences at which the step of the word times changes: another engine, or times that were edited."""
    changes = {change.sentence: change for change in time_grid(transcript).changes}

    def finding(sentence: int, node: Node) -> Finding:
        _, before, after = changes[sentence]
        message = Message(
            "word times are multiples of {after} ms from here on, of {before} ms before",
            {"before": before, "after": after},
        )
        return Finding(Severity.INFO, "time-grid-change", message, node.path, str(before), str(after))

    return findings_at(transcript.node, list(changes), transcript.sentence_nodes, finding)


def equal_lengths(transcript: Transcript) -> list[Finding]:
    """Sentences of many words that all take equally long, as words or for each character: interpolated times."""
    paces, words = ms_per_char(transcript, word_chars(transcript)), transcript.words
    timed = np.flatnonzero(~np.isnan(paces))
    firsts = run_firsts(words.sentence[timed])
    counts = np.diff(np.append(firsts, len(timed)))
    lengths = words.end[timed] - words.start[timed]
    equal = (_spread(lengths, firsts) <= ROUNDING_MS) | (_spread(paces[timed], firsts) <= ROUNDING_MS)
    found = equal & (counts >= WORDS_FOR_EQUAL_LENGTHS)
    numbers = dict(zip(words.sentence[timed[firsts[found]]].tolist(), counts[found].tolist(), strict=True))

    def finding(sentence: int, node: Node) -> Finding:
        message = Message(
            "all {count} words of the sentence take equally long: their times look computed, not measured",
            {"count": numbers[sentence]},
        )
        return Finding(Severity.INFO, "equal-word-lengths", message, node.path)

    return findings_at(transcript.node, list(numbers), transcript.sentence_nodes, finding)


def _spread(values: NDArray[Number], firsts: Places) -> NDArray[Number]:
    """How far the values of each run that begins at ``firsts`` lie apart."""
    return np.maximum.reduceat(values, firsts) - np.minimum.reduceat(values, firsts)
