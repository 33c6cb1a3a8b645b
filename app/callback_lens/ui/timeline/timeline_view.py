"""The timeline: one points at words in it, moves and selects with mouse, touchpad and keys."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from callback_lens.errors import Message
from callback_lens.ui.models.plain import shown
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.timeline import item_lines
from callback_lens.ui.timeline.axis import Axis
from callback_lens.ui.timeline.hover_card import HoverCard
from callback_lens.ui.timeline.item_view import ItemView
from callback_lens.ui.timeline.items import Item
from callback_lens.ui.timeline.keys import action_of
from callback_lens.ui.timeline.layout import Band
from callback_lens.ui.timeline.overlay import (
    box_of,
    draw_focus,
    draw_item,
    draw_pointed,
    draw_range,
    item_box,
    lanes_box,
)
from callback_lens.ui.timeline.pointed import Pointed, column_at, pointed_at
from callback_lens.ui.timeline.pointer import Pointer
from callback_lens.ui.timeline.scene import Scene
from callback_lens.ui.timeline.timeline_painter import are_columns
from callback_lens.ui.widgets.menus import show_menu
from callback_lens.ui.widgets.object_menu import Choice, copy_text

NAME = Message("Timeline")
LONGEST_NAME = 20  # characters of a text that a menu quotes


class TimelineView(ItemView):
    """An ItemView for people; ``more_choices`` is what its context menu offers beyond its own.

    Its keys are those of the table of actions. What is pointed at is said by a card; a click locks it to what is
    selected. The selected item is also the widget's accessible description.
    """

    def __init__(self, session: Session, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(session, selection, parent)
        self.more_choices: list[Choice] = []
        self.card = HoverCard(session, self.viewport())
        self._pointer = Pointer(self)
        self._pointed: Pointed | None = None
        self._point: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.item_changed.connect(self._say_item)
        session.language_changed.connect(self._speak)
        self._speak()

    def show_scene(self, scene: Scene | None) -> None:
        self._pointed = None
        self.card.is_locked = False
        super().show_scene(scene)
        self._show_card()

    def zoom_to_item(self) -> None:
        """Show the column of words that is pointed at, or that the selected item is in, but at least its sentence."""
        span = self._span(self.item)
        if self._pointed is not None and self._pointed.column is not None:
            self.fit_sentence(self._pointed.item, self._pointed.column)
        elif self.scene is not None and span is not None and are_columns(self.scene, self.axis):
            self.fit_sentence(self.item, column_at(self.axis, self.axis.to_pixel(span.start)))
        else:
            self.fit_sentence(self.item)

    def toggle_card(self) -> None:
        """Lock the card to what is selected, or let it go."""
        self._lock(not self.card.is_locked and self.item is not None)

    def clear(self) -> None:
        """Let the card go; if it is not locked, select no range."""
        if self.card.is_locked:
            self._lock(False)
        else:
            self.select_range(None)

    def pointed_at(self, point: QPointF, band: Band | None = None) -> Pointed | None:
        """What is at ``point`` of the viewport, in the lanes, or at the same time in another ``band``."""
        row, pixel = self.place.row_at(point.y()), point.x() - self.place.gutter
        if self.scene is None or row is None or not 0 <= pixel < self.axis.width:
            return None
        return pointed_at(self.scene, self.axis, row, row.band_at(point.y()) if band is None else band, pixel)

    def point_at(self, point: QPointF | None) -> None:
        """Show what is at ``point``; with None nothing."""
        self._point = point
        pointed = self.pointed_at(point) if point is not None else None
        if pointed != self._pointed:
            self.viewport().update(self._pointed_box())
            self._pointed = pointed
            self.viewport().update(self._pointed_box())
            self._show_card()
        if point is not None:
            self.viewport().setCursor(self._pointer.cursor_at(point))

    def choose(self, point: QPointF) -> None:
        """Select what is at ``point`` and lock the card to it; where there is nothing, let the card go."""
        pointed = self.pointed_at(point)
        item = pointed.item if pointed is not None else None
        if item is not None:
            self.select(item)
        self._lock(item is not None)

    def draw_above(self, painter: QPainter) -> None:
        theme = self.session.theme
        painter.setClipRect(self.place.gutter, 0, self.axis.width, self.place.height)
        if self.selected_range is not None:
            draw_range(painter, theme, self.axis, self.place, self.selected_range)
        painter.setClipRect(lanes_box(self.place))
        if self._pointed is not None:
            draw_pointed(painter, theme, self._pointed_box())
        box = self.item_box()
        if box is not None:
            draw_item(painter, theme, box)
        painter.setClipping(False)
        if self.hasFocus():
            draw_focus(painter, theme, self.viewport().rect())

    def event(self, event: QEvent) -> bool:
        # The window has actions on some of these keys; here they mean the timeline.
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and action_of(event):
            event.accept()
            return True
        if isinstance(event, QFocusEvent):
            self.viewport().update()
            if event.gotFocus() and event.reason() is Qt.FocusReason.OtherFocusReason:  # by its action
                self.show_on_page(self.viewport().rect())
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            return self._pointer.pinch(event)
        if event.type() is QEvent.Type.Leave:
            self.point_at(None)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = action_of(event)
        if action is None:
            super().keyPressEvent(event)
            return
        act = getattr(self, action.handler.removeprefix("timeline."))
        act() if action.argument is None else act(action.argument)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        pointed = self.pointed_at(event.position(), Band.SENTENCES)
        if event.button() is Qt.MouseButton.LeftButton and pointed is not None:
            self.fit_sentence(pointed.item, pointed.column)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._pointer.turn(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            self.choose(QPointF(event.pos()))
        else:
            room = lanes_box(self.place)
            at = self.viewport().mapToGlobal(room.intersected(self.item_box() or room).bottomLeft())
        show_menu(self.session, self._choices(), at, self)

    def _choices(self) -> Iterator[Choice]:
        scene, item = self.scene, self.item
        if scene is not None and item is not None:
            text = item_lines.title(scene, item)
            yield Message("Copy “{text}”", {"text": shown(text, LONGEST_NAME)}), partial(copy_text, text)
            yield Message("Copy path"), partial(copy_text, item_lines.path(scene.transcript, item))
            yield Message("Fit the sentence"), partial(self.fit_sentence, item)
        if self.selected_range is not None:
            yield Message("Fit the selected range"), self.fit_selection
        yield Message("Show all"), self.fit_all
        yield Message("Zoom back"), self.back
        yield from self.more_choices

    def _lock(self, is_locked: bool) -> None:
        self.card.is_locked = is_locked
        self._show_card()

    def _lay_out(self) -> None:
        super()._lay_out()
        self._point_again()

    def _show(self, axis: Axis) -> None:
        super()._show(axis)
        self._point_again()

    def _point_again(self) -> None:
        """Something else is under the pointer now."""
        self._pointed = None
        self.point_at(self._point)
        self._show_card()

    def _show_card(self) -> None:
        """Say what is selected where the card is locked, otherwise what is pointed at."""
        box = self.item_box() if self.card.is_locked else self._pointed_box()
        pointed = self._pointed
        if self.scene is None or box is None or not lanes_box(self.place).intersects(box):
            self.card.hide()
        elif self.card.is_locked and self.item is not None:
            self.card.show_item(self.scene, self.item, box)
        elif pointed is not None and pointed.column is not None:
            self.card.show_column(self.scene, pointed, pointed.column, box)
        elif pointed is not None and pointed.item is not None:
            self.card.show_item(self.scene, pointed.item, box)

    def _pointed_box(self) -> QRect:
        """Where what is pointed at is drawn; an empty box for nothing."""
        pointed, scene = self._pointed, self.scene
        if scene is None or pointed is None:
            return QRect()
        if pointed.column is not None:
            return box_of(self.axis, self.place, pointed.column, pointed.strip)
        return (item_box(scene, self.axis, self.place, pointed.item) if pointed.item else None) or QRect()

    def _say_item(self, item: Item | None) -> None:
        """Tell a screen reader what is selected, and the card if it is locked."""
        self._speak()
        if item is not None and self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleDescription()))
        self._point = self._pointed = None  # until the pointer moves again, it is the selected item that counts
        self._lock(self.card.is_locked and item is not None)

    def _speak(self) -> None:
        say = self.session.say
        said = item_lines.spoken(say, self.scene, self.item) if self.scene and self.item else ""
        self.setAccessibleName(say(NAME))
        self.setAccessibleDescription(said)
