"""The lines of Result: a sentence each, with its times in brackets before it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from callback_lens.payload.nodes import Node
from callback_lens.transcript.columns import NO_TIME

# [0:3.320,0:19.712]  text (documented samples); hours and a third field, the speaker, as in the ASR product.
CLOCK = r"\s*(?:(\d{1,9}):)?(\d{1,9}):(\d{1,9}(?:\.\d{1,9})?)\s*"
TIMED_LINE = re.compile(rf"\s*\[{CLOCK},{CLOCK}(?:,\s*([\w-]+)\s*)?\](.*)", re.ASCII | re.DOTALL)


class ResultLine(NamedTuple):
    """A sentence of Result; ``start`` and ``end`` in ms, ``NO_TIME`` for a text that no times stand before."""

    start: int
    end: int
    speaker: str | None
    text: str
    node: Node


def read_result_lines(result: Node) -> list[ResultLine]:
    """The sentences of every Result in the SpeechRecognitionResult ``result``.

    A line without times belongs to the sentence before it.
    """
    return [_line(node, lines) for node, lines in _sentences(result)]


def _sentences(result: Node) -> list[tuple[Node, list[str]]]:
    sentences: list[tuple[Node, list[str]]] = []
    for node, line in _written_lines(result):
        if not sentences or TIMED_LINE.match(line):
            sentences.append((node, [line]))
        else:
            sentences[-1][1].append(line)
    return sentences


def _written_lines(result: Node) -> Iterator[tuple[Node, str]]:
    for node in result.all("Result"):
        for line in (node.text or "").split("\n"):
            if line.strip():
                yield node, line


def _line(node: Node, lines: list[str]) -> ResultLine:
    match = TIMED_LINE.match(lines[0])
    if match is None:
        return ResultLine(NO_TIME, NO_TIME, None, _joined(lines), node)
    start, end = _milliseconds(*match.groups()[:3]), _milliseconds(*match.groups()[3:6])
    return ResultLine(start, end, match[7], _joined([match[8], *lines[1:]]), node)


def _joined(lines: list[str]) -> str:
    return "\n".join(map(str.strip, lines)).strip()


def _milliseconds(hours: str | None, minutes: str, seconds: str) -> int:
    return (int(hours or 0) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)
