"""Texts of a payload as a text file can hold them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from callback_lens.errors import Message
from callback_lens.export.notes import Note

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Line ends are gone by then. UTF-8 has no halves of characters (lone surrogates).
NOT_PLAIN = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
NOT_ONE_LINE = "\n\t"
SPACES = str.maketrans(NOT_ONE_LINE, "  ")


class PlainTexts(NamedTuple):
    r"""``texts`` with lines divided by ``\n`` alone, none of them blank, and no control characters but tabs.

    ``blank_lines`` has the places where blank lines were left out, ``replaced`` those where characters were replaced.
    """

    texts: list[str]
    blank_lines: list[int]
    replaced: list[int]


def plain_texts(texts: Sequence[str]) -> PlainTexts:
    """``texts`` made plain; that costs nothing to speak of where they are so already."""
    plain = PlainTexts(list(texts), [], [])
    odd = [] if "".join(texts).isprintable() else [place for place, text in enumerate(texts) if not text.isprintable()]
    for place in odd:
        lines = texts[place].splitlines()
        full = [line for line in lines if line and not line.isspace()]
        text, replaced = NOT_PLAIN.subn(REPLACEMENT, "\n".join(full))
        plain.texts[place] = text
        if len(full) < len(lines):
            plain.blank_lines.append(place)
        if replaced:
            plain.replaced.append(place)
    return plain


def plain_notes(plain: PlainTexts, sentence: NDArray[np.integer]) -> Iterator[Note]:
    """What was done to texts whose sentences are ``sentence``."""
    yield Note(Message("blank lines left out"), sentence[plain.blank_lines])
    yield Note(Message("control characters replaced by �"), sentence[plain.replaced])


def labels(texts: Sequence[str], sentence: NDArray[np.integer]) -> tuple[list[str], Note]:
    """Plain ``texts``, whose sentences are ``sentence``, with a space for each line end and tab."""
    changed = places_with(NOT_ONE_LINE, texts)
    one_line = list(texts)
    for place in changed:
        one_line[place] = texts[place].translate(SPACES)
    return one_line, Note(Message("line ends and tabs replaced by spaces"), sentence[changed])


def places_with(characters: str, texts: Sequence[str]) -> list[int]:
    """The places of the texts that have one of ``characters``."""
    everything = "".join(texts)
    if not any(character in everything for character in characters):
        return []
    return [place for place, text in enumerate(texts) if any(character in text for character in characters)]
