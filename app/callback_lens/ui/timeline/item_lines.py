"""What there is to say about a word, a sentence, or a column of them: for the hover card and for a screen reader."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple, TypeAlias

import numpy as np

from callback_lens.errors import Message
from callback_lens.payload.units import clock, duration, rounded
from callback_lens.transcript.columns import Transcript
from callback_lens.transcript.flags import WordFlag
from callback_lens.ui.models.plain import shown
from callback_lens.ui.timeline.items import Item, TimeRange, node_of, span_of
from callback_lens.ui.timeline.layout import Band
from callback_lens.ui.timeline.pointed import Pointed
from callback_lens.ui.timeline.scene import Scene

Say: TypeAlias = Callable[[Message], str]

FLAGS = {
    WordFlag.SLOW: Message("slow"),
    WordFlag.OUTSIDE_SENTENCE: Message("outside its sentence"),
    WordFlag.REVERSED: Message("ends before it starts"),
    WordFlag.OUT_OF_ORDER: Message("out of order"),
    WordFlag.OVERLAPPING: Message("overlaps the word before"),
    WordFlag.INCOMPLETE: Message("a time is missing"),
    WordFlag.NO_LENGTH: Message("no length"),
}
MOST_FINDINGS = 3
LONGEST = 300  # characters of a text


class Line(NamedTuple):
    """One thing that is said."""

    label: Message
    text: Message | str


def title(scene: Scene, item: Item) -> str:
    """What was said, as written."""
    transcript = scene.transcript
    return transcript.sentences.text[item.sentence] if item.word is None else transcript.words.text[item.word]


def lines(scene: Scene, item: Item) -> Iterator[Line]:
    """All that is known of a word or a sentence."""
    span = span_of(scene, item)
    yield Line(Message("Time"), Message("not known") if span is None else _written(scene, item, span))
    if item.word is None:
        yield from _sentence_lines(scene, item.sentence)
    else:
        yield from _word_lines(scene, item, item.word)
    speaker = scene.transcript.sentences.speaker[item.sentence]
    if speaker is not None:
        yield Line(Message("Speaker"), speaker)
    yield from (Line(Message("Finding"), text) for text in islice(_findings(scene, item), MOST_FINDINGS))
    below = path(scene.transcript, item).removeprefix(f"{scene.transcript.node.path}.")
    yield Line(Message("Path"), f"…{below}")


def spoken(say: Say, scene: Scene, item: Item) -> str:
    """What a screen reader says of an item: all but where it stands in the payload."""
    *said, _path = lines(scene, item)
    return "; ".join([shown(title(scene, item)), *(f"{say(line.label)} {in_words(say, line.text)}" for line in said)])


def in_words(say: Say, words: Message | str) -> str:
    """A Message said, or a text of the payload, on one line; cut where it is long."""
    return shown(say(words) if isinstance(words, Message) else words, LONGEST)


def column_title(pointed: Pointed) -> Message:
    """How much is in a column."""
    values = {"count": f"{pointed.count:,}"}
    return Message("{count} sentences", values) if pointed.band is Band.SENTENCES else Message("{count} words", values)


def column_lines(scene: Scene, pointed: Pointed, column: TimeRange) -> Iterator[Line]:
    """What is known of a column."""
    yield Line(Message("Time"), f"{clock(column.start)} – {clock(column.end)}")
    if pointed.item is not None and pointed.item.word is not None:
        values = {"word": title(scene, pointed.item), "pace": scene.pace(pointed.item.word)}
        yield Line(Message("Worst"), Message("{word}: {pace}", values))


def path(transcript: Transcript, item: Item) -> str:
    """Where it stands in the payload."""
    return node_of(transcript, item).path


def _written(scene: Scene, item: Item, span: TimeRange) -> str:
    """The times as the payload has them, in order; the end of what has no length is its start."""
    columns = scene.transcript.sentences if item.word is None else scene.transcript.words
    place = item.sentence if item.word is None else item.word
    has_length = columns.start[place] != columns.end[place]
    return f"{clock(span.start)} – {clock(span.end)}" if has_length else clock(span.start)


def _sentence_lines(scene: Scene, sentence: int) -> Iterator[Line]:
    sentences, span = scene.transcript.sentences, span_of(scene, Item(sentence, None))
    if span is not None:
        yield Line(Message("Length"), duration(span.end - span.start))
    words = sentences.words(sentence)
    yield Line(Message("Words"), f"{words.stop - words.start:,}")
    speed = sentences.speed[sentence]
    if speed is not None:
        yield Line(Message("SpeechSpeed"), rounded(speed))


def _word_lines(scene: Scene, item: Item, word: int) -> Iterator[Line]:
    span, sentence = span_of(scene, item), span_of(scene, item._replace(word=None))
    if span is not None and sentence is not None:
        relative = f"{_signed(span.start - sentence.start)} – {_signed(span.end - sentence.start)}"
        yield Line(Message("In the sentence"), relative)
    words = scene.transcript.words
    if not scene.flags[word] & WordFlag.INCOMPLETE:
        yield Line(Message("Length"), f"{words.end[word] - words.start[word]} ms")
    if not np.isnan(scene.measures.paces[word]):
        yield Line(Message("Pace"), _compared_pace(scene, word))


def _compared_pace(scene: Scene, word: int) -> Message:
    times = scene.measures.paces[word] / scene.scale.usual
    return Message("{pace} ({times} × the median)", {"pace": scene.pace(word), "times": rounded(float(times))})


def _findings(scene: Scene, item: Item) -> Iterator[Message]:
    if item.word is not None:
        yield from (text for flag, text in FLAGS.items() if scene.flags[item.word] & flag)
    else:
        yield from (mark.finding.message for mark in scene.marks if (mark.sentence, mark.word) == item)


def _signed(milliseconds: int) -> str:
    return clock(milliseconds) if milliseconds < 0 else f"+{clock(milliseconds)}"
