"""How a picture of a gallery is drawn: its frame at the right aspect ratio, the picture in it, its label below."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from callback_lens.ui.models.picture_files import Shown
from callback_lens.ui.models.picture_model import PictureModel
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT

Index = QModelIndex | QPersistentModelIndex
ROOM = QSize(208, 156)
NARROWEST = 128
USUAL = QSize(16, 9)
ICON = 24
RADIUS = 6


def frame_size(width: int | None, height: int | None) -> QSize:
    """The largest frame in ``ROOM`` of the aspect ratio of ``width`` × ``height`` pixels; 16:9 where not known."""
    asked = QSize(width, height) if width and height and width > 0 and height > 0 else USUAL
    if max(asked.width(), asked.height()) > 10_000:
        asked = USUAL
    return asked.scaled(ROOM, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(ICON, ICON))


class PictureTile(QStyledItemDelegate):
    """Draws the items of a PictureModel; ``asked`` is the size that was asked for, in pixels."""

    def __init__(self, session: Session, width: int | None, height: int | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._asked = QSize(width, height) if width and height else None
        self.frame = frame_size(width, height)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        lines = 2 * option.fontMetrics.lineSpacing()
        width = max(self.frame.width(), NARROWEST)
        return QSize(width + 2 * GAP, self.frame.height() + lines + 2 * GAP + TIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, PictureModel):
            return
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        read = model.shown(index.row())
        frame = QRect(QPoint(0, 0), self.frame)
        frame.moveTopLeft(QPoint(place.center().x() - frame.width() // 2, place.top() + GAP))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        if is_selected:
            self._draw_box(painter, QRectF(place.adjusted(2, 2, -2, -2)), "selection", "accent", Qt.PenStyle.SolidLine)
        self._draw_frame(painter, frame, read)
        self._draw_words(painter, place, frame, index, model.state(index.row()), read, is_selected)
        painter.restore()

    def _draw_frame(self, painter: QPainter, frame: QRect, read: Shown | None) -> None:
        if read is None or read.image is None:
            self._draw_box(painter, QRectF(frame), "stripe", "border", Qt.PenStyle.DashLine)
            at = QRect(QPoint(0, 0), QSize(ICON, ICON))
            at.moveCenter(frame.center())
            name = "warning" if read is not None and read.problem else "image"
            self._session.theme.icon(name, "warning" if name == "warning" else "muted").paint(painter, at)
            return
        self._draw_box(painter, QRectF(frame), "window", "border", Qt.PenStyle.SolidLine)
        inside = QRectF(frame).adjusted(1, 1, -1, -1)
        clip = QPainterPath()
        clip.addRoundedRect(inside, RADIUS - 1, RADIUS - 1)
        painter.setClipPath(clip)
        fitted = QRectF(QPoint(0, 0), read.image.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio))
        fitted.moveCenter(inside.center())
        painter.drawImage(fitted, read.image)
        painter.setClipping(False)

    def _draw_box(self, painter: QPainter, box: QRectF, fill: str, edge: str, line: Qt.PenStyle) -> None:
        painter.setBrush(self._session.theme.color(fill))
        painter.setPen(QPen(self._session.theme.color(edge), 1, line))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _draw_words(
        self,
        painter: QPainter,
        place: QRect,
        frame: QRect,
        index: Index,
        state: str,
        read: Shown | None,
        is_selected: bool,
    ) -> None:
        font = QFont(painter.font())
        metrics = painter.fontMetrics()
        line = QRect(place.left() + GAP, frame.bottom() + TIGHT, place.width() - 2 * GAP, metrics.lineSpacing())
        painter.setPen(self._session.theme.color("text"))
        label = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, label)
        font.setPointSizeF(font.pointSizeF() * 0.9)
        painter.setFont(font)
        if read is None and self._asked is not None:
            state = f"{self._asked.width()} × {self._asked.height()}"
        is_odd = read is not None and read.problem is not None
        if read is not None and read.image is not None and self._asked is not None and read.size != self._asked:
            is_odd = True
            state = f"{state} ≠ {self._asked.width()} × {self._asked.height()}"
        painter.setPen(self._session.theme.color("warning" if is_odd else "text" if is_selected else "muted"))
        painter.drawText(line.translated(0, line.height()), Qt.AlignmentFlag.AlignCenter, state)
