"""A text looked for in what was said, also across words.

Needs numpy, as ``transcript.reading`` does.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from callback_lens.payload.nodes import Node
from callback_lens.transcript.columns import Places, Times, Transcript
from callback_lens.transcript.neighbours import run_firsts

CHECK_EVERY = 10_000
SENTENCE_END = "\n"  # folded texts have no spaces


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """All that was said as one text, folded, with ``SENTENCE_END`` behind each sentence.

    It consists of the words and of the texts of sentences without words: ``start`` says where in ``text`` each begins,
    ``word`` which word it is (-1: none), ``sentence`` which sentence it is of.
    """

    transcript: Transcript
    text: str
    start: Places
    word: Places
    sentence: Places


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Where a text was found, in order of time: the word (-1: none) and the sentence that each match begins in, and
    when they start (ms in the audio, perhaps ``NO_TIME``).
    """

    transcript: Transcript
    word: Places
    sentence: Places
    time: Times

    def node(self, hit: int) -> Node:
        """Where the word of a hit stands in the payload, or the sentence that has none."""
        word, transcript = int(self.word[hit]), self.transcript
        return transcript.word_nodes([word])[0] if word >= 0 else transcript.sentences.nodes[self.sentence[hit]]


def read_spoken(transcript: Transcript, check: Callable[[], None]) -> Spoken:
    """What was said, for ``find``; ``check`` is called now and then, and may raise to stop it."""
    words, sentences = transcript.words, transcript.sentences
    counts = np.diff(sentences.first_word)
    wordless = np.flatnonzero(counts == 0)
    sentence = np.concatenate([words.sentence, wordless])
    order = np.argsort(sentence, kind="stable")
    word = np.concatenate([np.arange(len(words.text)), np.full(len(wordless), -1)])[order]
    texts = list(_folded([*words.text, *(sentences.text[place] for place in wordless.tolist())], check))
    ends = np.append(np.diff(sentence[order]) != 0, True)[: len(order)]
    pieces = [texts[place] + SENTENCE_END * end for place, end in zip(order.tolist(), ends.tolist(), strict=True)]
    lengths = np.fromiter(map(len, pieces), np.intp, len(pieces))
    return Spoken(transcript, "".join(pieces), np.cumsum(lengths) - lengths, word, sentence[order])


def find(spoken: Spoken, text: str, check: Callable[[], None]) -> Hits:
    """Where ``text`` is said, whatever its case and spaces; nowhere if it has no more than those."""
    wanted = next(_folded([text], check))
    offsets = np.fromiter(_offsets(spoken.text, wanted, check), np.intp) if wanted else np.zeros(0, np.intp)
    each = np.searchsorted(spoken.start, offsets, side="right") - 1
    found = each[run_firsts(each)]
    word, sentence = spoken.word[found], spoken.sentence[found]
    words, sentences = spoken.transcript.words, spoken.transcript.sentences
    time = sentences.start[sentence]
    time[word >= 0] = words.start[word[word >= 0]]
    order = np.argsort(time, kind="stable")
    return Hits(spoken.transcript, word[order], sentence[order], time[order])


def _folded(texts: Sequence[str], check: Callable[[], None]) -> Iterator[str]:
    for place, text in enumerate(texts):
        if place % CHECK_EVERY == 0:
            check()
        yield "".join(text.casefold().split())


def _offsets(text: str, wanted: str, check: Callable[[], None]) -> Iterator[int]:
    offset, count = text.find(wanted), 0
    while offset >= 0:
        yield offset
        count += 1
        if count % CHECK_EVERY == 0:
            check()
        offset = text.find(wanted, offset + len(wanted))
