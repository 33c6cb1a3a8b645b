"""What of a body is searched: its text as people read it, each Chinese character a word."""

import re

from callback_lens.errors import UserError
from callback_lens.payload.decode import decode

# Han, kana and Hangul: written without spaces between words.
UNSPACED = re.compile(
    "([\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff])"
)
CLOSING_TAG = re.compile("</[^<>]*>")  # the opening one says the same
XML_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));")
ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
JSON_ESCAPE = re.compile(r"((?:\\u[0-9A-Fa-f]{4})+)|\\(.)", re.DOTALL)
JSON_BLANKS = frozenset("bfnrt")
LARGEST_CHARACTER = 0x10FFFF


def body_text(content: bytes) -> str:
    """The text of a body, whatever it is: character set, entities and escapes undone, closing tags left out."""
    try:
        text = decode(content).text
    except UserError:
        text = content.decode("utf-8", "replace")
    if text.lstrip()[:1] in ("{", "["):
        return JSON_ESCAPE.sub(_unescaped, text) if "\\" in text else text
    text = CLOSING_TAG.sub(" ", text)
    return XML_ENTITY.sub(_character, text) if "&" in text else text


def search_text(text: str) -> str:
    """``text`` as the full-text index takes it."""
    known = text.replace("\0", " ").encode("utf-8", "replace").decode()
    if known.isascii():  # most bodies are, and are not looked through once more
        return known
    return UNSPACED.sub(r" \1 ", known)


def _character(entity: re.Match[str]) -> str:
    decimal, hexadecimal, name = entity.groups()
    if name:
        return ENTITIES[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if code <= LARGEST_CHARACTER else entity[0]


def _unescaped(escape: re.Match[str]) -> str:
    codes, character = escape.groups()
    if codes:
        return bytes.fromhex(codes.replace("\\u", "")).decode("utf-16-be", "surrogatepass")
    return " " if character in JSON_BLANKS else str(character)
