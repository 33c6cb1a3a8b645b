"""What was in sight before: the way back through zooming and panning."""

from dataclasses import dataclass

from callback_lens.ui.timeline.axis import Axis

LONGEST = 200  # steps
PAUSE = 0.7  # seconds: a gesture that rests longer has ended


@dataclass(frozen=True, slots=True)
class History:
    """The axes that were left, the last one last.

    A wheel or a pinch moves in many small steps: those of one ``gesture`` that follow each other without a ``PAUSE``
    are one step back; without a gesture each is. ``at`` is when the last of them was (seconds of any clock).
    """

    left: tuple[Axis, ...] = ()
    gesture: str = ""
    at: float = 0.0

    def leaving(self, axis: Axis, gesture: str, at: float) -> "History":
        """The history once ``axis`` was left by ``gesture``."""
        goes_on = bool(self.left and gesture) and gesture == self.gesture and at - self.at < PAUSE
        left = self.left if goes_on else (*self.left, axis)[-LONGEST:]
        return History(left, gesture, at)

    def back(self) -> "tuple[History, Axis | None]":
        """The history before its last step, and what was in sight then; None where there is no way back."""
        return History(self.left[:-1]), self.left[-1] if self.left else None
