"""Timelines on the screen: what they show, and how tests move in them."""

import json
from typing import Protocol

from callback_lens.ui.entries import Entry
from callback_lens.ui.timeline.items import Item
from callback_lens.ui.timeline.layout import Band, RowPlace
from callback_lens.ui.timeline.overlay import item_box
from callback_lens.ui.timeline.scene import Scene, build_scene
from callback_lens.ui.timeline.speech_jobs import speech_jobs
from callback_lens.ui.timeline.timeline_view import TimelineView
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from speech_results import sentence, word

LEFT = Qt.MouseButton.LeftButton
NO_MODIFIER, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
RESULT = "JobsDetail[0].Operation.SpeechRecognitionResult"
# Ten seconds of two speakers: seven entries of Words, of which 丁 is slow and the comma no word.
TWO_SPEAKERS = (
    sentence(
        word("甲", 0, 500, VoiceType=0),
        word("乙", 500, 1000, VoiceType=0),
        word("，", 500, 1000, VoiceType=1),
        StartMs=1000,
        EndMs=2000,
        SpeakerId="0",
        FinalSentence="甲乙，",
    ),
    sentence(
        word("丙", 0, 500, VoiceType=0),
        word("丁", 500, 4000, VoiceType=0),
        StartMs=3000,
        EndMs=7000,
        SpeakerId="1",
        FinalSentence="丙丁",
    ),
    sentence(
        word("戊", 0, 500, VoiceType=0),
        word("己", 500, 1000, VoiceType=0),
        StartMs=8000,
        EndMs=9000,
        SpeakerId="0",
        FinalSentence="戊己",
    ),
)
FIRST, SECOND, COMMA, THIRD, SLOW, FIFTH, LAST = range(7)


class Show(Protocol):
    """Shows the timeline of a payload."""

    def __call__(self, payload: bytes, width: int = 1000, height: int = 300) -> TimelineView: ...


def speech(*sentences: object, **fields: object) -> bytes:
    """The callback of a speech job with these as ResultDetail, as JSON."""
    result = {"AudioTime": "10", "ResultDetail": list(sentences), **fields}
    operation = {"SpeechRecognitionResult": result}
    job = {"Tag": "SpeechRecognition", "State": "Success", "Operation": operation}
    return json.dumps({"EventName": "TaskFinish", "JobsDetail": [job]}).encode()


def scene_of(entry: Entry) -> Scene:
    """The scene of the transcript in a payload."""
    assert entry.summary is not None
    speech_job = speech_jobs(entry.summary)[0]
    return build_scene(speech_job.transcript, speech_job.findings)


def x_of(view: TimelineView, time: int) -> int:
    """Where in the viewport the pixel of ``time`` is."""
    return view.place.gutter + int(view.axis.to_pixel(time))


def word_point(view: TimelineView, place: int) -> QPoint:
    """The middle of a word as it is drawn."""
    assert view.scene is not None
    box = item_box(view.scene, view.axis, view.place, Item(int(view.scene.transcript.words.sentence[place]), place))
    assert box is not None
    return box.center()


def band_point(view: TimelineView, time: int, row: int = 0, band: Band = Band.WORDS) -> QPoint:
    """A place in a band of a row, at the pixel of ``time``."""
    return QPoint(x_of(view, time), band_y(view.place.rows[row], band))


def band_y(row: RowPlace, band: Band) -> int:
    """The lowest pixel of a band."""
    strips = {Band.WORDS: row.words, Band.PUNCTUATION: row.punctuation, Band.SENTENCES: row.sentences}
    return strips[band].bottom - 1


def turn(
    view: TimelineView,
    point: QPoint,
    up: int = 0,
    right: int = 0,
    modifiers: Qt.KeyboardModifier = NO_MODIFIER,
) -> None:
    """Turn the wheel over ``point``, in eighths of a degree: 120 for a notch."""
    event = QWheelEvent(
        QPointF(point),
        QPointF(view.viewport().mapToGlobal(point)),
        QPoint(),
        QPoint(right, up),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def in_sight(view: TimelineView) -> tuple[int, int]:
    """From when to when, in ms."""
    return view.axis.to_time(0), view.axis.to_time(view.axis.width)


def move(view: TimelineView, point: QPoint) -> None:
    """Move the pointer there, also if it is there already."""
    where = QPointF(point)
    none = Qt.MouseButton.NoButton
    glob = QPointF(view.viewport().mapToGlobal(point))
    QApplication.sendEvent(view.viewport(), QMouseEvent(QEvent.Type.MouseMove, where, glob, none, none, NO_MODIFIER))


def drag(view: TimelineView, start: QPoint, end: QPoint, held: Qt.KeyboardModifier = NO_MODIFIER) -> None:
    """Drag with the left button."""
    QTest.mousePress(view.viewport(), LEFT, held, start)
    QTest.mouseMove(view.viewport(), (start + end) / 2)
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), LEFT, held, end)
