"""Finding and parsing the documents in a text."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from callback_lens.errors import Message, Position, UserError
from callback_lens.payload import json_nodes, xml_parsing
from callback_lens.payload.faults import Locator
from callback_lens.payload.findings import Finding
from callback_lens.payload.limits import Limits
from callback_lens.payload.repair import (
    WEB_PAGE,
    missing_root_finding,
    not_a_payload,
    text_around_finding,
    trailing_comma_finding,
    web_page,
    without_trailing_commas,
)
from callback_lens.payload.unpack import attempt

BLANK = re.compile(r"[\s,\ufeff\x1e]*")  # \x1e: the record separator of JSON text sequences (RFC 7464)
DOCUMENT_START = re.compile(r"<(?=[?!:]|[^\W\d])|\{|\[(?=\s*[\[{\]])")
PAYLOAD_START = re.compile(r'<\?xml\b|<(?:Response|EventName|JobsDetail|WorkflowExecution)\b|\{\s*"|\[\s*\{\s*"')
# Elements that stand directly in a Response; where one is a root, the Response around it is missing.
RESPONSE_CONTENT = frozenset(
    ("EventName", "JobsDetail", "NextToken", "NonExistJobIds", "RequestId", "WorkflowExecution")
)
ROOT_NAME = re.compile(r"<([\w:.-]+)")
JSON_LINE = re.compile(r'\{".*\}[ \t\r]*$', re.MULTILINE)
LINE_HEAD = 8  # characters in which two records of one log begin alike
# To find a fault may cost a look through the whole text; behind so many, the end of a document is looked for first.
PATIENCE = 10

Locate = Callable[[int], Position]


class Parsed(NamedTuple):
    """A document found from ``start`` to ``end``: a ``#document`` element or a JSON value; what was repaired.

    ``is_odd``: keys stand twice in it, or numbers are none.
    """

    start: int
    end: int
    tree: Any
    findings: tuple[Finding, ...]
    is_odd: bool = False

    @property
    def is_xml(self) -> bool:
        """Whether ``tree`` is an element."""
        return isinstance(self.tree, Element)


def scan(text: str, limits: Limits) -> Iterator[Parsed | UserError]:
    """All documents in ``text`` in order, and a UserError with its position for each that cannot be read; at least one.

    Each is found when it is asked for; all of them cost a few passes through the text, however many are broken.
    """
    if WEB_PAGE.match(text):
        yield web_page()
        return
    if len(text) > limits.nodes and _node_count(text) > limits.nodes:
        yield _too_many_nodes(limits)
        return
    documents = _documents(text, limits)
    yield next(documents, None) or _only_value(text, limits)
    yield from documents


def _documents(text: str, limits: Limits) -> Iterator[Parsed | UserError]:
    """The documents; behind one that is broken it goes on only where the next line is a record like this one."""
    locator, patience = Locator(text), PATIENCE
    line, record_end = 0, None
    end: int | None = 0
    while end is not None and (start := _next_start(text, end)) is not None:
        before = _around(text, end, start, locator)
        position = locator.position(start)
        if position.line > line:
            line, record_end = position.line, _record_end(text, start - position.column + 1)
        stop = None if patience else _stop(text, start, record_end)
        found = _parse(text, start, stop, locator, limits)
        if patience and (isinstance(found, UserError) or found.findings):
            patience -= 1
        if isinstance(found, UserError) and stop is None and record_end is not None:
            found = _parse(text, start, record_end, locator, limits)
        if isinstance(found, UserError):
            end = record_end
        else:
            end = found.end
            behind = _around(text, end, len(text), locator) if _next_start(text, end) is None else ()
            found = found._replace(findings=before + found.findings + behind)
        yield found


def _next_start(text: str, offset: int) -> int | None:
    offset = _skip_blank(text, offset)
    match = DOCUMENT_START.match(text, offset) or PAYLOAD_START.search(text, offset)
    return match.start() if match else None


def _skip_blank(text: str, offset: int) -> int:
    match = BLANK.match(text, offset)
    return match.end() if match else offset


def _around(text: str, start: int, end: int, locator: Locator) -> tuple[Finding, ...]:
    start = _skip_blank(text, start)
    return (text_around_finding(text[start:end], locator.position(start)),) if start < end else ()


def _record_end(text: str, line_start: int) -> int | None:
    """Where the line ends, if the next begins as it does: then each has documents of its own (JSON Lines, logs)."""
    line_end = text.find("\n", line_start)
    following = _skip_blank(text, line_end)
    head = text[line_start : line_start + LINE_HEAD]
    is_log = line_end - line_start > LINE_HEAD and text.startswith(head, following)
    is_json_lines = line_end > line_start and head.startswith('{"') and JSON_LINE.match(text, following)
    return line_end if is_log or is_json_lines else None


def _stop(text: str, start: int, record_end: int | None) -> int | None:
    """Where the document at ``start`` ends at the latest, if that can be told without parsing it."""
    return json_nodes.value_end(text, start) if record_end is None and text[start] != "<" else record_end


def _parse(text: str, start: int, stop: int | None, locator: Locator, limits: Limits) -> Parsed | UserError:
    """The document that begins at ``start``, looked for up to ``stop`` only if there is one."""
    part, shift = (text, 0) if stop is None else (text[start:stop], start)
    parse = _parse_xml if text[start] == "<" else _parse_json
    parsed = attempt(lambda: parse(part, start - shift, lambda offset: locator.position(shift + offset), limits))
    return parsed if isinstance(parsed, UserError) else parsed._replace(start=start, end=shift + parsed.end)


def _parse_xml(text: str, start: int, locate: Locate, limits: Limits) -> Parsed:
    tree, end = xml_parsing.parse_xml(text, start, locate)
    root = next(child for child in tree if xml_parsing.is_element(child))
    is_bare = root.tag in RESPONSE_CONTENT
    if is_bare:
        end = _collect_response(text, end, locate, tree)
    if xml_parsing.levels(tree, limits.depth) > limits.depth:
        raise _too_deep(locate(xml_parsing.deep_offset(text, start, limits.depth - is_bare)), limits)
    return Parsed(start, end, tree, (missing_root_finding(),) if is_bare else ())


def _collect_response(text: str, end: int, locate: Locate, tree: Element) -> int:
    """Put the roots of ``tree``, and those that follow and belong to them, into one Response; the offset behind."""
    response = Element("Response")
    response.extend(list(tree))
    tree[:] = [response]
    while True:
        start = _skip_blank(text, end)
        name = ROOT_NAME.match(text, start)
        if not name or name[1] not in RESPONSE_CONTENT or name[1] == "EventName":
            return end
        following, end = xml_parsing.parse_xml(text, start, locate)
        response.extend(list(following))


def _parse_json(text: str, start: int, locate: Locate, limits: Limits) -> Parsed:
    try:
        json = _json_value(text, start, locate, limits)
        return Parsed(start, json.end, json.value, (), json.is_odd)
    except UserError:
        value = text[start : json_nodes.value_end(text, start)]
        repaired, commas = without_trailing_commas(value)
        if not commas:
            raise
    json = _json_value(repaired, 0, lambda offset: locate(start + offset), limits)
    finding = trailing_comma_finding(len(commas), locate(start + commas[0]))
    return Parsed(start, start + json.end, json.value, (finding,), json.is_odd)


def _json_value(text: str, start: int, locate: Locate, limits: Limits) -> json_nodes.JsonText:
    try:
        json = json_nodes.parse_json(text, start, locate)
    except RecursionError:
        json = None
    if json is None or json_nodes.levels(json.value, limits.depth) > limits.depth:
        raise _too_deep(locate(json_nodes.deep_offset(text, start, limits.depth)), limits)
    return json


def _only_value(text: str, limits: Limits) -> Parsed | UserError:
    """A text that is one JSON value without brackets, or no payload at all."""
    start = _skip_blank(text, 0)
    try:
        parsed = _parse_json(text, start, Locator(text).position, limits)
    except UserError:
        return not_a_payload(text)
    return parsed if _skip_blank(text, parsed.end) == len(text) else not_a_payload(text)


def _node_count(text: str) -> int:
    """No fewer than the nodes in ``text``, at the cost of looking through it once for each kind of mark."""
    return text.count("<") - text.count("</") + text.count("=") + text.count(",") + text.count("[") + text.count("{")


def _too_many_nodes(limits: Limits) -> UserError:
    message = Message("more than {nodes} nodes", {"nodes": limits.nodes})
    return UserError(message, Message("split it into several files"))


def _too_deep(position: Position, limits: Limits) -> UserError:
    return UserError(
        Message("nested deeper than {depth} levels", {"depth": limits.depth}),
        Message("no callback is: this was made to do harm, or by mistake"),
        position,
    )
