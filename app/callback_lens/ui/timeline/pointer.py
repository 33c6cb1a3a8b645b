"""What mouse and touchpad do in the timeline."""

from collections.abc import Callable
from time import monotonic
from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QScrollBar

from callback_lens.ui.timeline.axis import Axis, whole_axis
from callback_lens.ui.timeline.items import TimeRange
from callback_lens.ui.timeline.layout import Layout
from callback_lens.ui.timeline.overview_painter import window_span

Drag = Callable[[QPointF], object]
GRIP = 5  # pixels: so near an edge of the overview's window is that edge
DOUBLING = 240  # eighths of a degree of the wheel: two notches
LEFT, MOVED, RIGHT = -1, 0, 1  # what of the overview's window is dragged


class View(Protocol):
    """What the pointer acts upon."""

    axis: Axis
    place: Layout

    def go_to(self, axis: Axis, gesture: str, at: float | None = None) -> None: ...
    def select_range(self, span: TimeRange | None) -> None: ...
    def choose(self, point: QPointF) -> None: ...
    def point_at(self, point: QPointF | None) -> None: ...
    def verticalScrollBar(self) -> QScrollBar: ...


class Pointer:
    """Turns what is done in the viewport of ``view`` into what the view does."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._pressed: QPointF | None = None
        self._drag: Drag | None = None

    def press(self, event: QMouseEvent) -> None:
        """Begin to drag; in the lanes only once it has moved, for it may be a click."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._pressed, y = event.position(), event.position().y()
        place, extends = self._view.place, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if y < place.overview.bottom:
            self._drag = self._window_drag(self._pressed)
        elif y < place.ruler.bottom or extends:
            self._drag = self._range_drag(self._pressed)

    def move(self, event: QMouseEvent) -> None:
        """Drag, or point at what is there."""
        point = event.position()
        if self._pressed is not None and self._drag is None:
            moved = (point - self._pressed).manhattanLength()
            if moved >= QGuiApplication.styleHints().startDragDistance():
                self._drag = self._pan_drag(self._pressed)
        if self._drag is not None:
            self._drag(point)
        elif self._pressed is None:
            self._view.point_at(point)

    def release(self, event: QMouseEvent) -> None:
        """Drop what was dragged; what did not move was clicked."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._pressed is not None and self._drag is None:
            self._view.choose(self._pressed)
        self._pressed = self._drag = None

    def turn(self, event: QWheelEvent) -> None:
        """Zoom at the pointer; sideways, or with Shift, pan; over the names of the lanes scroll them."""
        view, turned = self._view, event.angleDelta()
        shifts = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        sideways = turned.x() if abs(turned.x()) > abs(turned.y()) else turned.y() if shifts else 0
        if sideways:
            pixels = event.pixelDelta().x() or sideways * view.place.axis_width / (8 * 120)
            view.go_to(view.axis.panned(-pixels), "pan")
        elif event.position().x() < view.place.gutter and view.place.scroll_range:
            bar = view.verticalScrollBar()
            bar.setValue(bar.value() - round(turned.y() * 3 * bar.singleStep() / 120))
        elif turned.y():
            self._zoom(2 ** (turned.y() / DOUBLING), event.position())
        event.accept()

    def pinch(self, event: QNativeGestureEvent) -> bool:
        """Zoom where two fingers are; False for what is no pinch."""
        if event.gestureType() is not Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._zoom(max(1 + event.value(), 0.1), event.position())
        return True

    def cursor_at(self, point: QPointF) -> Qt.CursorShape:
        """What the pointer looks like where nothing is pressed."""
        if point.y() >= self._view.place.overview.bottom:
            return Qt.CursorShape.ArrowCursor
        part = self._part_at(point.x())
        return Qt.CursorShape.SizeHorCursor if part in (LEFT, RIGHT) else Qt.CursorShape.OpenHandCursor

    def _zoom(self, factor: float, point: QPointF) -> None:
        axis = self._overview() if point.y() < self._view.place.overview.bottom else self._view.axis
        pixel = self._view.axis.to_pixel(axis.to_time(self._pixel(point)))
        self._view.go_to(self._view.axis.zoomed(factor, pixel), "zoom")

    def _pan_drag(self, start: QPointF) -> Drag:
        view, axis, at = self._view, self._view.axis, monotonic()
        scroll = view.verticalScrollBar().value()

        def drag(point: QPointF) -> None:
            view.go_to(axis.panned(start.x() - point.x()), "drag", at)
            view.verticalScrollBar().setValue(scroll + round(start.y() - point.y()))

        return drag

    def _range_drag(self, start: QPointF) -> Drag:
        first = self._view.axis.to_time(self._pixel(start))

        def drag(point: QPointF) -> None:
            last = self._view.axis.to_time(self._pixel(point))
            self._view.select_range(TimeRange(min(first, last), max(first, last) + 1))

        return drag

    def _window_drag(self, start: QPointF) -> Drag:
        """Drag the overview's window or an edge of it; a press beside it brings it there."""
        part = self._part_at(start.x())
        if part is None:
            self._view.go_to(self._centred(self._overview().to_time(self._pixel(start))), "overview")
            part = MOVED
        view, axis, overview, at = self._view, self._view.axis, self._overview(), monotonic()

        def drag(point: QPointF) -> None:
            if part == MOVED:
                scale = overview.ms_per_pixel / axis.ms_per_pixel
                view.go_to(axis.panned((point.x() - start.x()) * scale), "overview", at)
                return
            kept = axis.to_time(axis.width if part == LEFT else 0)
            moved = overview.to_time(self._pixel(point))
            view.go_to(axis.fitted(min(kept, moved), max(kept, moved)), "overview", at)

        return drag

    def _part_at(self, x: float) -> int | None:
        """What of the overview's window is at ``x``; None for what is beside it."""
        x, (left, right) = x - self._view.place.gutter, window_span(self._view.axis)
        if min(abs(x - left), abs(x - right)) <= min(GRIP, max((right - left) / 3, 1)):
            return LEFT if abs(x - left) < abs(x - right) else RIGHT
        return MOVED if left <= x <= right else None

    def _centred(self, time: int) -> Axis:
        axis = self._view.axis
        return axis.panned(axis.to_pixel(time) - axis.width / 2)

    def _overview(self) -> Axis:
        axis = self._view.axis
        return whole_axis(axis.first, axis.last, axis.width)

    def _pixel(self, point: QPointF) -> float:
        """The pixel of the axis at ``point``: the nearest where that is beside it."""
        return min(max(point.x() - self._view.place.gutter, 0), self._view.place.axis_width)
