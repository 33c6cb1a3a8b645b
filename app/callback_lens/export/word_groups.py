"""Words with the punctuation that belongs to them."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from callback_lens.errors import Message
from callback_lens.export.notes import Note
from callback_lens.transcript.columns import NO_TIME, Places, Transcript, WordKind
from callback_lens.transcript.spans import Spans, spans
from callback_lens.transcript.texts import is_punctuation

# Scripts written without spaces, their punctuation, and full-width forms; Korean has spaces.
CJK = re.compile("[\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")


class TimedWords(NamedTuple):
    """``places`` of the words that have a time and are no punctuation: what goes by itself.

    ``untimed`` has the sentence of each word without time that has such neighbours, ``whole`` the sentences without
    any such word.
    """

    places: Places
    untimed: Places
    whole: Places


class WordGroups(NamedTuple):
    """Words with what goes with them, in the order written, an entry of each column for each group.

    ``spans`` are those of ``timed`` words, ``sentence`` has the places of their sentences in the transcript.
    """

    spans: Spans
    text: list[str]
    sentence: Places
    timed: TimedWords


def timed_words(transcript: Transcript) -> TimedWords:
    """The words that have a time of their own, and those which have none."""
    words = transcript.words
    timed = (words.start != NO_TIME) | (words.end != NO_TIME)
    spoken = words.kind != WordKind.PUNCTUATION
    places = np.flatnonzero(timed & spoken)
    is_whole = np.ones(len(transcript.sentences.text), bool)
    is_whole[words.sentence[places]] = False
    untimed = words.sentence[spoken & ~timed]
    return TimedWords(places, untimed[~is_whole[untimed]].astype(np.intp), np.flatnonzero(is_whole))


def timed_notes(timed: TimedWords) -> list[Note]:
    """What becomes of words that have no time."""
    return [
        Note(Message("words without a time, put with their neighbours"), timed.untimed),
        Note(Message("sentences without times of words, written whole"), timed.whole),
    ]


def beside_sentences(notes: Sequence[Note], of_sentences: Sequence[Note], whole: Places) -> list[Note]:
    """``notes`` of words without what ``of_sentences`` say already of the sentences written ``whole`` among them."""
    said = {note.what.id for note in of_sentences}
    return [
        note._replace(sentences=note.sentences[~np.isin(note.sentences, whole)]) if note.what.id in said else note
        for note in notes
    ]


def word_groups(transcript: Transcript) -> WordGroups:
    """The timed words, each with the punctuation and the words without time behind it; the first of a sentence also
    with what stands before it. A sentence that has none is a group by itself.
    """
    words, sentences = transcript.words, transcript.sentences
    timed = timed_words(transcript)
    text = _texts(transcript, timed.places, joined if len(timed.untimed) else "".join)
    start, end, sentence = words.start[timed.places], words.end[timed.places], words.sentence[timed.places]
    if len(timed.whole):
        order = np.argsort(np.concatenate([sentence, timed.whole]), kind="stable")
        start = np.concatenate([start, sentences.start[timed.whole]])[order]
        end = np.concatenate([end, sentences.end[timed.whole]])[order]
        text += [sentence_text(transcript, place) for place in timed.whole.tolist()]
        text = list(map(text.__getitem__, order.tolist()))
        sentence = np.concatenate([sentence, timed.whole])[order]
    return WordGroups(spans(start, end), text, sentence.astype(np.intp), timed)


def sentence_text(transcript: Transcript, sentence: int) -> str:
    """The text of a sentence, its words joined where it has none."""
    return transcript.sentences.text[sentence] or joined(transcript.words.text[transcript.sentences.words(sentence)])


def joined(texts: Sequence[str]) -> str:
    """The texts as a line: a space between two words unless one of them is of a script without spaces."""
    pieces: list[str] = []
    before = ""  # nothing yet but marks, which belong to the first word
    for text in filter(None, texts):
        is_mark = is_punctuation(text)
        if before and not (is_mark or CJK.match(before[-1]) or CJK.match(text)):
            pieces.append(" ")
        pieces.append(text)
        before = text if before or not is_mark else ""
    return "".join(pieces)


def _texts(transcript: Transcript, heads: Places, join: Callable[[Sequence[str]], str]) -> list[str]:
    """The text of each head with what goes with it."""
    words, first_word = transcript.words, transcript.sentences.first_word
    sentence = words.sentence[heads]
    is_first = np.diff(sentence, prepend=-1) > 0
    is_last = np.diff(sentence, append=len(first_word)) > 0
    begin = np.where(is_first, first_word[sentence], heads)
    end = np.where(is_last, first_word[sentence + 1], np.append(begin[1:], 0)[: len(heads)])
    text = list(map(words.text.__getitem__, heads.tolist()))
    several = np.flatnonzero(end - begin > 1)
    for group, first, last in zip(several.tolist(), begin[several].tolist(), end[several].tolist(), strict=True):
        text[group] = join(words.text[first:last])
    return text
