"""From one item of the timeline to the next: in time, to another lane, to what is odd."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from callback_lens.transcript.flags import WordFlag
from callback_lens.transcript.span_index import SpanIndex, span_index
from callback_lens.ui.timeline.items import Item, span_of, word_item
from callback_lens.ui.timeline.scene import Scene

ODD = np.uint16(sum(WordFlag) & ~WordFlag.NO_LENGTH)  # what is also a finding
BEFORE, BEHIND = -1, 2**31  # no place: before and behind all places
SENTENCE, WORD = 0, 1  # what begins at one time follows in this order


class Stops(NamedTuple):
    """What one can step through, by time; a sentence comes before the words that start with it."""

    sentences: Sequence[SpanIndex] = ()
    words: Sequence[SpanIndex] = ()


def word_stops(scene: Scene) -> Stops:
    """All words; all sentences where there are no words with times."""
    words = [row.words for row in scene.lanes.rows() if len(row.words)]
    return Stops(words=words) if words else sentence_stops(scene)


def sentence_stops(scene: Scene) -> Stops:
    """All sentences."""
    return Stops(sentences=[row.sentences for row in scene.lanes.rows()])


def finding_stops(scene: Scene) -> Stops:
    """The words that are odd, and the sentences that a finding is about."""
    marked = sorted({mark.sentence for mark in scene.marks if mark.word is None})
    sentences, words = scene.lanes.sentences, scene.transcript.words
    of_sentences = span_index(np.array(marked, np.intp), sentences.start, sentences.end)
    return Stops([of_sentences], [span_index(np.flatnonzero(scene.flags & ODD), words.start, words.end)])


def following(scene: Scene, stops: Stops, item: Item | None, time: int) -> Item | None:
    """The stop after ``item``, or, where that is None or has no time, the first at or after ``time``."""
    time, sentence, word = _standpoint(scene, item, time)
    found = [(SENTENCE, index.following(time, sentence)) for index in stops.sentences]
    found += [(WORD, index.following(time, word)) for index in stops.words]
    stop = min(_known(found), default=None)
    return None if stop is None else _item(scene, stop)


def preceding(scene: Scene, stops: Stops, item: Item | None, time: int) -> Item | None:
    """The stop before ``item``, or, where that is None or has no time, the last that starts before ``time``."""
    time, sentence, word = _standpoint(scene, item, time)
    found = [(SENTENCE, index.preceding(time, sentence)) for index in stops.sentences]
    found += [(WORD, index.preceding(time, word)) for index in stops.words]
    stop = max(_known(found), default=None)
    return None if stop is None else _item(scene, stop)


def in_lane(scene: Scene, lane: int, time: int, wants_word: bool) -> Item | None:
    """The word of a lane that is at ``time`` or nearest to it; a sentence if that is wanted, or all there is."""
    rows = scene.lanes.lanes[lane].rows
    of_words = [_near(row.words, time, WORD) for row in rows] if wants_word else []
    near = [stop for stops in of_words for stop in stops]
    near = near or [stop for row in rows for stop in _near(row.sentences, time, SENTENCE)]
    return _item(scene, min(near, key=lambda stop: abs(stop[0] - time))) if near else None


Stop = tuple[int, int, int]  # time, SENTENCE or WORD, place


def _standpoint(scene: Scene, item: Item | None, time: int) -> tuple[int, int, int]:
    """The time to step from, and the places of the sentence and of the word there."""
    span = span_of(scene, item) if item is not None else None
    if item is None or span is None:
        return time, BEFORE, BEFORE
    return (span.start, item.sentence, BEFORE) if item.word is None else (span.start, BEHIND, item.word)


def _known(found: Iterable[tuple[int, tuple[int, int] | None]]) -> list[Stop]:
    return [(at[0], kind, at[1]) for kind, at in found if at is not None]


def _near(index: SpanIndex, time: int, kind: int) -> list[Stop]:
    """What is at ``time``, otherwise what starts before and after it."""
    place = index.nearest(time, 0)
    found = [(time, place)] if place is not None else [index.preceding(time, BEFORE), index.following(time, BEFORE)]
    return _known((kind, at) for at in found)


def _item(scene: Scene, stop: Stop) -> Item:
    _time, kind, place = stop
    return Item(place, None) if kind == SENTENCE else word_item(scene.transcript, place)
