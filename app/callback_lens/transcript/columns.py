"""The transcript of a speech job as columns: no Python object for each word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:  # numpy costs a tenth of a second: only what holds words pays for it
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from callback_lens.payload.nodes import Node

Times: TypeAlias = "NDArray[np.int64]"
Places: TypeAlias = "NDArray[np.intp]"

# Stands in columns of times for what is absent or no usable number: 0 and negative numbers are times.
NO_TIME = -(2**63)


class Layout(StrEnum):
    """The node of SpeechRecognitionResult that a transcript was read from."""

    RESULT_DETAIL = "ResultDetail"
    FLASH_RESULT = "FlashResult"
    RESULT = "Result"


class WordKind(IntEnum):
    """What an entry of ``Words`` is: by VoiceType (0 and 1 in the documented samples), without one by its text."""

    WORD = 0
    PUNCTUATION = 1
    OTHER = 2


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of all sentences in the order written, an entry of each column for each word.

    ``start`` and ``end`` are ms in the audio (never offsets in the sentence), ``NO_TIME`` where not known;
    ``sentence`` is the place of the word's sentence; ``kind`` a ``WordKind``; ``voice_type`` -1 where not known.
    """

    start: Times
    end: Times
    sentence: NDArray[np.int32]
    kind: NDArray[np.int8]
    voice_type: NDArray[np.int16]
    text: list[str]


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """The sentences in the order written, an entry of each column for each sentence.

    ``start`` and ``end`` are ms in the audio, ``NO_TIME`` where not known; ``speaker`` the id as written (or the
    channel's); ``speed`` the reported SpeechSpeed; ``words_num`` the reported WordsNum; ``slice_text`` the
    SliceSentence; ``first_word`` has one entry more: the words of a sentence begin at its own and end before the
    next; ``nodes`` are where the sentences stand in the payload.
    """

    start: Times
    end: Times
    text: list[str]
    speaker: list[str | None]
    speed: list[float | None]
    words_num: list[int | None]
    slice_text: list[str]
    first_word: NDArray[np.int64]
    nodes: list[Node]

    def words(self, sentence: int) -> slice:
        """Where the words of ``sentence`` are in the columns of ``Words``."""
        return slice(int(self.first_word[sentence]), int(self.first_word[sentence + 1]))


@dataclass(frozen=True, slots=True, eq=False)
class Transcript:
    """What a speech job heard.

    ``node`` is the payload's SpeechRecognitionResult. ``audio_ms`` is AudioTime, exactly (19.7124 s are 19712.4),
    None where not known. ``word_times`` is what the payload's word times were taken for: "relative" to the
    sentence (ResultDetail, as documented) or "absolute"; for FlashResult no source says which, so it is the
    reading under which more words lie inside their sentences. ``unreadable_sentences`` and ``unreadable_words``
    have, by the name of a field, the places where it is written but no usable number, or is missing although a
    time needs it.
    """

    node: Node
    layout: Layout
    word_times: Literal["relative", "absolute"]
    audio_ms: int | float | None
    sentences: Sentences
    words: Words
    unreadable_sentences: Mapping[str, Places]
    unreadable_words: Mapping[str, Places]

    def sentence_nodes(self, places: Sequence[int]) -> list[Node]:
        """Where these sentences stand in the payload; several may stand in one Result."""
        return [self.sentences.nodes[place] for place in places]

    def word_nodes(self, places: Sequence[int]) -> list[Node]:
        """Where these words stand in the payload, without a node for each of the others in their sentences."""
        by_sentence: dict[int, list[int]] = {}
        for place, sentence in zip(places, self.words.sentence[list(places)].tolist(), strict=True):
            by_sentence.setdefault(sentence, []).append(place)
        nodes: dict[int, Node] = {}
        for sentence, same in by_sentence.items():
            words = self.sentences.words(sentence)
            positions, count = [place - words.start for place in same], words.stop - words.start
            found = self.sentences.nodes[sentence].named_at(self._words_name, positions, count)
            nodes |= zip(same, found, strict=True)
        return [nodes[place] for place in places]

    def word_nodes_of(self, sentence: int) -> list[Node]:
        """Where the words of ``sentence`` stand in the payload."""
        return self.sentences.nodes[sentence].named(self._words_name)

    @property
    def _words_name(self) -> str:
        return "word_list" if self.layout is Layout.FLASH_RESULT else "Words"


def known_times(times: Times) -> list[int | None]:
    """``times`` as plain numbers, None for ``NO_TIME``: what JSON and tables show."""
    return [None if time == NO_TIME else time for time in times.tolist()]
