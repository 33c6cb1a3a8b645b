"""The numbers and texts of tables of sentences or words.

Needs numpy, as ``transcript.reading`` does.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from callback_lens.export.node_paths import sentence_paths, word_paths
from callback_lens.transcript import TOLERANCE_MS
from callback_lens.transcript.columns import NO_TIME, Places, Times, Transcript, WordKind
from callback_lens.transcript.flags import WordFlag, word_flags
from callback_lens.transcript.neighbours import places_ahead
from callback_lens.transcript.pace import ms_per_char, word_chars


class TableRows(NamedTuple):
    """Columns of texts and of numbers, ``NO_TIME`` for what is not known; ``sentence`` is the place of the sentence.

    ``gap_before_ms`` is since the end of the word or sentence ahead; it and ``dur_ms`` may be negative. ``flags`` has
    the names of ``WordFlag``: ``slow outside-sentence``.
    """

    sentence: NDArray[np.integer]
    speaker: list[str]
    start_ms: Times
    end_ms: Times
    dur_ms: Times
    voice_type: Times
    text: list[str]
    chars: Times
    ms_per_char: Times
    gap_before_ms: Times
    flags: list[str]
    path: list[str]


def sentence_rows(transcript: Transcript) -> TableRows:
    """A row for each sentence; its characters are those of its text without spaces."""
    sentences = transcript.sentences
    count = len(sentences.text)
    chars = _chars(sentences.text)
    dur = _difference(sentences.start, sentences.end)
    all_of_one_group = np.arange(count), np.zeros(count, np.intp)
    gap_before = _gaps(*all_of_one_group, sentences.start, sentences.end)
    after_start = _gaps(*all_of_one_group, sentences.start, sentences.start)
    return TableRows(
        sentence=np.arange(count),
        speaker=_speakers(transcript),
        start_ms=sentences.start,
        end_ms=sentences.end,
        dur_ms=dur,
        voice_type=np.full(count, NO_TIME),
        text=list(sentences.text),
        chars=chars,
        ms_per_char=np.where((dur > 0) & (chars > 0), dur / np.maximum(chars, 1) + 0.5, NO_TIME).astype(np.int64),
        gap_before_ms=gap_before,
        flags=_flag_names(_sentence_flags(dur, gap_before, after_start)),
        path=sentence_paths(transcript),
    )


def word_rows(transcript: Transcript) -> TableRows:
    """A row for each entry of Words; a sentence that has none is a row itself."""
    words = transcript.words
    chars = word_chars(transcript)
    paces = ms_per_char(transcript, chars)
    spoken = np.flatnonzero(words.kind != WordKind.PUNCTUATION)
    rows = TableRows(
        sentence=words.sentence,
        speaker=list(map(_speakers(transcript).__getitem__, words.sentence.tolist())),
        start_ms=words.start,
        end_ms=words.end,
        dur_ms=_difference(words.start, words.end),
        voice_type=np.where(words.voice_type < 0, NO_TIME, words.voice_type.astype(np.int64)),
        text=list(words.text),
        chars=chars.astype(np.int64),
        ms_per_char=np.where(np.isnan(paces), NO_TIME, np.nan_to_num(paces) + 0.5).astype(np.int64),
        gap_before_ms=_gaps(spoken, words.sentence, words.start, words.end),
        flags=_flag_names(word_flags(transcript, paces, TOLERANCE_MS)),
        path=word_paths(transcript),
    )
    wordless = np.flatnonzero(np.diff(transcript.sentences.first_word) == 0)
    return _merged(rows, sentence_rows(transcript), wordless) if len(wordless) else rows


def _chars(texts: Sequence[str]) -> Times:
    """How many characters each text has that are no spaces."""
    everything = "".join(texts)
    if everything.split(maxsplit=1) != [everything]:
        texts = ["".join(text.split()) for text in texts]
    return np.fromiter(map(len, texts), np.int64, len(texts))


def _speakers(transcript: Transcript) -> list[str]:
    """The speaker of each sentence as written."""
    return [speaker or "" for speaker in transcript.sentences.speaker]


def _sentence_flags(dur: Times, gap_before: Times, after_start: Times) -> NDArray[np.integer]:
    """``after_start`` is the time since the start of the sentence ahead."""
    disordered = _below(after_start, -TOLERANCE_MS)
    flags: NDArray[np.integer] = (
        WordFlag.INCOMPLETE * (dur == NO_TIME)
        | WordFlag.NO_LENGTH * (dur == 0)
        | WordFlag.REVERSED * _below(dur, 0)
        | WordFlag.OUT_OF_ORDER * disordered
        | WordFlag.OVERLAPPING * (_below(gap_before, -TOLERANCE_MS) & ~disordered)
    )
    return flags


def _flag_names(flags: NDArray[np.integer]) -> list[str]:
    of_rows = flags.tolist()
    names = {
        some: " ".join(str(flag.name).lower().replace("_", "-") for flag in WordFlag if flag & some)
        for some in set(of_rows)
    }
    return list(map(names.__getitem__, of_rows))


def _difference(start: Times, end: Times) -> Times:
    return np.where((start == NO_TIME) | (end == NO_TIME), NO_TIME, end - start)


def _below(column: Times, limit: int) -> NDArray[np.bool_]:
    below: NDArray[np.bool_] = (column < limit) & (column != NO_TIME)
    return below


def _gaps(places: Places, groups: NDArray[np.integer], start: Times, end: Times) -> Times:
    """For each of ``places`` the time from the end of the one ahead in its group to its start."""
    ahead = places_ahead(places, groups)
    return np.where(ahead < 0, NO_TIME, _difference(end[ahead], start))


def _merged(words: TableRows, sentences: TableRows, wordless: Places) -> TableRows:
    """``words`` with the rows of ``wordless`` sentences among them."""
    order = np.argsort(np.concatenate([words.sentence, wordless]), kind="stable")

    def column(of_words: Any, of_sentences: Any) -> Any:
        if isinstance(of_words, list):
            both = [*of_words, *map(of_sentences.__getitem__, wordless.tolist())]
            return list(map(both.__getitem__, order.tolist()))
        return np.concatenate([of_words, of_sentences[wordless]])[order]

    return TableRows(*map(column, words, sentences))
