"""Transcripts to export: of shipped, synthetic and documented callbacks, and of results of a test's own making."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from callback_lens.errors import UserError
from callback_lens.export.transcript_json import transcript_json
from callback_lens.payload.envelope import read_envelope
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.reader import read_documents
from callback_lens.resources import resource
from callback_lens.transcript.columns import Transcript
from callback_lens.transcript.reading import read_transcript
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_json, synthetic_speech_xml
from exports import said
from hypothesis import strategies as st

Row = tuple[int, int, str]  # start and end in ms, text
RESULT = "Operation.SpeechRecognitionResult"
SYNTHETIC = (
    synthetic_speech_xml(SyntheticSpeech(sentences=60)),
    synthetic_speech_json(SyntheticSpeech(sentences=60, speakers=3, overlap=0.5, seed=1)),
    synthetic_speech_xml(SyntheticSpeech(sentences=1, words_per_sentence=1)),
)
HOSTILE = "a水 <>&-\n\r\t\0\x1b\x85\u2028\u202e\ufeff\ud800{\\}=0:,\"'"
# What a JSON payload may have as text.
hostile_texts = st.text(st.sampled_from(HOSTILE) | st.characters(), max_size=12)


def transcripts_in(content: bytes) -> Iterator[Transcript]:
    """Every transcript in a callback."""
    for document in read_documents(Input("callback", None, content, None), Limits()):
        if not isinstance(document, UserError):
            for job in read_envelope(document.payload).jobs:
                transcript = read_transcript(node) if (node := job.node.first(RESULT)) else None
                if transcript and transcript.sentences.text:
                    yield transcript


def transcript_of(*sentences: Any) -> Transcript:
    """The transcript of a job with these as ResultDetail."""
    return transcript_of_result({"ResultDetail": list(sentences)})


def transcript_or_none(result: Any) -> Transcript | None:
    """The transcript of a job with this SpeechRecognitionResult, if there is one with sentences in it."""
    callback = {"EventName": "TaskFinish", "JobsDetail": {"Operation": {"SpeechRecognitionResult": result}}}
    return next(transcripts_in(json.dumps(callback).encode()), None)


def transcript_of_result(result: Any) -> Transcript:
    """The same of a result that has one."""
    transcript = transcript_or_none(result)
    assert transcript is not None
    return transcript


def sample_transcripts() -> list[Transcript]:
    """Those of the shipped samples and of synthetic callbacks."""
    files = sorted(resource("samples", "SpeechRecognition").iterdir())
    contents = [*(file.read_bytes() for file in files), *SYNTHETIC]
    return [transcript for content in contents for transcript in transcripts_in(content)]


def corpus_transcripts(corpus: Path) -> list[Transcript]:
    """Those of the documented callbacks."""
    files = sorted(file for file in corpus.iterdir() if file.suffix in (".xml", ".json"))
    return [transcript for file in files for transcript in transcripts_in(file.read_bytes())]


def payload_sentences(transcript: Transcript) -> list[Row]:
    """Sentences as written."""
    return [(one["start_ms"], one["end_ms"], one["text"]) for one in transcript_json(transcript)["sentences"]]


def payload_words(transcript: Transcript) -> list[Row]:
    """Words as written, each with the punctuation behind it, or the sentences where there are no words."""
    if not transcript.words.text:
        return payload_sentences(transcript)
    return [span for one in said(transcript) for span in one.spoken or [one.sentence]]
