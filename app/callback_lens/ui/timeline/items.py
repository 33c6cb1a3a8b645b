"""What can be selected in the timeline: a word, or a sentence."""

from typing import NamedTuple

from callback_lens.payload.nodes import Node
from callback_lens.transcript.columns import NO_TIME, Transcript
from callback_lens.transcript.spans import span_at
from callback_lens.ui.models.transcript_places import sentence_at, word_at
from callback_lens.ui.timeline.scene import Scene


class TimeRange(NamedTuple):
    """From ``start`` up to, not including, ``end``: ms in the audio."""

    start: int
    end: int


class Item(NamedTuple):
    """A word by its place, with the place of its sentence; or a sentence, ``word`` being None."""

    sentence: int
    word: int | None


def word_item(transcript: Transcript, word: int) -> Item:
    """The word at a place."""
    return Item(int(transcript.words.sentence[word]), word)


def item_at(transcript: Transcript, node: Node) -> Item | None:
    """The word, otherwise the sentence, that ``node`` stands in; None where it is of no sentence."""
    word = word_at(transcript, node)
    if word is not None:
        return word_item(transcript, word)
    sentence = sentence_at(transcript, node)
    return None if sentence is None else Item(sentence, None)


def node_of(transcript: Transcript, item: Item) -> Node:
    """Where ``item`` stands in the payload."""
    if item.word is None:
        return transcript.sentence_nodes([item.sentence])[0]
    return transcript.word_nodes([item.word])[0]


def span_of(scene: Scene, item: Item) -> TimeRange | None:
    """When ``item`` is, at least 1 ms long; None where none of its times is known."""
    if item.word is not None:
        words = scene.transcript.words
        span = span_at(words.start, words.end, item.word)
    else:
        start, end = (int(times[item.sentence]) for times in (scene.lanes.sentences.start, scene.lanes.sentences.end))
        span = None if start == NO_TIME else (start, end)
    return None if span is None else TimeRange(span[0], max(span[1], span[0] + 1))
