"""What is said in a payload by a second reading of it, and what an export has written."""

from typing import Any, NamedTuple

from callback_lens.export.cues import Export
from callback_lens.export.files import encoded
from callback_lens.transcript.columns import Transcript
from second_reading import at


class Span(NamedTuple):
    """What is said from when to when, in ms of the audio."""

    start: int
    end: int
    text: str


class Said(NamedTuple):
    """A sentence, its Words as written with their VoiceTypes, and its path in SpeechRecognitionResult."""

    speaker: str
    sentence: Span
    words: list[tuple[Span, str]]
    path: str

    @property
    def spoken(self) -> list[Span]:
        """The words, each with the punctuation behind it."""
        spans: list[Span] = []
        for span, voice_type in self.words:
            if voice_type == "1":
                spans[-1] = spans[-1]._replace(text=spans[-1].text + span.text)
            else:
                spans.append(span)
        return spans


def said(transcript: Transcript) -> list[Said]:
    """The sentences of ResultDetail in the order written, as documented: every number is there."""
    details = at(transcript.node.data(), "ResultDetail")
    return [_said(detail, f"ResultDetail[{place}]") for place, detail in enumerate(details)]


def _said(detail: dict[str, Any], path: str) -> Said:
    start = int(detail["StartMs"])
    words = [
        (Span(start + int(word["OffsetStartMs"]), start + int(word["OffsetEndMs"]), word["Word"]), word["VoiceType"])
        for word in at(detail, "Words")
    ]
    return Said(detail["SpeakerId"], Span(start, int(detail["EndMs"]), detail["FinalSentence"]), words, path)


def written(export: Export) -> str:
    """The content of the file."""
    return encoded(export.lines, bom=False, crlf=False).decode()


def warnings(export: Export) -> list[tuple[str, object, str]]:
    """What, how often, and in which sentence first."""
    found = [warning.values for warning in export.warnings]
    return [(str(values["what"]), values["count"], str(values["path"]).rpartition(".")[2]) for values in found]
