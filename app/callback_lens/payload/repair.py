"""Faults in a payload's text whose meaning is certain, and texts that are no payload at all."""

import re
from itertools import pairwise

from callback_lens.errors import Message, Position, UserError
from callback_lens.payload.findings import Finding, Severity, shortened

STRING_OR_TRAILING_COMMA = re.compile(r'"(?:[^"\\]++|\\.)*"?|,(?=\s*[\]}])', re.DOTALL)
# What every callback shows even when a web page has swallowed its tags.
JOB_ID = re.compile(r"\b[a-z][0-9a-f]{32}\b")
STAMP = re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[+-]\d\d:?\d\d\b")
WEB_PAGE = re.compile(
    r"\s*+(?:<\?xml\b[^>]{0,200}>\s*+)?(?:<!--.{0,2000}?-->\s*+)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)


def without_trailing_commas(text: str) -> tuple[str, list[int]]:
    """``text`` with a space in place of each comma before a closing bracket, strings untouched; their offsets."""
    commas = [match.start() for match in STRING_OR_TRAILING_COMMA.finditer(text) if match[0] == ","]
    cuts = [-1, *commas, len(text)]
    return " ".join(text[before + 1 : after] for before, after in pairwise(cuts)), commas


def trailing_comma_finding(count: int, position: Position) -> Finding:
    """What was done about ``count`` trailing commas, the first of them at ``position``."""
    message = Message(
        "commas before a closing bracket were ignored: {count}, the first at line {line}, column {column}",
        {"count": count, "line": position.line, "column": position.column},
    )
    return Finding(Severity.WARNING, "repaired-input", message)


def text_around_finding(text: str, position: Position) -> Finding:
    """What was done about ``text`` beside the document, beginning at ``position``."""
    message = Message(
        "text beside the document was ignored, at line {line}, column {column}; characters: {count}",
        {"count": len(text.strip()), "line": position.line, "column": position.column},
    )
    return Finding(Severity.WARNING, "repaired-input", message, found=shortened(text.strip()))


def missing_root_finding() -> Finding:
    """Several root elements were taken as the content of one Response (so is a sample on Tencent's newer pages)."""
    message = Message("the Response element around the payload is missing; its content was read without it")
    return Finding(Severity.WARNING, "repaired-input", message)


def not_a_payload(text: str) -> UserError:
    """Why ``text``, which holds neither XML nor JSON, cannot be read."""
    if not text.strip():
        return UserError(Message("there is no text in it"), Message("the callback's body was empty, or was not saved"))
    if JOB_ID.search(text) and STAMP.search(text):
        return UserError(
            Message("this is the text of a callback without its tags"),
            Message("a web page shows XML without its tags: copy from the page's source or from the raw request"),
            Position(1, 1),
        )
    return UserError(
        Message("this is neither XML nor JSON"),
        Message("give the body of a callback, or a saved HTTP request that has one"),
        Position(1, 1),
    )


def web_page() -> UserError:
    """Why HTML is not read."""
    return UserError(
        Message("this is a web page (HTML), not a callback"),
        Message("save the callback's own text"),
        Position(1, 1),
    )
