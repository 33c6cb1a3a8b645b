"""Pictures of a timeline, drawn where there is no display."""

import os
from dataclasses import dataclass

from PySide6.QtCore import QSize

from callback_lens.export.language import Language
from callback_lens.ui.application import make_application
from callback_lens.ui.theme import Theme
from callback_lens.ui.timeline.colouring import Colouring
from callback_lens.ui.timeline.look import Look
from callback_lens.ui.timeline.pictures import TimelinePicture, png
from callback_lens.ui.timeline.scene import build_scene
from callback_lens.ui.timeline.speech_jobs import SpeechJob

WIDTH = 1600  # pixels, where nothing is asked for


@dataclass(frozen=True, slots=True)
class TimelineOptions:
    """``size`` is in pixels before ``scale``, None for as high as the lanes need; times are ms, None for the ends."""

    size: tuple[int, int] | None = None
    theme: str = "light"
    scale: float = 1.0
    start: int | None = None
    end: int | None = None
    colouring: str = Colouring.PACE
    is_redacted: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """The content of a file; ``hidden`` is by how many pixels the picture is too low for all lanes."""

    content: bytes
    hidden: int


def render_timeline(speech: SpeechJob, options: TimelineOptions, language: Language, is_svg: bool) -> Rendered:
    """The picture as an SVG file or as a PNG file.

    Draws with Qt's own offscreen platform, whatever display there may be: to be called in a process that has no
    QApplication yet, for Qt chooses its platform once.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = make_application()
    scene = build_scene(speech.transcript, speech.findings)
    theme, colouring = Theme(options.theme), Colouring(options.colouring)
    look = Look(theme, application.font(), options.scale, language.words, colouring, options.is_redacted)
    start = scene.start if options.start is None else options.start
    end = scene.end if options.end is None else options.end
    picture = TimelinePicture(speech, scene, look, (start, end))
    needed = picture.full_height(options.size[0] if options.size else WIDTH)
    size = QSize(*options.size) if options.size else QSize(WIDTH, needed)
    return Rendered(picture.svg(size) if is_svg else png(picture.image(size)), max(0, needed - size.height()))
