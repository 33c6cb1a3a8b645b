"""How much was said, how fast, with which pauses: of the range of time that is selected, or of all."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from callback_lens.errors import Message
from callback_lens.payload.units import clock, duration, rounded
from callback_lens.transcript.columns import Transcript
from callback_lens.transcript.measures import Measures
from callback_lens.transcript.statistics import Statistics, statistics_of_all, statistics_of_range
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.label import Label

Span = tuple[int, int]
SEPARATOR = "\u00a0· "  # no line begins with the dot
USUAL_LINES = 2  # for which there is room from the beginning


class StatisticsLine(Label):
    """A line of facts; ``show_range`` says of what."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._facts: list[Message] = []
        super().__init__(session, "", parent, "muted", wraps=True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setMinimumHeight(USUAL_LINES * self.fontMetrics().lineSpacing())

    def show_range(self, measures: Measures, span: Span | None) -> None:
        """Say what was said from the first to the last ms of ``span``, or of all where that is None."""
        found = statistics_of_all(measures) if span is None else statistics_of_range(measures, *span)
        self._facts = [*_of_what(measures.transcript, span), *_facts(found, measures.transcript)]
        self._speak()

    def _speak(self) -> None:
        self._words = SEPARATOR.join(map(self._session.say, self._facts))
        super()._speak()


def _of_what(transcript: Transcript, span: Span | None) -> Iterator[Message]:
    if span is not None:
        values = {"start": clock(span[0]), "end": clock(span[1]), "length": duration(span[1] - span[0])}
        yield Message("{start} – {end} ({length})", values)
        return
    if transcript.audio_ms is not None:
        yield Message("{time} of audio", {"time": clock(transcript.audio_ms)})
    speakers = {speaker for speaker in transcript.sentences.speaker if speaker is not None}
    yield Message("speakers: {speakers}", {"speakers": f"{len(speakers):,}"})


def _facts(statistics: Statistics, transcript: Transcript) -> Iterator[Message]:
    """What there is; nothing about what there is none of."""
    speech, pauses, overlaps = statistics.speech, statistics.pauses, statistics.overlaps
    counts = {"sentences": f"{speech.sentences[0]:,}", "words": f"{speech.words[0]:,}"}
    yield Message("sentences: {sentences}, words: {words}", counts)
    speed = speech.speeds()[0][0]
    if speed > 0:
        yield Message("{speed} characters per second", {"speed": rounded(speed)})
    median, _, worst, slowest = (column[0] for column in statistics.paces)
    if slowest >= 0:
        values = {"median": round(median), "worst": round(worst), "word": transcript.words.text[slowest]}
        yield Message("{median} ms per character, slowest {worst} ({word})", values)
    if pauses.pauses[0]:
        values = {"count": f"{pauses.pauses[0]:,}", "time": duration(round(pauses.ms[0]))}
        yield Message("pauses: {count} ({time})", values)
    if pauses.hidden[0]:
        values = {"count": f"{pauses.hidden[0]:,}", "time": duration(round(pauses.hidden_ms[0]))}
        yield Message("in slow words: {count} ({time})", values)
    if overlaps.other_speaker[0]:
        yield Message("interruptions: {count}", {"count": f"{overlaps.other_speaker[0]:,}"})
