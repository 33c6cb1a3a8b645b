"""All that a picture of a transcript needs to know, made once and off the window's thread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from callback_lens.errors import Message
from callback_lens.payload.findings import Finding, Severity
from callback_lens.transcript.columns import Transcript, WordKind
from callback_lens.transcript.detail import Detail, read_detail
from callback_lens.transcript.flags import Flags, WordFlag, word_flags
from callback_lens.transcript.lanes import Lanes, read_lanes
from callback_lens.transcript.measures import Measures, measure
from callback_lens.transcript.pace import usual_pace
from callback_lens.transcript.spans import span_at
from callback_lens.ui.memo import Memo
from callback_lens.ui.models.transcript_places import sentence_at_path, word_at_path
from callback_lens.ui.timeline.pace_scale import PaceScale
from callback_lens.ui.timeline.speech_jobs import SpeechJob

# What a word is, as further flags: so a column of many words knows which kinds there are.
KIND_FLAGS = np.array([1 << (13 + kind) for kind in WordKind], np.uint16)
# A word's times contradict others: a marker says so, as well as a colour.
MISPLACED = WordFlag.OUTSIDE_SENTENCE | WordFlag.REVERSED | WordFlag.OUT_OF_ORDER | WordFlag.OVERLAPPING
# The flags of sentences, by the severity of their findings; words have none of them.
SENTENCE_FLAGS = {Severity.WARNING: np.uint16(1 << 7), Severity.ERROR: np.uint16(1 << 8)}


class Mark(NamedTuple):
    """A finding that has a place in time: ``time`` in ms, and the places of its sentence and its word, if any."""

    time: int
    sentence: int
    word: int | None
    finding: Finding


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A transcript ready to be drawn from ``start`` to ``end`` (ms), which hold all that has a time.

    ``words`` and ``sentences`` have the detail of each row of each lane of ``lanes``; punctuation is among the words.
    ``flags`` of words are their ``word_flags`` with one of ``KIND_FLAGS``, those of sentences ``SENTENCE_FLAGS``.
    ``marks`` are in order of time.
    """

    transcript: Transcript
    lanes: Lanes
    measures: Measures
    flags: Flags
    words: list[list[Detail]]
    sentences: list[list[Detail]]
    scale: PaceScale
    marks: list[Mark]
    start: int
    end: int

    def pace(self, word: int) -> Message:
        """How slow a word with a pace is, in words."""
        return Message("{pace} ms/char", {"pace": f"{self.measures.paces[word]:.0f}"})


Scenes = Memo[Transcript, Scene]


def kept_scene(scenes: Scenes, speech: SpeechJob, check: Callable[[], None]) -> Scene:
    """The scene of ``speech`` that ``scenes`` has, from now on at the latest; ``check`` as in ``build_scene``."""
    return scenes.get_or_make(speech.transcript, lambda: build_scene(speech.transcript, speech.findings, check))


def build_scene(transcript: Transcript, findings: Sequence[Finding], check: Callable[[], None] = lambda: None) -> Scene:
    """The scene of ``transcript``; of ``findings`` those count that have a place in it.

    Some 50 bytes for each word. ``check`` is called now and then, and may raise to end the work.
    """
    lanes = read_lanes(transcript)
    check()
    measures = measure(transcript)
    check()
    flags = word_flags(transcript, measures.paces) | KIND_FLAGS[transcript.words.kind]
    check()
    marks = _marks(transcript, findings, check)
    rows = [lane.rows for lane in lanes.lanes]
    no_paces = np.zeros(len(transcript.sentences.text), np.float32)
    sentence_flags = _sentence_flags(transcript, marks)
    start, end = _bounds(transcript, lanes)
    return Scene(
        transcript,
        lanes,
        measures,
        flags,
        [[read_detail(row.words, measures.paces, flags) for row in lane] for lane in rows],
        [[read_detail(row.sentences, no_paces, sentence_flags) for row in lane] for lane in rows],
        PaceScale(*usual_pace(measures.paces), float(measures.distinct_paces[-1])),
        marks,
        start,
        end,
    )


def _bounds(transcript: Transcript, lanes: Lanes) -> tuple[int, int]:
    """From 0, or what begins before, to the end of the audio, or what ends after."""
    spans = [index for row in lanes.rows() for index in (row.sentences, row.words) if len(index)]
    start = min((int(index.start[0]) for index in spans), default=0)
    end = max((int(index.block_ends.max()) for index in spans), default=0)
    return min(0, start), max(round(transcript.audio_ms or 0), end)


def _marks(transcript: Transcript, findings: Sequence[Finding], check: Callable[[], None]) -> list[Mark]:
    marks = []
    for finding in findings:
        check()
        mark = _mark(transcript, finding)
        if mark is not None:
            marks.append(mark)
    return sorted(marks, key=lambda mark: mark.time)


def _mark(transcript: Transcript, finding: Finding) -> Mark | None:
    sentence, word = (find(transcript, finding.path) for find in (sentence_at_path, word_at_path))
    if sentence is None:
        return None
    items, place = (transcript.sentences, sentence) if word is None else (transcript.words, word)
    span = span_at(items.start, items.end, place)
    return None if span is None else Mark(span[0], sentence, word, finding)


def _sentence_flags(transcript: Transcript, marks: Sequence[Mark]) -> Flags:
    flags = np.zeros(len(transcript.sentences.text), np.uint16)
    for mark in marks:
        if mark.word is None:
            flags[mark.sentence] |= SENTENCE_FLAGS.get(mark.finding.severity, np.uint16(0))
    return flags
