"""The timeline as a picture of its own, with the job's latency above it and the legend below."""

from dataclasses import dataclass, field

from PySide6.QtCore import QBuffer, QIODevice, QRect, QSize
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from callback_lens.transcript.columns import Times
from callback_lens.ui.theme import GAP
from callback_lens.ui.timeline.axis import whole_axis
from callback_lens.ui.timeline.latency_strip import paint_latency, phases, strip_height
from callback_lens.ui.timeline.legend_strip import legend_height, legend_swatches, paint_legend
from callback_lens.ui.timeline.look import Look
from callback_lens.ui.timeline.scene import Scene
from callback_lens.ui.timeline.speech_jobs import SpeechJob
from callback_lens.ui.timeline.timeline_painter import NO_TIMES, TimelinePainter


@dataclass(frozen=True, slots=True, eq=False)
class TimelinePicture:
    """What to draw: ``span`` is what is in sight (first and last ms), None for all; ``hits`` are times to mark."""

    speech: SpeechJob
    scene: Scene
    look: Look
    span: tuple[int, int] | None = None
    hits: Times = field(default_factory=lambda: NO_TIMES)

    def full_height(self, width: int) -> int:
        """How high a picture of ``width`` pixels has to be for all lanes to be seen."""
        _, middle, below = self._rows(QSize(width, 0))
        layout = TimelinePainter(self.scene, self.look).layout(width - 2 * GAP, 0)
        return middle.top() + layout.lowest + below + GAP

    def image(self, size: QSize) -> QImage:
        """The picture, with ``look.ratio`` as many pixels as ``size`` in each direction."""
        image = QImage(size * self.look.ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self.look.ratio)
        with QPainter(image) as painter:
            self.paint(painter, size)
        return image

    def svg(self, size: QSize) -> bytes:
        """The picture as an SVG file."""
        content, generator = QBuffer(), QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # Tiny 1.2 has no clipping
        generator.setOutputDevice(content)
        generator.setResolution(round(QGuiApplication.primaryScreen().logicalDotsPerInch()))
        generator.setSize(size)
        generator.setViewBox(QRect(0, 0, size.width(), size.height()))
        generator.setTitle("Callback Lens")
        with QPainter(generator) as painter:
            self.paint(painter, size)
        return bytes(content.data().data())

    def paint(self, painter: QPainter, size: QSize) -> None:
        """Draw all of ``size``."""
        painter.fillRect(QRect(0, 0, size.width(), size.height()), self.look.theme.color("base"))
        strip, middle, _ = self._rows(size)
        if self.speech.job is not None and strip.height() > 0:
            paint_latency(painter, strip, self.speech.job, self.speech.transcript.audio_ms, self.look)
        timeline = TimelinePainter(self.scene, self.look)
        layout = timeline.layout(middle.width(), middle.height())
        painter.save()
        painter.setClipRect(middle)
        painter.translate(middle.topLeft())
        axis = whole_axis(self.scene.start, self.scene.end, layout.axis_width)
        timeline.paint(painter, axis if self.span is None else axis.fitted(*self.span), layout, self.hits)
        painter.restore()
        below = QRect(middle.left(), middle.bottom() + 1 + GAP, middle.width(), size.height())
        paint_legend(painter, legend_swatches(self.scene, self.look), below, self.look)

    def _rows(self, size: QSize) -> tuple[QRect, QRect, int]:
        """Where the latency and the timeline are, and how high the legend is with its distance."""
        width = max(0, size.width() - 2 * GAP)
        strip = QRect(GAP, GAP, width, strip_height(self.look) if phases(self.speech.job) else 0)
        legend = legend_height(legend_swatches(self.scene, self.look), self.look, width)
        below = legend + GAP if legend else 0
        top = strip.bottom() + 1
        top += GAP if strip.height() > 0 else 0
        return strip, QRect(GAP, top, width, max(0, size.height() - top - below - GAP)), below


def png(image: QImage) -> bytes:
    """A picture as a PNG file."""
    content = QBuffer()
    content.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(content, "PNG")  # type: ignore[call-overload]  # its stub wants bytes, Qt a text
    return bytes(content.data().data())
