"""A transcript as JSON values: sentences with their words, times in ms from the start of the audio."""

from typing import Any

from callback_lens.transcript.columns import Transcript, WordKind, known_times

KINDS = {kind.value: kind.name.lower() for kind in WordKind}


def transcript_json(transcript: Transcript) -> dict[str, Any]:
    """``audio_ms``, ``speakers``, ``word_count`` (punctuation counts) and ``sentences``, as schema 1 has them."""
    words = _words(transcript)
    sentences = transcript.sentences
    starts, ends = known_times(sentences.start), known_times(sentences.end)
    return {
        "audio_ms": transcript.audio_ms,
        "speakers": list(dict.fromkeys(speaker for speaker in sentences.speaker if speaker is not None)),
        "word_count": len(words),
        "sentences": [
            {
                "start_ms": starts[index],
                "end_ms": ends[index],
                "text": text,
                "speaker": sentences.speaker[index],
                "speed": sentences.speed[index],
                "words": words[sentences.words(index)],
            }
            for index, text in enumerate(sentences.text)
        ],
    }


def _words(transcript: Transcript) -> list[dict[str, Any]]:
    words = transcript.words
    columns = (known_times(words.start), known_times(words.end), words.text, words.kind.tolist())
    voice_types = [None if type_ < 0 else type_ for type_ in words.voice_type.tolist()]
    return [
        {"start_ms": start, "end_ms": end, "text": text, "kind": KINDS[kind], "voice_type": voice_type}
        for start, end, text, kind, voice_type in zip(*columns, voice_types, strict=True)
    ]
