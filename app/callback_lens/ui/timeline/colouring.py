"""What the colours of words say: pace, speaker, kind or finding."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from callback_lens.errors import Message
from callback_lens.transcript.columns import Places, WordKind
from callback_lens.transcript.flags import Flags, WordFlag
from callback_lens.transcript.pace import Paces
from callback_lens.ui.models.plain import shown
from callback_lens.ui.theme import Theme
from callback_lens.ui.timeline.pace_scale import FAST, SLOW, UNHURRIED, USUAL, Classes, PaceScale
from callback_lens.ui.timeline.scene import KIND_FLAGS, MISPLACED, Scene
from callback_lens.ui.widgets.speaker_delegate import COLORS as SPEAKER_COLORS

Argb = NDArray[np.uint32]


class Colouring(StrEnum):
    """By what words are coloured."""

    PACE = "pace"
    SPEAKER = "speaker"
    KIND = "kind"
    FINDING = "finding"


COLOURINGS = {
    Colouring.PACE: Message("Pace"),
    Colouring.SPEAKER: Message("Speaker"),
    Colouring.KIND: Message("Kind"),
    Colouring.FINDING: Message("Finding"),
}

# By class of pace, from none to the slowest. Lighter means calmer on white, darker on black, so that the order is
# seen without a sense of colour.
PACE_COLORS = {
    "light": ("#e3e6eb", "#d9e6f2", "#c3d3e6", "#b3c4d8", "#c4b78f", "#cf7f0e", "#c04d0e", "#a3151f"),
    "dark": ("#2b303a", "#26394d", "#304860", "#3d5670", "#6b6848", "#a87a2a", "#e07b39", "#ff8a7a"),
}
# Punctuation is drawn as ticks, in the colour of what is muted.
KIND_COLORS = {"light": ("#c3d3e6", "#5b6475", "#c79be0"), "dark": ("#304860", "#9aa3b2", "#7d4a99")}
# No finding, no length, slow, misplaced, without a time.
FINDING_COLORS = {
    "light": ("#dce2ea", "#9fb0c6", "#cf7f0e", "#c04d0e", "#a3151f"),
    "dark": ("#2a323e", "#56677e", "#a87a2a", "#e07b39", "#ff8a7a"),
}
FINDING_TEXTS = (
    Message("no finding"),
    Message("no length"),
    Message("slow"),
    Message("misplaced in time"),
    Message("a time is missing"),
)
SLOW_FINDING = 2
SPEAKER_PART = 0.4  # of the colour of a speaker's name
KIND_TEXTS = (Message("word"), Message("punctuation"), Message("other"))


class LegendEntry(NamedTuple):
    """What a colour (``#rrggbb``) means; ``is_hatched`` where a pattern says so as well."""

    text: Message
    color: str
    is_hatched: bool = False


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours (``#rrggbb``) of the classes of a colouring, of which the stranger ones come later."""

    colouring: Colouring
    scale: PaceScale
    colors: tuple[str, ...]

    def classes(self, lane: "int | Places", paces: Paces, flags: Flags) -> Classes:
        """The class of each word, or of each column with the worst pace (0: none) and all flags of its words."""
        match self.colouring:
            case Colouring.PACE:
                return self.scale.classes(paces)
            case Colouring.SPEAKER:
                return np.full(len(paces), lane % len(self.colors), np.uint8)
            case Colouring.KIND:
                others, words = (flags & KIND_FLAGS[kind] > 0 for kind in (WordKind.OTHER, WordKind.WORD))
                return np.select([others, words], [np.uint8(2), np.uint8(0)], np.uint8(1))
        worse_first = (WordFlag.INCOMPLETE, MISPLACED, WordFlag.SLOW, WordFlag.NO_LENGTH)
        found = [flags & np.uint16(flag) > 0 for flag in worse_first]
        return np.select(found, [np.uint8(code) for code in (4, 3, 2, 1)], np.uint8(0))


def palette_of(colouring: Colouring, scene: Scene, theme: Theme) -> Palette:
    """The palette of a colouring in a theme."""
    colors = {
        Colouring.PACE: PACE_COLORS[theme.name],
        Colouring.SPEAKER: speaker_colors(theme),
        Colouring.KIND: KIND_COLORS[theme.name],
        Colouring.FINDING: FINDING_COLORS[theme.name],
    }
    return Palette(colouring, scene.scale, colors[colouring])


def speaker_colors(theme: Theme) -> tuple[str, ...]:
    """The colours of words by speaker: those of their names, nearer to the background."""
    base = theme.color("base")
    return tuple(mixed(theme.color(name), base, SPEAKER_PART).name() for name in SPEAKER_COLORS)


def legend(colouring: Colouring, scene: Scene, theme: Theme) -> list[LegendEntry]:
    """What the colours mean; nothing where no word has a pace and that is what they tell."""
    colors = palette_of(colouring, scene, theme).colors
    match colouring:
        case Colouring.PACE:
            return _pace_legend(scene.scale, colors)
        case Colouring.SPEAKER:
            names = enumerate(lane_names(scene))
            return [LegendEntry(name, colors[place % len(colors)]) for place, name in names]
        case Colouring.KIND:
            return [LegendEntry(text, color) for text, color in zip(KIND_TEXTS, colors, strict=True)]
    entries = zip(FINDING_TEXTS, colors, strict=True)
    return [LegendEntry(text, color, place == SLOW_FINDING) for place, (text, color) in enumerate(entries)]


def lane_names(scene: Scene) -> list[Message]:
    """What the lanes are called."""
    speakers = [lane.speaker for lane in scene.lanes.lanes]
    nobody = Message("no speaker") if len(speakers) > 1 else Message("all")
    return [nobody if name is None else Message("Speaker {speaker}", {"speaker": shown(name)}) for name in speakers]


def mixed(color: QColor, other: QColor, part: float) -> QColor:
    """``part`` (0 to 1) of ``color``, the rest of ``other``."""
    pairs = zip(channels(color), channels(other), strict=True)
    return QColor.fromRgbF(*(part * one + (1 - part) * two for one, two in pairs))


def channels(color: QColor) -> tuple[float, float, float]:
    """Red, green and blue, each 0 to 1."""
    return color.redF(), color.greenF(), color.blueF()


def _pace_legend(scale: PaceScale, colors: Sequence[str]) -> list[LegendEntry]:
    if np.isnan(scale.usual):
        return []
    fast, *bounds = [{"pace": round(bound)} for bound in scale.bounds]
    texts = [
        Message("under {pace} ms/char", fast),
        *(Message("to {pace}", bound) for bound in bounds[: SLOW - USUAL]),
        *(Message("slow: over {pace}", bound) for bound in bounds[SLOW - UNHURRIED :]),
    ]
    entries = zip(texts, colors[FAST:], strict=True)
    return [LegendEntry(text, color, place >= SLOW) for place, (text, color) in enumerate(entries, FAST)]
