"""Results of speech jobs: as data to be read, and as what was read of them."""

from collections.abc import Callable
from typing import Any

from callback_lens.payload.nodes import Node
from callback_lens.transcript.columns import Transcript, WordKind, known_times
from callback_lens.transcript.reading import read_transcript

Result = Callable[[object], Node]


def read(result: Node) -> Transcript:
    """The transcript of a node SpeechRecognitionResult that has one."""
    transcript = read_transcript(result)
    assert transcript is not None
    return transcript


def rows(transcript: Transcript) -> list[dict[str, Any]]:
    """The transcript sentence by sentence, out of its columns."""
    sentences, words = transcript.sentences, transcript.words
    starts, ends = known_times(words.start), known_times(words.end)
    return [
        {
            "start": known_times(sentences.start)[place],
            "end": known_times(sentences.end)[place],
            "text": sentences.text[place],
            "speaker": sentences.speaker[place],
            "speed": sentences.speed[place],
            "words_num": sentences.words_num[place],
            "slice": sentences.slice_text[place],
            "path": transcript.sentences.nodes[place].path.partition("SpeechRecognitionResult.")[2],
            "words": [
                (
                    words.text[word],
                    starts[word],
                    ends[word],
                    WordKind(words.kind[word]).name,
                    int(words.voice_type[word]),
                    transcript.word_nodes([word])[0].path.partition("SpeechRecognitionResult.")[2],
                )
                for word in range(*sentences.words(place).indices(len(words.text)))
            ],
        }
        for place in range(len(sentences.text))
    ]


def unreadable(transcript: Transcript) -> dict[str, list[int]]:
    """The places of what should have been numbers, by field."""
    places = {**transcript.unreadable_sentences, **transcript.unreadable_words}
    return {field: where.tolist() for field, where in places.items()}


def sentence(*words: object, **fields: object) -> dict[str, object]:
    """A ResultDetail of 1 to 9 s."""
    return {"StartMs": "1000", "EndMs": "9000", "FinalSentence": "ab", **fields, "Words": list(words)}


def word(text: object = "a", start: object = "0", end: object = "100", **fields: object) -> dict[str, object]:
    """One of Words, 100 ms long; times count from the sentence's start."""
    return {"OffsetEndMs": end, "OffsetStartMs": start, "Word": text, **fields}
