"""The scalars of sentences and words as they stand in a payload."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from callback_lens.payload.nodes import Node
from callback_lens.transcript.values import text_of


@dataclass(frozen=True, slots=True)
class Names:
    """What a layout calls its fields; what FlashResult does not have is looked for under ResultDetail's name."""

    sentences: str
    start: str
    end: str
    text: str
    speaker: str
    words: str
    word: str
    word_start: str
    word_end: str
    slice_text: str = "SliceSentence"
    speed: str = "SpeechSpeed"
    words_num: str = "WordsNum"
    voice_type: str = "VoiceType"


DETAIL = Names(
    sentences="ResultDetail",
    start="StartMs",
    end="EndMs",
    text="FinalSentence",
    speaker="SpeakerId",
    words="Words",
    word="Word",
    word_start="OffsetStartMs",
    word_end="OffsetEndMs",
)
FLASH = Names(
    sentences="sentence_list",
    start="start_time",
    end="end_time",
    text="text",
    speaker="speaker_id",
    words="word_list",
    word="word",
    word_start="start_time",
    word_end="end_time",
)


class WrittenSentence(NamedTuple):
    """A sentence as it stands in the payload, and its scalars by name."""

    node: Node
    fields: Mapping[str, object]


class WrittenWords(NamedTuple):
    """The scalars of all words as written, by column, and how many words each sentence has."""

    counts: list[int]
    texts: list[object]
    starts: list[object]
    ends: list[object]
    voice_types: list[object]


def sentences_below(above: Node, names: Names) -> list[WrittenSentence]:
    """The sentences directly below ``above``; an empty one is none."""
    nodes, records = above.named(names.sentences), above.records(names.sentences)
    if len(nodes) != len(records) or not all(records):  # empty ones among them, or arrays in arrays
        records = [_scalars(node) for node in nodes]
    return [WrittenSentence(node, fields) for node, fields in zip(nodes, records, strict=True) if fields]


def flash_sentences(result: Node) -> list[WrittenSentence]:
    """The sentences of all channels; with several of them the channel is the speaker."""
    channels = result.named("FlashResult")
    return [
        WrittenSentence(node, _with_speaker(fields, channel.text_at("channel_id"), len(channels) > 1))
        for channel in channels
        for node, fields in sentences_below(channel, FLASH)
    ]


def _with_speaker(fields: Mapping[str, object], channel: str | None, several: bool) -> Mapping[str, object]:
    speaker = text_of(fields.get(FLASH.speaker))
    return {**fields, FLASH.speaker: (channel or speaker) if several else (speaker or channel)}


def words_of(sentences: Sequence[WrittenSentence], names: Names) -> WrittenWords:
    """The words of ``sentences``; an empty one is none."""
    written = WrittenWords([], [], [], [], [])
    for node, _ in sentences:
        words = node.records(names.words)
        starts = _column(words, names.word_start)
        if not _all_written(starts):  # then there may be empty ones among them
            words = [_scalars(word) for word in node.named(names.words)]
            starts = _column(words, names.word_start)
        written.counts.append(len(words))
        written.texts.extend(_column(words, names.word))
        written.starts.extend(starts)
        written.ends.extend(_column(words, names.word_end))
        written.voice_types.extend(_column(words, names.voice_type))
    return written


def _column(records: Sequence[Mapping[str, object]], name: str) -> list[object]:
    try:
        return list(map(itemgetter(name), records))
    except KeyError:
        return [record.get(name) for record in records]


def _all_written(values: Sequence[Any]) -> bool:
    try:
        return all(map(str.strip, values))
    except TypeError:
        return False


def _scalars(node: Node) -> Mapping[str, object]:
    return {child.name: child.value for child in node.children()}
