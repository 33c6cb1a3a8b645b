"""What the colours of the timeline mean."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from callback_lens.ui.session import Session
from callback_lens.ui.timeline.colouring import Colouring, legend
from callback_lens.ui.timeline.look import Look
from callback_lens.ui.timeline.scene import Scene
from callback_lens.ui.timeline.swatches import Swatch, paint_swatch, swatch_places


class LegendStrip(QWidget):
    """Shows the legend of ``scene``, as soon as there is one."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._scene: Scene | None = None
        self._swatches: list[Swatch] = []
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        session.language_changed.connect(self._renew)
        session.theme_changed.connect(self._renew)
        session.preferences.changed.connect(self._renew)

    def show_scene(self, scene: Scene) -> None:
        """Say what the colours of ``scene`` mean."""
        self._scene = scene
        self._renew()

    def sizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        return max(self.fontMetrics().height(), legend_height(self._swatches, self._look(), width))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_legend(painter, self._swatches, self.rect(), self._look())
        painter.end()

    def _look(self) -> Look:
        session, colouring = self._session, Colouring(self._session.preferences.settings.colouring)
        return Look(session.theme, self.font(), self.devicePixelRatioF(), session.say, colouring)

    def _renew(self) -> None:
        self._swatches = legend_swatches(self._scene, self._look()) if self._scene is not None else []
        self.setAccessibleName(" · ".join(swatch.text for swatch in self._swatches))
        self.updateGeometry()
        self.update()


def legend_swatches(scene: Scene, look: Look) -> list[Swatch]:
    """The colours in use."""
    entries = legend(look.colouring, scene, look.theme)
    return [Swatch(look.say(entry.text), entry.color, entry.is_hatched) for entry in entries]


def legend_height(swatches: Sequence[Swatch], look: Look, width: int) -> int:
    """How high a legend of ``width`` pixels is."""
    metrics = QFontMetrics(look.font)
    return max((place.y() + metrics.height() for place in swatch_places(swatches, metrics, width)), default=0)


def paint_legend(painter: QPainter, swatches: Sequence[Swatch], place: QRect, look: Look) -> None:
    """Draw a legend from the top left corner of ``place`` on."""
    places = swatch_places(swatches, QFontMetrics(look.font), place.width())
    for swatch, at in zip(swatches, places, strict=True):
        paint_swatch(painter, swatch, at + QPoint(place.left(), place.top()), look)
