"""JSON: segments as Whisper and WhisperX have them, and beside them all that the payload says of the transcript."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from callback_lens.export.cues import Cues, Export, ExportOptions, Level, sentence_cues, word_cues
from callback_lens.export.node_paths import sentence_paths, word_paths
from callback_lens.export.notes import warnings_of
from callback_lens.export.transcript_json import transcript_json
from callback_lens.export.word_groups import beside_sentences, joined, timed_words
from callback_lens.transcript.columns import Transcript

Values = Mapping[str, Any]


def export_json(transcript: Transcript, options: ExportOptions) -> Export:
    """An object with ``text``, ``segments`` and ``callback_lens``; each sentence is a line in either list.

    A segment has ``start`` and ``end`` in seconds, ``text``, ``speaker`` if known and, at the level of words,
    ``words``. What reads Whisper's files needs those times, so a sentence without any is in ``callback_lens`` alone:
    that is the ``transcript`` of ``show --json`` with nothing changed (whole ms, null where not known), and with the
    path of each sentence and word.
    """
    cues = sentence_cues(transcript)
    words = word_cues(transcript) if options.level is Level.WORD else None
    payload = _with_paths(transcript)
    sentences = payload.pop("sentences")
    lines = [
        f'{{"text": {_json(joined(cues.text))}, "segments": [',
        *_items(_segments(cues, words)),
        f'], "callback_lens": {_json(payload)[:-1]}, "sentences": [',
        *_items(sentences),
        "]}}",
    ]
    whole = timed_words(transcript).whole
    of_words = beside_sentences(words.notes, cues.notes, whole) if words else []
    return Export(lines, warnings_of([*cues.notes, *of_words], transcript))


def _segments(cues: Cues, words: Cues | None) -> Iterator[Values]:
    of_sentence: defaultdict[int, list[Values]] = defaultdict(list)
    for sentence, word in zip(words.sentence.tolist(), _timed(words, "word"), strict=True) if words else ():
        of_sentence[sentence].append(word)
    for number, segment in enumerate(_timed(cues, "text")):
        sentence = int(cues.sentence[number])
        speaker = cues.labels[sentence]
        of_speaker = {"speaker": speaker} if speaker else {}
        yield {"id": number, **segment, **of_speaker, **({"words": of_sentence[sentence]} if words else {})}


def _timed(cues: Cues, name: str) -> Iterator[Values]:
    """The text of each cue as ``name`` with its times in seconds: the double nearest to a whole number of ms."""
    for start, end, text in zip(cues.start.tolist(), cues.end.tolist(), cues.text, strict=True):
        yield {"start": start / 1000, "end": end / 1000, name: text}


def _with_paths(transcript: Transcript) -> dict[str, Any]:
    """The transcript as JSON values, with the paths of its sentences and words, and what else sentences say."""
    values = transcript_json(transcript)
    sentences, of_words = transcript.sentences, word_paths(transcript)
    for place, (sentence, path) in enumerate(zip(values["sentences"], sentence_paths(transcript), strict=True)):
        sentence["path"] = path
        sentence["words_num"], sentence["slice_text"] = sentences.words_num[place], sentences.slice_text[place]
        for word, word_path in zip(sentence["words"], of_words[sentences.words(place)], strict=True):
            word["path"] = word_path
    layout = {"layout": transcript.layout.value, "word_times": transcript.word_times, "path": transcript.node.path}
    return layout | values


def _items(values: Iterable[Values]) -> Sequence[str]:
    """The items of a list of JSON, a line for each."""
    items = ",\n".join(map(_json, values))
    return [items] if items else []


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
