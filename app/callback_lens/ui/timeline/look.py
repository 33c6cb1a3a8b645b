"""How a timeline looks and speaks."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QFont

from callback_lens.errors import Message
from callback_lens.ui.theme import Theme
from callback_lens.ui.timeline.colouring import Colouring


@dataclass(frozen=True, slots=True)
class Look:
    """``ratio`` is the number of the screen's pixels for each of ours.

    ``is_redacted`` hides what was said, not who said it: a SpeakerId is a number that names nobody.
    """

    theme: Theme
    font: QFont
    ratio: float
    say: Callable[[Message], str]
    colouring: Colouring = Colouring.PACE
    is_redacted: bool = False
