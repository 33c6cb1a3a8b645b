"""A layout like the words of a text: what does not fit into a line begins the next."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from callback_lens.ui.theme import GAP


class FlowLayout(QLayout):
    """Items from left to right, ``gap`` pixels apart, in lines one below the other.

    What of a line is left over goes to the first item in it that expands.
    """

    def __init__(self, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        places = self._places(width - margins.left() - margins.right())
        return max((place.bottom() + 1 for place in places), default=0) + margins.top() + margins.bottom()

    def minimumSize(self) -> QSize:
        """The widest item: narrower than that nothing fits."""
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def sizeHint(self) -> QSize:
        """All items in one line."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self._gap * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=0)).grownBy(self.contentsMargins())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        room = rect.marginsRemoved(self.contentsMargins())
        for item, place in zip(self._shown, self._places(room.width()), strict=True):
            item.setGeometry(place.translated(room.topLeft()))

    @property
    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _places(self, width: int) -> list[QRect]:
        """Where each item that is shown stands in lines of ``width`` pixels; one alone in its line gives way."""
        places: list[QRect] = []
        line: list[QRect] = []
        for size in (item.sizeHint() for item in self._shown):
            left = line[-1].right() + 1 + self._gap if line else 0
            if line and left + size.width() > width:
                places += self._filled(line, len(places), width)
                left, line = 0, []
            top = max((place.bottom() + 1 for place in places), default=-GAP) + GAP
            line.append(QRect(QPoint(left, top), size.boundedTo(QSize(max(width, 0), size.height()))))
        return places + self._filled(line, len(places), width)

    def _filled(self, line: list[QRect], first: int, width: int) -> list[QRect]:
        """The places of a line, whose first item is the ``first`` of all, with one that expands grown."""
        for at, item in enumerate(self._shown[first : first + len(line)]):
            if item.expandingDirections() & Qt.Orientation.Horizontal:
                most = item.maximumSize().width() - line[at].width()
                free = max(0, min(width - line[-1].right() - 1, most))
                moved = [place.translated(free, 0) for place in line[at + 1 :]]
                return _centered([*line[:at], line[at].adjusted(0, 0, free, 0), *moved])
        return _centered(line)


def _centered(line: list[QRect]) -> list[QRect]:
    """The places of a line, the lower ones half-way between top and bottom."""
    height = max((place.height() for place in line), default=0)
    return [place.translated(0, (height - place.height()) // 2) for place in line]
