"""Timelines as pictures, drawn without a widget."""

import numpy as np
from callback_lens.payload.document import Document
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.reader import read_documents
from callback_lens.tags import summarize
from callback_lens.ui.theme import Theme
from callback_lens.ui.timeline.axis import Axis, whole_axis
from callback_lens.ui.timeline.colouring import Colouring
from callback_lens.ui.timeline.layout import Layout
from callback_lens.ui.timeline.look import Look
from callback_lens.ui.timeline.scene import Scene, build_scene
from callback_lens.ui.timeline.speech_jobs import speech_jobs
from callback_lens.ui.timeline.timeline_painter import TimelinePainter
from PySide6.QtCore import QBuffer, QSize
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

NEVER_DRAWN = QColor(255, 0, 255)


def scene_in(payload: bytes) -> Scene:
    """The scene of the first transcript in a payload."""
    (document,) = read_documents(Input("callback", None, payload, None), Limits())
    assert isinstance(document, Document)
    speech_job = speech_jobs(summarize(document))[0]
    return build_scene(speech_job.transcript, speech_job.findings)


class Picture:
    """A timeline of ``scene`` in so many pixels; ``pixels`` (rows of columns) are its colours as ``0xffrrggbb``."""

    def __init__(
        self,
        scene: Scene,
        size: tuple[int, int] = (900, 300),
        *,
        span: tuple[int, int] | None = None,
        theme: str = "light",
        ratio: float = 1,
        colouring: Colouring = Colouring.PACE,
        is_redacted: bool = False,
    ) -> None:
        look = Look(Theme(theme), QGuiApplication.font(), ratio, str, colouring, is_redacted)
        self.painter = TimelinePainter(scene, look)
        self.size = QSize(*size)
        self.ratio = ratio
        self.layout: Layout = self.painter.layout(*size)
        whole = whole_axis(scene.start, scene.end, self.layout.axis_width)
        self.axis: Axis = whole if span is None else whole.fitted(*span)

    @property
    def pixels(self) -> "np.ndarray[tuple[int, int], np.dtype[np.uint32]]":
        image = QImage(self.size * self.ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self.ratio)
        image.fill(NEVER_DRAWN)
        self._paint(image)
        content = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width())
        return content.copy()

    @property
    def svg(self) -> str:
        content, generator = QBuffer(), QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
        generator.setOutputDevice(content)
        generator.setSize(self.size)
        self._paint(generator)
        return bytes(content.data().data()).decode()

    def _paint(self, device: QImage | QSvgGenerator) -> None:
        painter = QPainter(device)
        try:
            self.painter.paint(painter, self.axis, self.layout)
        finally:
            painter.end()
