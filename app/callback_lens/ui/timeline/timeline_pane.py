"""The timeline with what belongs to it: tools, the job's latency, legend, statistics."""

from pathlib import PurePath

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.transcript.search import Hits
from callback_lens.ui.preferences import TALLEST
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT, line_height
from callback_lens.ui.timeline.colouring import Colouring
from callback_lens.ui.timeline.colouring_box import ColouringBox
from callback_lens.ui.timeline.height_grip import HeightGrip
from callback_lens.ui.timeline.items import TimeRange
from callback_lens.ui.timeline.latency_strip import LatencyStrip
from callback_lens.ui.timeline.layout import Layout
from callback_lens.ui.timeline.legend_strip import LegendStrip
from callback_lens.ui.timeline.look import Look
from callback_lens.ui.timeline.picture_saving import PictureSaving, picture_size
from callback_lens.ui.timeline.pictures import TimelinePicture
from callback_lens.ui.timeline.scene import Scene, Scenes, kept_scene
from callback_lens.ui.timeline.speech_jobs import SpeechJob
from callback_lens.ui.timeline.statistics_line import StatisticsLine
from callback_lens.ui.timeline.timeline_painter import NO_TIMES
from callback_lens.ui.timeline.timeline_view import TimelineView
from callback_lens.ui.timeline.tool_line import Tool, ToolLine
from callback_lens.ui.timeline.transcript_search import TranscriptSearch
from callback_lens.ui.widgets.label import Label

LOWEST = 120  # pixels
USUAL_LINES, MOST_LINES = 14, 28  # unless the user wants another height
FREE_LINES = 3  # for slow words to stand out
NO_DIARISATION = Message("SpeakerId is 0 in every sentence: diarisation was apparently off")
PICTURE_RATIO = 2  # pixels for each of ours, or more on a screen with more


class TimelinePane(QWidget):
    """Shows the timeline of ``speech``; its scene is built off the GUI thread, unless ``scenes`` has it already."""

    def __init__(
        self,
        speech: SpeechJob,
        scenes: Scenes,
        session: Session,
        selection: Selection,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("timeline-pane")
        self._session = session
        self._selection = selection
        self._speech = speech
        self._hit_times = NO_TIMES
        self.view = TimelineView(session, selection, self)
        self.search = TranscriptSearch(session, selection, speech.transcript, self)
        self.tools = ToolLine(session, self.search, self._tools(), self)
        self.latency = LatencyStrip(session, speech, self)
        self.grip = HeightGrip(session, self)
        self.colouring = ColouringBox(session, self)
        self.legend = LegendStrip(session, self)
        self.statistics = StatisticsLine(session, self)
        self.note = Label(session, NO_DIARISATION, self, "muted", wraps=True)
        self.note.setVisible(set(speech.transcript.sentences.speaker) == {"0"})
        self._pictures = PictureSaving(session, self)
        self._arrange()
        self._connect()
        self._follow()
        scene = scenes.get(speech.transcript)
        if scene is not None:
            self._show(scene)
        else:
            session.background.run(lambda job: kept_scene(scenes, speech, job.check), self._show, self)

    def copy_picture(self, is_redacted: bool = False) -> None:
        """Put a picture of what is in sight on the clipboard; with ``is_redacted`` it does not tell what was said."""
        picture = self._picture(is_redacted)
        if picture is not None:
            self._pictures.copy(picture, picture_size(picture, self.view.width()))

    def save_picture(self, is_redacted: bool = False) -> None:
        """Ask where to save a picture of what is in sight."""
        picture, entry = self._picture(is_redacted), self._selection.entry
        if picture is not None:
            name = f"{PurePath(entry.name).stem if entry else 'callback'}-timeline"
            self._pictures.ask_to_save(picture, picture_size(picture, self.view.width()), name)

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size: lanes are as high as it."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._follow()

    def _tools(self) -> list[list[Tool]]:
        view = self.view
        return [
            [
                (Message("Previous finding"), "finding-previous", lambda: view.step_finding(-1)),
                (Message("Next finding"), "finding-next", lambda: view.step_finding(1)),
            ],
            [
                (Message("Zoom out"), "zoom-out", lambda: view.zoom(-1)),
                (Message("Zoom in"), "zoom-in", lambda: view.zoom(1)),
                (Message("Show the whole audio"), "fit", view.fit_all),
            ],
            [(Message("Copy the picture"), "image", self.copy_picture)],
        ]

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        for part in (self.tools, self.latency, self.view, self.grip):
            column.addWidget(part)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.colouring, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.legend, 1, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(line)
        for label in (self.statistics, self.note):
            column.addWidget(label)

    def _connect(self) -> None:
        self.search.found.connect(self._mark)
        self.view.range_changed.connect(self._measure)
        self.grip.dragged.connect(self._resize)
        self.grip.reset.connect(lambda: self._session.preferences.change(timeline_height=0))
        self._session.preferences.changed.connect(self._follow)
        self.view.more_choices = [
            (Message("Copy the picture"), self.copy_picture),
            (Message("Copy the picture without its text"), lambda: self.copy_picture(is_redacted=True)),
            (Message("Save the picture…"), self.save_picture),
            (Message("Save the picture without its text…"), lambda: self.save_picture(is_redacted=True)),
        ]

    def _show(self, scene: Scene) -> None:
        self.view.show_scene(scene)
        self.legend.show_scene(scene)
        self._measure(None)

    def _mark(self, hits: Hits) -> None:
        self._hit_times = hits.time
        self.view.show_hits(hits.time)

    def _measure(self, span: TimeRange | None) -> None:
        if self.view.scene is not None:
            self.statistics.show_range(self.view.scene.measures, span)

    def _resize(self, by: int) -> None:
        height = min(max(LOWEST, self.view.height() + by), TALLEST)
        self._session.preferences.change(timeline_height=height)

    def _follow(self) -> None:
        settings = self._session.preferences.settings
        self.view.colour_by(Colouring(settings.colouring))
        self.view.setFixedHeight(settings.timeline_height or self._usual_height())

    def _usual_height(self) -> int:
        """What the lanes need, known before there is a scene: nothing moves when it comes."""
        lanes = len(set(self._speech.transcript.sentences.speaker))
        lines = Layout(0, 0, 0, line_height(), (1,) * lanes).lowest / line_height()
        return round(min(max(USUAL_LINES, lines + FREE_LINES), MOST_LINES) * line_height())

    def _picture(self, is_redacted: bool) -> TimelinePicture | None:
        scene, axis = self.view.scene, self.view.axis
        if scene is None:
            return None
        session, ratio = self._session, max(PICTURE_RATIO, self.devicePixelRatioF())
        look = Look(session.theme, self.font(), ratio, session.say, self.view.colouring, is_redacted)
        first, last = axis.edges(1).tolist()
        return TimelinePicture(self._speech, scene, look, (first, last), self._hit_times)
