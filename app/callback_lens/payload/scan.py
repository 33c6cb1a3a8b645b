"""Finding and parsing the documents in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

from callback_lens.errors import Message, UserError
from callback_lens.payload import json_nodes, xml_nodes
from callback_lens.payload.decode import position_at
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

BLANK = re.compile(r"[\s,\ufeff\x1e]*")  # \x1e: the record separator of JSON text sequences (RFC 7464)
DOCUMENT_START = re.compile(r"<(?=[?!A-Za-z_:])|\{|\[(?=\s*[\[{\]])")
PAYLOAD_START = re.compile(r'<\?xml\b|<(?:Response|EventName|JobsDetail|WorkflowExecution)\b|\{\s*"|\[\s*\{\s*"')
# Elements that stand directly in a Response; where one is a root, the Response around it is missing.
RESPONSE_CONTENT = frozenset(
    ("EventName", "JobsDetail", "NextToken", "NonExistJobIds", "RequestId", "WorkflowExecution")
)
ROOT_NAME = re.compile(r"<([\w:.-]+)")
LINE_HEAD = 8  # characters in which two records of one log begin alike


@dataclass(frozen=True, slots=True)
class Parsed:
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


def scan(text: str, limits: Limits) -> list[Parsed | UserError]:
    """All documents in ``text``, and a UserError with its position for each that cannot be read; never empty."""
    if WEB_PAGE.match(text):
        return [web_page()]
    if len(text) > limits.nodes and _node_count(text) > limits.nodes:
        return [_too_many_nodes(limits)]
    found = list(_documents(text, limits))
    return found or [_only_value(text, limits)]


def _documents(text: str, limits: Limits) -> Iterator[Parsed | UserError]:
    end = 0
    waiting: Parsed | UserError | None = None
    while (start := _next_start(text, end)) is not None:
        if waiting is not None:
            yield waiting
        waiting = _parse(text, start, limits, _around(text, end, start))
        following = waiting.end if isinstance(waiting, Parsed) else _next_record(text, start)
        if following is None:
            yield waiting
            return
        end = following
    if isinstance(waiting, Parsed):
        waiting = replace(waiting, findings=waiting.findings + _around(text, end, len(text)))
    if waiting is not None:
        yield waiting


def _next_start(text: str, offset: int) -> int | None:
    offset = _skip_blank(text, offset)
    match = DOCUMENT_START.match(text, offset) or PAYLOAD_START.search(text, offset)
    return match.start() if match else None


def _skip_blank(text: str, offset: int) -> int:
    match = BLANK.match(text, offset)
    return match.end() if match else offset


def _around(text: str, start: int, end: int) -> tuple[Finding, ...]:
    start = _skip_blank(text, start)
    return (text_around_finding(text[start:end], position_at(text, start)),) if start < end else ()


def _next_record(text: str, start: int) -> int | None:
    """Where to go on behind a broken document: the next line, if it begins as this one does (JSON Lines, logs)."""
    line_end = text.find("\n", start)
    following = _skip_blank(text, line_end)
    head = text[start : start + LINE_HEAD]
    is_record = line_end - start > LINE_HEAD and text.startswith(head, following)
    return following if is_record else None


def _parse(text: str, start: int, limits: Limits, findings: tuple[Finding, ...]) -> Parsed | UserError:
    try:
        if text[start] == "<":
            return _parse_xml(text, start, limits, findings)
        return _parse_json(text, start, limits, findings)
    except UserError as error:
        return error


def _parse_xml(text: str, start: int, limits: Limits, findings: tuple[Finding, ...]) -> Parsed:
    tree, end = xml_nodes.parse_xml(text, start)
    if xml_nodes.levels(tree, limits.depth) > limits.depth:
        raise _too_deep(text, xml_nodes.deep_offset(text, start, limits.depth), limits)
    root = next(child for child in tree if xml_nodes.is_element(child))
    if root.tag in RESPONSE_CONTENT:
        end = _collect_response(text, end, tree)
        findings += (missing_root_finding(),)
    return Parsed(start, end, tree, findings)


def _collect_response(text: str, end: int, tree: Element) -> int:
    """Put the roots of ``tree``, and those that follow and belong to them, into one Response; the offset behind."""
    response = Element("Response")
    response.extend(list(tree))
    tree[:] = [response]
    while True:
        start = _skip_blank(text, end)
        name = ROOT_NAME.match(text, start)
        if not name or name[1] not in RESPONSE_CONTENT or (name[1] == "EventName" and len(response)):
            return end
        following, end = xml_nodes.parse_xml(text, start)
        response.extend(list(following))


def _parse_json(text: str, start: int, limits: Limits, findings: tuple[Finding, ...]) -> Parsed:
    try:
        json = _json_value(text, start, limits)
    except UserError:
        repaired = without_trailing_commas(text)
        if repaired == text:
            raise
        json = _json_value(repaired, start, limits)
        commas = [at for at in range(start, json.end) if repaired[at] != text[at]]
        findings += (trailing_comma_finding(len(commas), position_at(text, commas[0])),)
    return Parsed(start, json.end, json.value, findings, json.is_odd)


def _json_value(text: str, start: int, limits: Limits) -> json_nodes.JsonText:
    try:
        json = json_nodes.parse_json(text, start)
    except RecursionError as error:
        raise _too_deep(text, json_nodes.deep_offset(text, start, limits.depth), limits) from error
    if json_nodes.levels(json.value, limits.depth) > limits.depth:
        raise _too_deep(text, json_nodes.deep_offset(text, start, limits.depth), limits)
    return json


def _only_value(text: str, limits: Limits) -> Parsed | UserError:
    """A text that is one JSON value without brackets, or no payload at all."""
    start = _skip_blank(text, 0)
    try:
        json = _json_value(text, start, limits)
    except UserError:
        return not_a_payload(text)
    is_all = _skip_blank(text, json.end) == len(text)
    return Parsed(start, json.end, json.value, (), json.is_odd) if is_all else not_a_payload(text)


def _node_count(text: str) -> int:
    """No fewer than the nodes in ``text``, at the cost of looking through it once for each kind of mark."""
    return text.count("<") + text.count(",") + text.count("[") + text.count("{")


def _too_many_nodes(limits: Limits) -> UserError:
    return UserError(
        Message("more than {nodes} nodes", {"nodes": limits.nodes}),
        Message("split the file, or raise the limit"),
    )


def _too_deep(text: str, offset: int, limits: Limits) -> UserError:
    return UserError(
        Message("nested deeper than {depth} levels", {"depth": limits.depth}),
        Message("no callback is: this was made to do harm, or by mistake"),
        position_at(text, offset),
    )
