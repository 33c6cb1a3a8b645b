"""The formatted source of a document: one line for each node, made when somebody looks at it."""

import re
from abc import ABC, abstractmethod
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import accumulate
from typing import Any, NamedTuple

from callback_lens.payload.nodes import Node

INDENT = "  "
BLOCK = 512  # lines searched at a time


class Style(StrEnum):
    """What a part of a line is, for whoever colours it."""

    MARK = "mark"
    NAME = "name"
    TEXT = "text"
    STRING = "string"
    NUMBER = "number"
    KEYWORD = "keyword"
    COMMENT = "comment"


class Part(NamedTuple):
    """A piece of a line."""

    text: str
    style: Style


class Hit(NamedTuple):
    """A match: ``length`` characters from ``column`` on, which counts from 0, as ``line`` does."""

    line: int
    column: int
    length: int


class Formatted(ABC):
    """The lines of a document, counted from 0: a scalar has one, what holds other nodes an opening and a closing one.

    Kept are, for each line, what stands there of the parsed document, the opening line it stands in (-1 at the top)
    and the last line of its node; the texts are made anew each time. A line break in a value stays one: a line's text
    may have some.
    """

    def __init__(self, root: Node) -> None:
        self.root = root
        self.raw: list[Any] = []
        self.above = array("i")
        self.ends = array("i")

    def __len__(self) -> int:
        return len(self.raw)

    def is_closing(self, line: int) -> bool:
        """Whether ``line`` ends a node that begins on an earlier one."""
        above = self.above[line]
        return above >= 0 and self.raw[line] is self.raw[above]

    def depth(self, line: int) -> int:
        """How many nodes with lines of their own are around the node at ``line``."""
        depth = -1 if self.is_closing(line) else 0
        while (line := self.above[line]) >= 0:
            depth += 1
        return depth

    def parts(self, line: int) -> list[Part]:
        """What stands on ``line``, indentation first."""
        return [Part(INDENT * self.depth(line), Style.MARK), *self._parts(line)]

    def text(self, line: int) -> str:
        """The whole line."""
        return INDENT * self.depth(line) + self._content(line)

    def node(self, line: int) -> Node:
        """The node that begins or ends on ``line``."""
        if self.is_closing(line):
            line = self.above[line]
        above = self.above[line]
        return self._node_below(self.node(above) if above >= 0 else self.root, line)

    def lines_of(self, node: Node) -> tuple[int, int] | None:
        """The first and the last line of ``node``, those of the element for an attribute; None for a stranger."""
        line = self._line_of(node)
        if line is None or not self.raw:
            return None
        return (line, self.ends[line]) if line >= 0 else (0, len(self.raw) - 1)

    def long_lines(self, characters: int) -> list[int]:
        """The lines of texts longer than ``characters``."""
        return [line for line in range(len(self.raw)) if len(self._scalar(line)) > characters]

    def find(self, pattern: re.Pattern[str], check: Callable[[], None]) -> Iterator[Hit]:
        """The matches of ``pattern`` behind the indentation of lines; ``check`` is called now and then, to stop."""
        for first in range(0, len(self.raw), BLOCK):
            check()
            contents = [self._content(line) for line in range(first, min(first + BLOCK, len(self.raw)))]
            starts: list[int] = []
            for match in pattern.finditer("\n".join(contents)):
                starts = starts or list(accumulate((len(text) + 1 for text in contents), initial=0))
                line = bisect_right(starts, match.start()) - 1
                column = match.start() - starts[line] + len(INDENT) * self.depth(first + line)
                yield Hit(first + line, column, match.end() - match.start())

    def lines_below(self, above: int) -> Iterator[int]:
        """The first lines of the nodes directly in the node that opens at ``above``; -1 is the top."""
        line = above + 1
        end = self.ends[above] if above >= 0 else len(self.raw)
        while line < end:
            yield line
            line = self.ends[line] + 1

    def _add(self, raw: object, above: int) -> int:
        """A new line, and its number."""
        line = len(self.raw)
        self.raw.append(raw)
        self.above.append(above)
        self.ends.append(line)
        return line

    def _line_of(self, node: Node) -> int | None:
        if node.parent is None:
            return self._root_line()
        above = self._line_of(node.parent)
        return None if above is None else self._line_below(above, node)

    def _content(self, line: int) -> str:
        """The line behind the indentation; made faster for the commonest lines, since searching makes them all."""
        return "".join([part.text for part in self._parts(line)])

    @abstractmethod
    def _scalar(self, line: int) -> str:
        """The text whose node stands on ``line``; empty where it is none."""

    @abstractmethod
    def _root_line(self) -> int:
        """The line of the root; -1 where it has none of its own."""

    @abstractmethod
    def _parts(self, line: int) -> list[Part]:
        """What stands on ``line`` behind the indentation."""

    @abstractmethod
    def _node_below(self, parent: Node, line: int) -> Node:
        """The node at ``line``, which stands in ``parent``."""

    @abstractmethod
    def _line_below(self, above: int, node: Node) -> int | None:
        """The line of ``node``, whose parent opens at ``above``."""
