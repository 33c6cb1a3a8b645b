"""The card that says what the pointer is on."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT
from callback_lens.ui.timeline.item_lines import Line, column_lines, column_title, in_words, lines, title
from callback_lens.ui.timeline.items import Item, TimeRange
from callback_lens.ui.timeline.pointed import Pointed
from callback_lens.ui.timeline.scene import Scene

TITLE_SCALE = 1.2
WIDEST = 24  # line heights: longer texts are elided
AWAY = 14  # pixels between the card and what it is about
RADIUS = 6


class HoverCard(QWidget):
    """Says the title and the lines of what is pointed at, beside it; the pointer goes through it.

    All is drawn as plain text. ``is_locked`` while it stays where the pointer leaves.
    """

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._room = parent
        self._title: Message | str = ""
        self._lines: list[Line] = []
        self._said: list[tuple[str, str]] = []
        self.is_locked = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        session.theme_changed.connect(self.update)
        session.language_changed.connect(self._say)

    @property
    def text(self) -> str:
        """All it says, a line each."""
        return "\n".join([self._said_title, *(f"{label}: {text}" for label, text in self._said)])

    def show_item(self, scene: Scene, item: Item, place: QRect) -> None:
        """Say what is known of ``item``, which is at ``place``."""
        self._show(title(scene, item), lines(scene, item), place)

    def show_column(self, scene: Scene, pointed: Pointed, column: TimeRange, place: QRect) -> None:
        """Say how much is in ``column``, which is at ``place``."""
        self._show(column_title(pointed), column_lines(scene, pointed, column), place)

    def put_beside(self, place: QRect) -> None:
        """Show it beside ``place`` (in its parent), or below or above that; all of it in sight if there is room."""
        room = self._room.rect()
        box = QRect(place.right() + AWAY, place.top(), self.width(), self.height())
        if box.right() > room.right():
            box.moveRight(place.left() - AWAY)
        if box.left() < 0:
            box.moveTo(place.left(), place.bottom() + AWAY)
            if box.bottom() > room.bottom():
                box.moveBottom(place.top() - AWAY)
        box.moveBottomRight(QPoint(min(box.right(), room.right()), min(box.bottom(), room.bottom())))
        self.move(max(box.left(), 0), max(box.top(), 0))
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._session.theme
        painter.setBrush(theme.color("raised"))
        painter.setPen(theme.color("accent" if self.is_locked else "outline"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        self._draw_texts(painter)
        painter.end()

    def _show(self, name: Message | str, said: Iterable[Line], place: QRect) -> None:
        self._title, self._lines = name, list(said)
        self._say()
        self.put_beside(place)

    def _draw_texts(self, painter: QPainter) -> None:
        theme, metrics = self._session.theme, self.fontMetrics()
        title_font, labels = self._title_font(), self._label_width()
        title_metrics = QFontMetrics(title_font)
        room = self.width() - 2 * GAP
        painter.setFont(title_font)
        painter.setPen(theme.color("text"))
        y = GAP + title_metrics.ascent()
        painter.drawText(QPointF(GAP, y), title_metrics.elidedText(self._said_title, Qt.TextElideMode.ElideRight, room))
        y += title_metrics.descent() + TIGHT + metrics.ascent()
        painter.setFont(self.font())
        for label, text in self._said:
            painter.setPen(theme.color("muted"))
            painter.drawText(QPointF(GAP, y), label)
            painter.setPen(theme.color("text"))
            elided = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room - labels)
            painter.drawText(QPointF(GAP + labels, y), elided)
            y += metrics.lineSpacing()

    def _say(self) -> None:
        say = self._session.say
        self._said_title = in_words(say, self._title)
        self._said = [(say(line.label), in_words(say, line.text)) for line in self._lines]
        self.setAccessibleName(self._said_title)
        self.setAccessibleDescription(self.text)
        self.resize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        metrics, title_metrics = self.fontMetrics(), QFontMetrics(self._title_font())
        texts = max((metrics.horizontalAdvance(text) for _label, text in self._said), default=0)
        width = max(title_metrics.horizontalAdvance(self._said_title), self._label_width() + texts)
        height = title_metrics.height() + TIGHT + len(self._said) * metrics.lineSpacing()
        return QSize(min(width, WIDEST * metrics.height()) + 2 * GAP + 1, height + 2 * GAP)

    def _label_width(self) -> int:
        labels = (self.fontMetrics().horizontalAdvance(label) for label, _text in self._said)
        return max(labels, default=0) + 2 * GAP

    def _title_font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * TITLE_SCALE)
        font.setWeight(QFont.Weight.DemiBold)
        return font
