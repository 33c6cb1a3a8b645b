"""The part of a timeline's view that shows a range of time: what is drawn once for each, and the way back."""

from time import monotonic

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from callback_lens.errors import Message
from callback_lens.transcript.columns import Times
from callback_lens.ui.session import Session
from callback_lens.ui.theme import line_height
from callback_lens.ui.timeline.axis import Axis, whole_axis
from callback_lens.ui.timeline.colouring import Colouring
from callback_lens.ui.timeline.history import History
from callback_lens.ui.timeline.layout import Layout
from callback_lens.ui.timeline.look import Look
from callback_lens.ui.timeline.scene import Scene
from callback_lens.ui.timeline.timeline_painter import NO_TIMES, TimelinePainter

NOTHING_TIMED = Message("Nothing here has a time")


class Canvas(QAbstractScrollArea):
    """Shows a Scene, or nothing; ``axis_changed`` carries the Axis when another range is in sight.

    What of the lanes does not fit scrolls. The picture of a range is kept: what lies above it, which ``draw_above``
    draws, costs nothing of what is below.
    """

    axis_changed = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.scene: Scene | None = None
        self.axis: Axis = whole_axis(0, 0, 0)
        self.place = Layout(0, 0, 0, line_height(), ())
        self.colouring = Colouring.PACE
        self._painter: TimelinePainter | None = None
        self._history = History()
        self._hits: Times = NO_TIMES
        self._picture: QPixmap | None = None
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        session.theme_changed.connect(self._look_again)
        session.language_changed.connect(self._look_again)

    def show_scene(self, scene: Scene | None) -> None:
        """Show the whole of ``scene``; with None nothing."""
        self.scene = scene
        self.axis = whole_axis(scene.start, scene.end, 0) if scene else whole_axis(0, 0, 0)
        self._history, self._hits = History(), NO_TIMES
        self.verticalScrollBar().setValue(0)
        self._look_again()

    def colour_by(self, colouring: Colouring) -> None:
        """Colour the words by something else."""
        self.colouring = colouring
        self._look_again()

    def show_hits(self, times: Times) -> None:
        """Mark what a search has found at these times (ms, ascending)."""
        self._hits = times
        self._draw_again()

    def pan(self, pages: float) -> None:
        """Show what is so many times the width to the right, or to the left of 0."""
        self.go_to(self.axis.panned(pages * self.axis.width), "pan")

    def fit_all(self) -> None:
        """Show everything."""
        self.go_to(self.axis.fitted(self.axis.first, self.axis.last))

    def go_to(self, axis: Axis, gesture: str = "", at: float | None = None) -> None:
        """Show ``axis``; one step back leads to where a ``gesture`` began. ``at`` is its time, by default now."""
        if axis != self.axis:
            self._history = self._history.leaving(self.axis, gesture, monotonic() if at is None else at)
            self._show(axis)

    def back(self) -> None:
        """Show what was in sight before."""
        self._history, axis = self._history.back()
        if axis is not None:
            self._show(axis.resized(self.place.axis_width))

    def draw_above(self, painter: QPainter) -> None:
        """Draw what lies above the picture; the painter is that of the viewport. A playhead would be drawn here."""

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            self._paint(painter, event.rect())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._lay_out()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.DevicePixelRatioChange):
            self._look_again()

    def _show(self, axis: Axis) -> None:
        self.axis = axis
        self._draw_again()
        self.axis_changed.emit(axis)

    def _draw_again(self) -> None:
        self._picture = None
        self.viewport().update()

    def _look_again(self) -> None:
        """Draw with other colours, words or letters."""
        self._painter = TimelinePainter(self.scene, self._look()) if self.scene is not None else None
        self._lay_out()

    def _look(self) -> Look:
        session, ratio = self.session, self.viewport().devicePixelRatioF()
        return Look(session.theme, self.font(), ratio, session.say, self.colouring)

    def _lay_out(self) -> None:
        if self._painter is None:
            self._draw_again()
            return
        room, bar = self.viewport(), self.verticalScrollBar()
        place = self._painter.layout(room.width(), room.height())
        self.place = place.scrolled(bar.value())
        bar.setPageStep(place.lanes.height)
        bar.setSingleStep(place.line_height)
        bar.setRange(0, place.scroll_range)
        axis = self.axis.resized(place.axis_width)
        if axis != self.axis:
            self._show(axis)
        self._draw_again()

    def _paint(self, painter: QPainter, room: QRect) -> None:
        if self._painter is None or self.scene is None or not self.place.axis_width:
            painter.fillRect(room, self.session.theme.color("base"))
        elif self.scene.start == self.scene.end:
            self._draw_no_times(painter)
        else:
            if self._picture is None:
                self._picture = self._draw(self._painter)
            painter.drawPixmap(0, 0, self._picture)
            self.draw_above(painter)

    def _draw(self, timeline: TimelinePainter) -> QPixmap:
        ratio = self.viewport().devicePixelRatioF()
        picture = QPixmap(self.viewport().size() * ratio)
        picture.setDevicePixelRatio(ratio)
        with QPainter(picture) as painter:  # ended also where painting fails: Qt crashes otherwise
            timeline.paint(painter, self.axis, self.place, self._hits)
        return picture

    def _draw_no_times(self, painter: QPainter) -> None:
        theme, room = self.session.theme, self.viewport().rect()
        painter.fillRect(room, theme.color("base"))
        painter.setPen(theme.color("muted"))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.session.say(NOTHING_TIMED))
