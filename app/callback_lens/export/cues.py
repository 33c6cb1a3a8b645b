"""What an export is made of: the sentences or words of a transcript with text, times and speaker, in order of time.

Needs numpy: import it inside the function that exports.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from callback_lens.errors import Message
from callback_lens.export.layout import one_line
from callback_lens.export.notes import Note
from callback_lens.export.plain_text import plain_notes, plain_texts
from callback_lens.export.word_groups import sentence_text, timed_notes, word_groups
from callback_lens.transcript.columns import NO_TIME, Times, Transcript
from callback_lens.transcript.spans import Spans, sentence_spans


class Level(StrEnum):
    """What a cue is: a sentence, or a word with the punctuation that belongs to it."""

    SENTENCE = "sentence"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What the user may choose.

    ``speakers``: say who speaks. ``bom`` and ``crlf``: begin with a byte order mark, end lines as Windows does.
    ``excel``: let no cell of a CSV file be taken for a formula.
    """

    level: Level = Level.SENTENCE
    speakers: bool = False
    bom: bool = False
    crlf: bool = False
    excel: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    r"""A transcript in another form: ``lines`` without line ends, though an item may be several lines divided by
    ``\n``; ``warnings`` say what could not be said as the payload has it.
    """

    lines: Sequence[str]
    warnings: Sequence[Message] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
    r"""Sentences or words in order of ``start``, an entry of each column for each.

    ``start`` and ``end`` are ms in the audio, ``start`` <= ``end``; they may be negative, equal, and overlap.
    ``text`` is never empty; its lines are divided by ``\n``, none is blank, and it has no other control characters
    than tabs. ``sentence`` is the place of the sentence in the transcript; ``labels`` are the speakers of all of them.
    ``notes`` say what was changed or left out to make it so.
    """

    start: Times
    end: Times
    text: list[str]
    sentence: NDArray[np.integer]
    labels: list[str | None]
    notes: list[Note]

    @property
    def speaker(self) -> list[str | None]:
        """Who speaks, as ``speaker_label`` says it."""
        return [self.labels[place] for place in self.sentence.tolist()]

    def with_speakers(self, pattern: str, texts: Sequence[str]) -> list[str]:
        """``texts`` of the cues; where the speaker is known as ``pattern`` says: its ``{}`` are speaker and text."""
        pairs = zip(self.speaker, texts, strict=True)
        return [pattern.format(speaker, text) if speaker else text for speaker, text in pairs]


class PositiveSpans(NamedTuple):
    """0 <= ``start`` < ``end`` in ms."""

    start: Times
    end: Times
    notes: list[Note]


def cues_at(level: Level, transcript: Transcript) -> Cues:
    """The cues of a level."""
    return word_cues(transcript) if level is Level.WORD else sentence_cues(transcript)


def sentence_cues(transcript: Transcript) -> Cues:
    """A cue for each sentence: its own text, or its words joined where it has none."""
    texts = transcript.sentences.text
    if "" in texts:
        texts = [sentence_text(transcript, place) for place in range(len(texts))]
    return _cues(transcript, sentence_spans(transcript), texts, np.arange(len(texts)))


def word_cues(transcript: Transcript) -> Cues:
    """A cue for each word: punctuation, and what has no time, goes with the word before it, or else with the next.

    A sentence none of whose words has a time is a cue of its own.
    """
    groups = word_groups(transcript)
    cues = _cues(transcript, groups.spans, groups.text, groups.sentence)
    cues.notes.extend(timed_notes(groups.timed))
    return cues


def positive_spans(cues: Cues) -> PositiveSpans:
    """The spans of ``cues`` for formats that have no time before the audio and nothing without length."""
    start = np.maximum(cues.start, 0)
    end = np.maximum(cues.end, start + 1)
    notes = [
        Note(Message("times before the audio begins, set to 0"), cues.sentence[cues.start < 0]),
        Note(Message("without length, now 1 ms long"), cues.sentence[end > cues.end]),
    ]
    return PositiveSpans(start, end, notes)


def speaker_label(speaker: str | None) -> str | None:
    """A SpeakerId as people see it: ``S0``; one that is no number as it is."""
    return f"S{speaker}" if speaker is not None and speaker.isdecimal() else speaker and one_line(speaker)


def span_notes(spans: Spans, sentence: NDArray[np.integer]) -> Iterator[Note]:
    """What was done to times of words or sentences; ``sentence`` has the sentence of each."""
    yield Note(Message("start or end missing, taken from the words or from the other one"), sentence[spans.incomplete])
    yield Note(Message("end before start, exchanged"), sentence[spans.reversed])


def _cues(transcript: Transcript, spans: Spans, texts: list[str], sentence: NDArray[np.integer]) -> Cues:
    plain = plain_texts(texts)
    is_empty = np.array([not text for text in plain.texts]) if "" in plain.texts else np.zeros(len(texts), bool)
    is_untimed = spans.start == NO_TIME
    kept = np.flatnonzero(~is_empty & ~is_untimed)
    order = kept[np.argsort(spans.start[kept], kind="stable")]
    labels = {speaker: speaker_label(speaker) for speaker in set(transcript.sentences.speaker)}
    return Cues(
        start=spans.start[order],
        end=spans.end[order],
        text=list(map(plain.texts.__getitem__, order.tolist())),
        sentence=sentence[order],
        labels=[labels[speaker] for speaker in transcript.sentences.speaker],
        notes=[
            *span_notes(spans, sentence),
            *plain_notes(plain, sentence),
            Note(Message("left out for want of a time"), sentence[is_untimed]),
            Note(Message("left out for want of text"), sentence[is_empty & ~is_untimed]),
        ],
    )
