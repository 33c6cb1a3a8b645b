"""The part of a timeline's view in which one selects: words, sentences and ranges, in step with all the window."""

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from callback_lens.ui.selection import NodeSelected, Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP
from callback_lens.ui.timeline import steps
from callback_lens.ui.timeline.canvas import Canvas
from callback_lens.ui.timeline.items import Item, TimeRange, item_at, node_of, span_of, word_item
from callback_lens.ui.timeline.overlay import item_box, row_of
from callback_lens.ui.timeline.scene import Scene
from callback_lens.ui.timeline.steps import Stops

ZOOM_STEP = 1.5
PADDING = 0.08  # of the width, on either side of what is fitted


class ItemView(Canvas):
    """A Canvas in which an item and a range can be selected, and moved from one to the next.

    ``item_changed`` carries the selected Item, ``range_changed`` the selected TimeRange, or None for none.
    """

    item_changed = Signal(object)
    range_changed = Signal(object)

    def __init__(self, session: Session, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.item: Item | None = None
        self.selected_range: TimeRange | None = None
        self._selection = selection
        self._anchor: Item | None = None  # where the range that keys select begins
        selection.node_changed.connect(self._follow)

    def show_scene(self, scene: Scene | None) -> None:
        super().show_scene(scene)
        self.select_range(None)
        self._take(None)
        self._follow(NodeSelected(self._selection.node, None))

    def select(self, item: Item) -> None:
        """Select a word or a sentence, here and everywhere, and bring it in sight."""
        if self.scene is not None:
            self._anchor = None
            self._take(item)
            self._reveal(item)
            self._selection.select(node_of(self.scene.transcript, item), self)

    def select_word(self, place: int) -> None:
        """Select the word at ``place``, here and everywhere, and bring it in sight."""
        if self.scene is not None:
            self.select(word_item(self.scene.transcript, place))

    def select_range(self, span: TimeRange | None) -> None:
        """Select a range of time; None for none."""
        self._anchor = None
        self._set_range(span)

    def show_on_page(self, box: QRect) -> None:
        """Scroll what the timeline stands in, if that can be scrolled, until ``box`` of the viewport is seen."""
        page = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        content = page.widget() if page is not None else None
        if page is not None and content is not None:
            middle = self.viewport().mapTo(content, box.center())
            page.ensureVisible(middle.x(), middle.y(), 0, box.height() // 2 + GAP)

    def zoom(self, by: int) -> None:
        """Show less time (1) or more (-1) around the selected item where that is in sight, otherwise the middle."""
        span, pixel = self._span(self.item), self.axis.width / 2
        if span is not None:
            middle = self.axis.to_pixel((span.start + span.end) // 2)
            pixel = middle if 0 <= middle <= self.axis.width else pixel
        self.go_to(self.axis.zoomed(ZOOM_STEP**by, pixel), "zoom")

    def fit_selection(self) -> None:
        """Show the selected range, otherwise the selected item, as large as fits."""
        span = self.selected_range or self._span(self.item)
        if span is not None:
            self.fit(span)

    def fit(self, span: TimeRange) -> None:
        """Show ``span`` as large as fits."""
        self.go_to(self.axis.fitted(*span, PADDING * self.axis.width))

    def fit_sentence(self, item: Item | None, column: TimeRange | None = None) -> None:
        """Show the sentence of ``item`` as large as fits, or ``column`` where that is longer."""
        sentence = self._span(item and item._replace(word=None))
        spans = [span for span in (column, sentence) if span is not None]
        if spans:
            self.fit(max(spans, key=lambda span: span.end - span.start))

    def step_word(self, by: int) -> None:
        """Select the next word (1) or the one before (-1)."""
        self._step_to(self._next_word(by))

    def step_sentence(self, by: int) -> None:
        """Select the next sentence (1) or the one before (-1)."""
        if self.scene is not None:
            item = self.item and self.item._replace(word=None)
            self._step_to(self._next(self.scene, steps.sentence_stops(self.scene), item, by))

    def step_finding(self, by: int) -> None:
        """Select the next odd word or sentence (1) or the one before (-1)."""
        if self.scene is not None:
            self._step_to(self._next(self.scene, steps.finding_stops(self.scene), self.item, by))

    def step_lane(self, by: int) -> None:
        """Select what the speaker below (1) or above (-1) says at the time of the selected item."""
        if self.scene is None:
            return
        lanes, span = self.scene.lanes, self._span(self.item)
        time = self.axis.to_time(0) if span is None else span.start
        is_word = self.item is None or self.item.word is not None
        lane = int(lanes.lane[self.item.sentence]) + by if self.item is not None else 0
        while 0 <= lane < len(lanes.lanes):
            item = steps.in_lane(self.scene, lane, time, is_word)
            if item is not None:
                self._step_to(item)
                return
            lane += by

    def go_to_end(self, by: int) -> None:
        """Select the first word (-1) or the last (1)."""
        if self.scene is not None:
            stops = steps.word_stops(self.scene)
            if by < 0:
                self._step_to(steps.following(self.scene, stops, None, self.scene.start))
            else:
                self._step_to(steps.preceding(self.scene, stops, None, self.scene.end + 1))

    def extend(self, by: int) -> None:
        """Select the range from where one began to the next word (1) or the one before (-1)."""
        anchor = self._anchor or self.item
        item = self._next_word(by) if self.item is not None else None
        first, last = self._span(anchor), self._span(item)
        if item is not None and first is not None and last is not None:
            self._step_to(item)
            self._anchor = anchor
            self._set_range(TimeRange(min(first.start, last.start), max(first.end, last.end)))

    def item_box(self) -> QRect | None:
        """Where the selected item is drawn, also beside what is in sight; None where there is none."""
        if self.scene is None or self.item is None:
            return None
        return item_box(self.scene, self.axis, self.place, self.item)

    def _next_word(self, by: int) -> Item | None:
        return None if self.scene is None else self._next(self.scene, steps.word_stops(self.scene), self.item, by)

    def _next(self, scene: Scene, stops: Stops, item: Item | None, by: int) -> Item | None:
        """The stop after ``item`` (1) or before it (-1); without an item the first in sight, or before that."""
        step = steps.following if by > 0 else steps.preceding
        return step(scene, stops, item, self.axis.to_time(0))

    def _step_to(self, item: Item | None) -> None:
        """Select ``item``, if there is one, and scroll also the page that the timeline is on."""
        box = None
        if item is not None:
            self.select(item)
            box = self.item_box()
        if box is not None:
            self.show_on_page(box)

    def _follow(self, selected: NodeSelected) -> None:
        if selected.origin is self or self.scene is None:
            return
        item = item_at(self.scene.transcript, selected.node) if selected.node is not None else None
        self._take(item)
        if item is not None:
            self._reveal(item)

    def _take(self, item: Item | None) -> None:
        if item != self.item:
            self.item = item
            self.viewport().update()
            self.item_changed.emit(item)

    def _set_range(self, span: TimeRange | None) -> None:
        if span != self.selected_range:
            self.selected_range = span
            self.viewport().update()
            self.range_changed.emit(span)

    def _span(self, item: Item | None) -> TimeRange | None:
        return None if self.scene is None or item is None else span_of(self.scene, item)

    def _reveal(self, item: Item) -> None:
        """Bring ``item`` in sight unless it is, in the same scale unless it is longer than what is seen."""
        span = self._span(item)
        if self.scene is None or span is None:
            return
        left, right = self.axis.to_pixel(span.start), self.axis.to_pixel(span.end)
        if right - left > self.axis.width and (left > 0 or right < self.axis.width):
            self.fit(span)
        elif right - left <= self.axis.width and (left < 0 or right > self.axis.width):
            self.go_to(self.axis.panned((left + right - self.axis.width) / 2), "follow")
        self._reveal_row(self.scene, item)

    def _reveal_row(self, scene: Scene, item: Item) -> None:
        row, seen, bar = row_of(scene, self.place, item), self.place.lanes, self.verticalScrollBar()
        if row is not None and row.whole.top < seen.top:
            bar.setValue(bar.value() + row.whole.top - seen.top)
        elif row is not None and row.whole.bottom > seen.bottom:
            bar.setValue(bar.value() + row.whole.bottom - seen.bottom)
