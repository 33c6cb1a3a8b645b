"""How long the job waited and ran: from creation to end on one line, above the time of the audio."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from callback_lens.errors import Message
from callback_lens.payload.jobs import Job
from callback_lens.payload.times import Timestamp
from callback_lens.payload.units import duration, rounded
from callback_lens.transcript.statistics import real_time_factor
from callback_lens.ui.models.plain import tooltip
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT, WIDE
from callback_lens.ui.timeline.look import Look
from callback_lens.ui.timeline.speech_jobs import SpeechJob
from callback_lens.ui.timeline.swatches import Swatch, fill_hatched, paint_swatch, swatch_size

BAR = 6  # pixels high
SHORTEST_BAR = 60
LEAST = 2  # pixels: what took no time is seen too


class LatencyStrip(QWidget):
    """Shows the latency of a job; takes no room where nothing is known of it."""

    def __init__(self, session: Session, speech: SpeechJob, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._speech = speech
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setVisible(bool(phases(speech.job)))
        session.language_changed.connect(self._speak)
        session.theme_changed.connect(self.update)
        self._speak()

    def sizeHint(self) -> QSize:
        return QSize(0, strip_height(self._look()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._speech.job is not None:
            paint_latency(painter, self.rect(), self._speech.job, self._speech.transcript.audio_ms, self._look())
        painter.end()

    def _look(self) -> Look:
        return Look(self._session.theme, self.font(), self.devicePixelRatioF(), self._session.say)

    def _speak(self) -> None:
        facts = latency_facts(self._speech.job, self._speech.transcript.audio_ms)
        said = " · ".join(map(self._session.say, facts))
        self.setAccessibleName(said)
        self.setToolTip(tooltip(said))
        self.update()


class Phase(NamedTuple):
    """A part of the job's life: what it is called, how long it took (ms), the meaning of its colour."""

    words: Message
    ms: int
    meaning: str
    is_hatched: bool


def phases(job: Job | None) -> list[Phase]:
    """Waiting and running, as far as the payload says; times the wrong way round say nothing."""
    if job is None:
        return []
    queued, ran = job.queue_ms, job.run_ms
    found = []
    if queued is not None and queued >= 0:
        found.append(Phase(Message("queued {time}", {"time": duration(queued)}), queued, "outline", True))
    if ran is not None and ran >= 0:
        found.append(Phase(Message("ran {time}", {"time": duration(ran)}), ran, "accent", False))
    return found


def latency_facts(job: Job | None, audio_ms: float | None) -> list[Message]:
    """What the strip says, in words: times as written, phases, the real-time factor."""
    if job is None:
        return []
    times = (
        (Message("created {time}", {"time": _raw(job.created)}), job.created),
        (Message("started {time}", {"time": _raw(job.started)}), job.started),
        (Message("ended {time}", {"time": _raw(job.ended)}), job.ended),
    )
    known = [words for words, time in times if time is not None and time.moment is not None]
    return [*known, *(phase.words for phase in phases(job)), *_factor(job, audio_ms)]


def strip_height(look: Look) -> int:
    """How high the strip is, in pixels."""
    return QFontMetrics(look.font).height() + TIGHT


def paint_latency(painter: QPainter, place: QRect, job: Job, audio_ms: float | None, look: Look) -> None:
    """Draw the strip into ``place``: a bar to scale between its times, beside what it means.

    Where there is no room for all, the times are left out, then the bar.
    """
    shown, metrics = phases(job), QFontMetrics(look.font)
    swatches = [
        Swatch(look.say(phase.words), look.theme.color(phase.meaning).name(), phase.is_hatched) for phase in shown
    ]
    factor = " ".join(look.say(words) for words in _factor(job, audio_ms))
    captions = sum(swatch_size(swatch, metrics)[0] + WIDE for swatch in swatches) + metrics.horizontalAdvance(factor)
    bar = place.adjusted(0, 0, -captions - WIDE, 0)
    painter.setFont(look.font)
    at = QPoint(place.left(), place.top() + (place.height() - metrics.height()) // 2)
    if bar.width() >= SHORTEST_BAR:
        begun = job.started if job.queue_ms is None else job.created
        _paint_bar(painter, _between_times(painter, bar, begun, job.ended, look), shown, swatches, look)
        at.setX(bar.right() + WIDE)
    for swatch in swatches:
        paint_swatch(painter, swatch, at, look)
        at += QPoint(swatch_size(swatch, metrics)[0] + WIDE, 0)
    painter.setPen(look.theme.color("text"))
    painter.drawText(QRect(at, place.bottomRight()), Qt.TextFlag.TextSingleLine, factor)


def _between_times(
    painter: QPainter, bar: QRect, begun: Timestamp | None, ended: Timestamp | None, look: Look
) -> QRect:
    """Write the times at both ends of ``bar``, if it is long enough; gives what is left of it."""
    first, last = _clock(begun), _clock(ended)
    wide = painter.fontMetrics().horizontalAdvance
    room = bar.adjusted(wide(first) + GAP * bool(first), 0, -wide(last) - GAP * bool(last), 0)
    if room.width() < SHORTEST_BAR:
        return bar
    painter.setPen(look.theme.color("muted"))
    painter.drawText(bar, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, first)
    painter.drawText(bar, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, last)
    return room


def _paint_bar(painter: QPainter, room: QRect, shown: Sequence[Phase], swatches: Sequence[Swatch], look: Look) -> None:
    """The phases one after the other, to scale."""
    free = room.width() - LEAST * len(shown)
    total = max(1, sum(phase.ms for phase in shown))
    widths = [LEAST + round(free * phase.ms / total) for phase in shown]
    top = room.center().y() - BAR // 2 + 1
    for (left, right), swatch in zip(pairwise(accumulate(widths, initial=room.left())), swatches, strict=True):
        fill_hatched(painter, QRect(left, top, right - left, BAR), swatch, look)


def _factor(job: Job, audio_ms: float | None) -> list[Message]:
    factor = real_time_factor(job.run_ms, audio_ms)
    return [] if factor is None else [Message("{factor} × real time", {"factor": rounded(factor)})]


def _raw(time: Timestamp | None) -> str:
    return time.raw if time is not None else ""


def _clock(time: Timestamp | None) -> str:
    """The time of day as written."""
    return f"{time.moment:%H:%M:%S}" if time is not None and time.moment is not None else ""
