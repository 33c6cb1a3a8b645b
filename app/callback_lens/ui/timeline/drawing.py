"""A scene in a look: what all parts of the timeline are drawn with."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from callback_lens.transcript.pace import Paces
from callback_lens.ui.timeline.colouring import Argb, Palette, channels, mixed, palette_of
from callback_lens.ui.timeline.labels import Labels
from callback_lens.ui.timeline.layout import RowPlace
from callback_lens.ui.timeline.look import Look
from callback_lens.ui.timeline.scene import Scene
from callback_lens.ui.widgets.speaker_delegate import COLORS as SPEAKER_COLORS

LEVELS = 16  # of coverage
FAINTEST = 0.4  # of a colour: what is hardly covered is seen all the same


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """A scene, and its colours and labels in a look.

    ``fills`` and ``inks`` have a colour for each class of the palette, and for the text on it; ``shades`` the pixels
    of each class by how much of a column is covered, 0 to ``LEVELS``.
    """

    scene: Scene
    look: Look
    labels: Labels
    palette: Palette
    fills: list[QColor]
    inks: list[QColor]
    shades: Argb
    speakers: list[QColor]

    def color(self, meaning: str, opacity: float = 1) -> QColor:
        """A colour of the theme."""
        color = self.look.theme.color(meaning)
        color.setAlphaF(opacity)
        return color

    def heights(self, row: RowPlace, paces: Paces) -> NDArray[np.float64]:
        """How high words are drawn in ``row``, in pixels."""
        heights: NDArray[np.float64] = row.label + self.scene.scale.heights(paces) * (row.words.height - row.label)
        return heights

    def speaker(self, lane: int) -> QColor:
        """The colour of a speaker's name."""
        return self.speakers[lane % len(self.speakers)]


def drawing_of(scene: Scene, look: Look) -> Drawing:
    """``scene`` in ``look``."""
    palette = palette_of(look.colouring, scene, look.theme)
    fills = [QColor(color) for color in palette.colors]
    base = look.theme.color("base")
    parts = [FAINTEST + (1 - FAINTEST) * level / LEVELS for level in range(LEVELS + 1)]
    shades = np.array([[mixed(fill, base, part).rgba() for part in parts] for fill in fills], np.uint32)
    inks = [_ink(fill, look) for fill in fills]
    speakers = [look.theme.color(name) for name in SPEAKER_COLORS]
    return Drawing(scene, look, Labels(look.font, look.is_redacted), palette, fills, inks, shades, speakers)


def contrast(one: QColor, other: QColor) -> float:
    """The contrast (1 to 21) of two colours, as WCAG 2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _ink(fill: QColor, look: Look) -> QColor:
    colors = look.theme.color("text"), look.theme.color("base")
    return max(colors, key=lambda color: contrast(color, fill))


def _luminance(color: QColor) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels(color)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
