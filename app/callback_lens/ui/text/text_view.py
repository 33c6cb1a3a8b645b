"""A view of text of any size, with a caret, a selection and matches."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimerEvent, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QMenu, QWidget

from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.text.caret import MOVES, clamped, word_around
from callback_lens.ui.text.grid_view import GridView
from callback_lens.ui.text.row_painter import Highlights
from callback_lens.ui.text.rows import Place, Rows, Span, Spans, end_of
from callback_lens.ui.theme import GAP

Key = QKeySequence.StandardKey
SCROLL_EVERY = 40  # ms, while the mouse selects beyond the edge
LONGEST_SPOKEN = 500


class TextView(GridView):
    """Text to read, select and copy.

    ``row_chosen`` carries the row the user put the caret in; ``find_wanted`` what a key asks for: 0 to open the find
    bar, 1 and -1 for the next and the previous match.
    """

    row_chosen = Signal(object)
    find_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.caret = self._anchor = Place(0, 0)
        self._highlights = Highlights()
        self._timer = 0
        self._keys: tuple[tuple[Key, Callable[[], object]], ...] = (
            (Key.Copy, self.copy),
            (Key.SelectAll, self.select_all),
            (Key.Find, lambda: self.find_wanted.emit(0)),
            (Key.FindNext, lambda: self.find_wanted.emit(1)),
            (Key.FindPrevious, lambda: self.find_wanted.emit(-1)),
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    def show_rows(self, rows: Rows) -> None:
        """Show ``rows`` from their beginning, with nothing selected, marked or found."""
        self.caret = self._anchor = Place(0, 0)
        self._highlights = Highlights()
        super().show_rows(rows)

    def highlight(self, hits: Spans, current: int) -> None:
        """Colour matches, and go to the one that is current; -1 for none."""
        self._highlights = replace(self._highlights, hits=hits, current=current)
        if current >= 0:
            self.go_to(hits[current].start)
        self.viewport().update()

    def show_fault(self, place: Place) -> None:
        """Draw a box around the character at ``place``."""
        self._highlights = replace(self._highlights, fault=place)
        self.viewport().update()

    def highlights(self) -> Highlights:
        selected = self.selected
        return replace(self._highlights, selected=selected if selected.start != selected.end else None)

    def go_to(self, place: Place) -> None:
        """Put the caret at ``place`` and scroll it into sight, to the middle where it was not."""
        self.caret = self._anchor = clamped(self.rows, *place)
        if not 0 <= place.row - self.top.row < self.page_rows:
            self.scroll_to_row(place.row - self.page_rows // 2)
        if len(self.rows):
            self.show_place(self.caret)
        self.viewport().update()

    @property
    def selected(self) -> Span:
        """What is selected: from caret to caret where nothing is."""
        return Span(min(self._anchor, self.caret), max(self._anchor, self.caret))

    def select(self, span: Span) -> None:
        """Select ``span``; the caret is at its end."""
        self._anchor, self.caret = span
        self.viewport().update()

    def select_all(self) -> None:
        """Select all there is."""
        self.select(Span(Place(0, 0), end_of(self.rows)))

    def copy(self) -> None:
        """Copy what is selected, or the caret's row."""
        if len(self.rows) == 0:
            return
        span, rows = self.selected, self.rows
        if span.start == span.end:
            span = Span(Place(span.start.row, 0), Place(span.start.row, rows.line(span.start.row).length))
        self.session.background.run(lambda _job: rows.between(span), _copy_text, self)

    def draw_above(self, painter: QPainter) -> None:
        if self.hasFocus() and len(self.rows):
            box = self.box_of(self.caret)
            if box.right() >= self.text_left:
                painter.fillRect(box.adjusted(0, 1, 0, -1), self.session.theme.color("accent"))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        # The window has actions on some of these keys; here they mean the text.
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and self._act_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._act_of(event)
        if act is not None:
            act()
        elif not self._move(event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, act in (
            (Message("Copy"), self.copy),
            (Message("Select all"), self.select_all),
            (Message("Find…"), lambda: self.find_wanted.emit(0)),
        ):
            menu.addAction(self.session.say(words), act)
        menu.popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or len(self.rows) == 0:
            return
        place = self.place_at(event.position().toPoint())
        extends = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.position().x() < self.text_left - GAP and not extends:
            self._put_caret(Place(place.row, 0), False)
            following = clamped(self.rows, place.row + 1, 0)
            self.select(Span(self.caret, following if following.row > place.row else end_of(self.rows)))
        else:
            self._put_caret(place, extends)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and len(self.rows):
            point = event.position().toPoint()
            self.caret = self.place_at(point)
            self._scroll_while_selecting(not self.viewport().rect().contains(point))
            self.viewport().update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._scroll_while_selecting(False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and len(self.rows):
            self.select(word_around(self.rows, self.place_at(event.position().toPoint())))

    def timerEvent(self, _event: QTimerEvent) -> None:
        self.caret = self.place_at(self.viewport().mapFromGlobal(self.cursor().pos()))
        self.show_place(self.caret)
        self.viewport().update()

    def _act_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        return next((act for key, act in self._keys if event.matches(key)), None)

    def _move(self, event: QKeyEvent) -> bool:
        for moves, selects, move in MOVES:
            if event.matches(moves) or event.matches(selects):
                if len(self.rows):
                    self._put_caret(move(self.rows, self.caret, self.page_rows), event.matches(selects))
                return True
        return False

    def _put_caret(self, place: Place, extends: bool) -> None:
        self.caret = place
        if not extends:
            self._anchor = place
        self.show_place(place)
        self.viewport().update()
        self.setAccessibleDescription(self.rows.line(place.row).part(0, LONGEST_SPOKEN))
        if not extends:
            self.row_chosen.emit(place.row)

    def _scroll_while_selecting(self, scrolls: bool) -> None:
        if scrolls and not self._timer:
            self._timer = self.startTimer(SCROLL_EVERY)
        elif not scrolls and self._timer:
            self.killTimer(self._timer)
            self._timer = 0


def _copy_text(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
