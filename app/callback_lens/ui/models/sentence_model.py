"""The sentences of a transcript: when, who, what."""

from typing import Any

from PySide6.QtCore import QObject

from callback_lens.errors import Message
from callback_lens.payload.nodes import Node
from callback_lens.payload.units import clock
from callback_lens.transcript.columns import NO_TIME, Transcript
from callback_lens.ui.models.row_model import Role, RowModel
from callback_lens.ui.models.transcript_places import sentence_at
from callback_lens.ui.session import Session

TIME, SPEAKER, TEXT = range(3)
COLUMNS = (Message("Time"), Message("Speaker"), Message("Text"))
UNKNOWN = "?"


class SentenceModel(RowModel):
    """A row for each sentence, in the order written."""

    def __init__(self, session: Session, transcript: Transcript, parent: QObject | None = None) -> None:
        super().__init__(session, COLUMNS, len(transcript.sentences.text), parent)
        self._transcript = transcript

    def path(self, place: int) -> str:
        return self._transcript.sentences.nodes[place].path

    def place_of(self, node: Node) -> int | None:
        return sentence_at(self._transcript, node)

    def text(self, place: int, column: int) -> str:
        sentences = self._transcript.sentences
        if column == TIME:
            return f"{time_text(int(sentences.start[place]))} – {time_text(int(sentences.end[place]))}"
        return sentences.text[place] if column == TEXT else sentences.speaker[place] or ""

    def look(self, place: int, column: int, role: int) -> Any:
        if role == Role.ForegroundRole and column == TIME:
            return self.session.theme.color("muted")
        return super().look(place, column, role)


def time_text(milliseconds: int) -> str:
    """A place in the audio, or ``?`` for ``NO_TIME``."""
    return UNKNOWN if milliseconds == NO_TIME else clock(milliseconds)
