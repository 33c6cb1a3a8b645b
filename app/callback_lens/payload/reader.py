"""From an input's bytes to the documents in it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from callback_lens.errors import Message, UserError
from callback_lens.payload.decode import decode
from callback_lens.payload.document import Document, Source
from callback_lens.payload.findings import Finding, Severity
from callback_lens.payload.inputs import Input
from callback_lens.payload.json_nodes import JsonNode, JsonNumber, RepeatedKeys
from callback_lens.payload.limits import Limits
from callback_lens.payload.nodes import Node, join_path
from callback_lens.payload.paths import walk
from callback_lens.payload.scan import Parsed, scan
from callback_lens.payload.xml_nodes import DOCUMENT, XmlNode

LARGE = 1 << 20
CALLBACK_KEYS = frozenset(("EventName", "JobsDetail", "WorkflowExecution", "Response", "data"))


def read_documents(given: Input, limits: Limits) -> list[Document | UserError]:
    """The documents of one input in order, and a UserError (``source`` and position set) for each that is broken.

    An input holds one document, several behind each other (JSON Lines), a JSON array of callbacks, or a text with
    documents in it (a log). No bytes make it raise.
    """
    try:
        decoded = decode(given.content)
    except UserError as error:
        return [_located(error, given)]
    with _collector_paused(len(given.content) > LARGE):
        found = scan(decoded.text, limits)
    results: list[Document | UserError] = []
    for item in found:
        if isinstance(item, UserError):
            results.append(_located(item, given))
            continue
        for tree in _callbacks(item):
            source = Source(given.file, given.member, len(results), "xml" if item.is_xml else "json", decoded.encoding)
            results.append(_document(source, tree, item, decoded.text, given))
    return results


def _located(error: UserError, given: Input) -> UserError:
    error.source = given.source
    if error.position is not None and given.request is not None:
        error.position = replace(error.position, line=error.position.line + given.request.body_line - 1)
    return error


@contextmanager
def _collector_paused(large: bool) -> Iterator[None]:
    """Half a million new elements make the garbage collector go through all of them again and again, in vain."""
    paused = large and gc.isenabled()
    if paused:
        gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


def _callbacks(parsed: Parsed) -> list[Any]:
    """The callbacks of a JSON array of them, otherwise the document itself."""
    tree = parsed.tree
    is_list = isinstance(tree, list) and tree and all(isinstance(item, dict) for item in tree)
    return tree if is_list and any(CALLBACK_KEYS & item.keys() for item in tree) else [tree]


def _document(source: Source, tree: Any, parsed: Parsed, text: str, given: Input) -> Document:
    root = XmlNode(tree, DOCUMENT, None, None) if parsed.is_xml else JsonNode(tree, "", None, None)
    payload = next((node for node in root.items() if node.name == "Response"), root)
    findings = parsed.findings + (tuple(_odd_json(payload)) if parsed.is_odd else ())
    return Document(source, root, payload, text[parsed.start : parsed.end], findings, given.request)


def _odd_json(payload: Node) -> Iterator[Finding]:
    """Keys that stand twice in an object, and numbers that no program reads as numbers."""
    for node in walk(payload):
        json = node.json if isinstance(node, JsonNode) else None
        if isinstance(json, RepeatedKeys):
            yield from map(partial(_repeated_key, node), json.repeated())
        elif isinstance(json, JsonNumber) and not json.is_finite:
            message = Message("{number} is not a number other programs can read", {"number": str(json)})
            yield Finding(Severity.WARNING, "bad-number", message, node.path, found=str(json))


def _repeated_key(node: Node, key: str) -> Finding:
    message = Message(
        "the key {key} stands more than once in one object; most programs see only the last", {"key": key}
    )
    return Finding(Severity.WARNING, "duplicate-key", message, join_path(node.path, key))
