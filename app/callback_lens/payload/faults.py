"""Where in a text a fault is, and what people are told about the commonest one."""

from callback_lens.errors import Message, Position

CUT_OFF = Message("the file was cut off: compare its size with the Content-Length it came with")


class Locator:
    """Lines and columns of places in ``text``; each costs no more than the way from the one asked for before."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offset = self._line_start = 0
        self._line = 1

    def position(self, offset: int) -> Position:
        """The line and column of the character at ``offset``."""
        before, behind = sorted((self._offset, offset))
        newlines = self._text.count("\n", before, behind)
        if newlines:
            self._line += newlines if offset == behind else -newlines
            self._line_start = self._text.rfind("\n", 0, offset) + 1
        self._offset = offset
        return Position(self._line, offset - self._line_start + 1)


def position_at(text: str, offset: int) -> Position:
    """The line and column of the character at ``offset`` in ``text``."""
    return Locator(text).position(offset)
