"""From the node SpeechRecognitionResult to a transcript.

Needs numpy: import this module inside the function that reads a speech job, so that other jobs do not pay for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from callback_lens.payload.nodes import Node
from callback_lens.payload.numbers import parse_number
from callback_lens.transcript.columns import (
    NO_TIME,
    Layout,
    Places,
    Sentences,
    Times,
    Transcript,
    WordKind,
    Words,
    known_times,
)
from callback_lens.transcript.result_lines import read_result_lines
from callback_lens.transcript.texts import is_punctuation
from callback_lens.transcript.values import exact_milliseconds, text_of, texts_of, whole_numbers
from callback_lens.transcript.written import (
    DETAIL,
    FLASH,
    Names,
    WrittenSentence,
    WrittenWords,
    flash_sentences,
    sentences_below,
    words_of,
)

LARGEST_VOICE_TYPE = 2**15 - 1


def read_transcript(result: Node) -> Transcript | None:
    """The transcript in ``result`` (the node SpeechRecognitionResult), None where there is neither text nor AudioTime.

    Read from ResultDetail, else from FlashResult, else from the lines of Result. Nothing a payload does raises.
    """
    details = sentences_below(result, DETAIL)
    if details:
        return _detailed(result, Layout.RESULT_DETAIL, DETAIL, details)
    flash = flash_sentences(result)
    if flash:
        return _detailed(result, Layout.FLASH_RESULT, FLASH, flash)
    transcript = _lines_only(result)
    return transcript if transcript.sentences.text or transcript.audio_ms is not None else None


def _detailed(result: Node, layout: Layout, names: Names, written: Sequence[WrittenSentence]) -> Transcript:
    written_words = words_of(written, names)
    sentences, unreadable_sentences = _sentences(written, names, written_words.counts)
    words, unreadable_words = _words(written_words, names)
    are_offsets = layout is Layout.RESULT_DETAIL or _look_like_offsets(words, sentences)
    return Transcript(
        node=result,
        layout=layout,
        word_times="relative" if are_offsets else "absolute",
        audio_ms=exact_milliseconds(result.text_at("AudioTime")),
        sentences=sentences,
        words=_in_audio(words, sentences) if are_offsets else words,
        unreadable_sentences=unreadable_sentences,
        unreadable_words=unreadable_words,
    )


def _lines_only(result: Node) -> Transcript:
    lines = read_result_lines(result)
    sentences = Sentences(
        start=np.array([line.start for line in lines], np.int64),
        end=np.array([line.end for line in lines], np.int64),
        text=[line.text for line in lines],
        speaker=[line.speaker for line in lines],
        speed=[None] * len(lines),
        words_num=[None] * len(lines),
        slice_text=[""] * len(lines),
        first_word=np.zeros(len(lines) + 1, np.int64),
        nodes=[line.node for line in lines],
    )
    words, _ = _words(WrittenWords([0] * len(lines), [], [], [], []), DETAIL)
    audio_ms = exact_milliseconds(result.text_at("AudioTime"))
    return Transcript(result, Layout.RESULT, "absolute", audio_ms, sentences, words, {}, {})


def _sentences(
    written: Sequence[WrittenSentence], names: Names, word_counts: list[int]
) -> tuple[Sentences, dict[str, Places]]:
    def column(name: str) -> list[object]:
        return [sentence.fields.get(name) for sentence in written]

    start, end = whole_numbers(column(names.start)), whole_numbers(column(names.end))
    speeds, words_nums = texts_of(column(names.speed)), texts_of(column(names.words_num))
    sentences = Sentences(
        start=start,
        end=end,
        text=texts_of(column(names.text)),
        speaker=[speaker or None for speaker in texts_of(column(names.speaker))],
        speed=[None if number is None else float(number) for number in map(parse_number, speeds)],
        words_num=known_times(whole_numbers(words_nums)),
        slice_text=texts_of(column(names.slice_text)),
        first_word=np.cumsum([0, *word_counts], dtype=np.int64),
        nodes=[sentence.node for sentence in written],
    )
    unreadable = {
        names.start: np.flatnonzero(start == NO_TIME),
        names.end: np.flatnonzero(end == NO_TIME),
        names.speed: _without_number(speeds, sentences.speed),
        names.words_num: _without_number(words_nums, sentences.words_num),
    }
    return sentences, _not_empty(unreadable)


def _words(written: WrittenWords, names: Names) -> tuple[Words, dict[str, Places]]:
    """The words with their times as written."""
    start, end = whole_numbers(written.starts), whole_numbers(written.ends)
    voice_type = whole_numbers(written.voice_types)
    voice_type[(voice_type < 0) | (voice_type > LARGEST_VOICE_TYPE)] = -1
    unknown = np.flatnonzero(voice_type == -1)
    texts = texts_of(written.texts)
    sentence = np.repeat(np.arange(len(written.counts), dtype=np.int32), written.counts)
    words = Words(start, end, sentence, _kinds(voice_type, unknown, texts), voice_type.astype(np.int16), texts)
    unreadable = {
        names.word_start: np.flatnonzero(start == NO_TIME),
        names.word_end: np.flatnonzero(end == NO_TIME),
        names.voice_type: unknown[[bool(text_of(written.voice_types[place])) for place in unknown.tolist()]],
    }
    return words, _not_empty(unreadable)


def _kinds(voice_type: Times, unknown: Places, texts: Sequence[str]) -> NDArray[np.int8]:
    kinds = np.full(len(texts), WordKind.OTHER, np.int8)
    kinds[voice_type == 0] = WordKind.WORD
    kinds[voice_type == 1] = WordKind.PUNCTUATION
    kinds[unknown] = [_kind_by_text(texts[place]) for place in unknown.tolist()]
    return kinds


def _kind_by_text(text: str) -> WordKind:
    if is_punctuation(text):
        return WordKind.PUNCTUATION
    return WordKind.WORD if text else WordKind.OTHER


def _look_like_offsets(words: Words, sentences: Sentences) -> bool:
    """Whether more words lie inside their sentences if their times count from the sentence's start."""
    starts, ends = sentences.start[words.sentence], sentences.end[words.sentence]
    known = np.logical_and.reduce([times != NO_TIME for times in (words.start, words.end, starts, ends)])
    as_offsets = known & (words.start >= 0) & (words.end <= ends - starts)
    as_written = known & (words.start >= starts) & (words.end <= ends)
    return bool(as_offsets.sum() > as_written.sum())


def _in_audio(words: Words, sentences: Sentences) -> Words:
    base = sentences.start[words.sentence]
    return replace(words, start=_shifted(words.start, base), end=_shifted(words.end, base))


def _shifted(offsets: Times, base: Times) -> Times:
    return np.where((offsets == NO_TIME) | (base == NO_TIME), NO_TIME, offsets + base)


def _without_number(texts: Sequence[str], numbers: Sequence[float | None]) -> Places:
    return np.array([place for place, number in enumerate(numbers) if number is None and texts[place]], np.intp)


def _not_empty(places: Mapping[str, Places]) -> dict[str, Places]:
    return {field: where for field, where in places.items() if len(where)}
