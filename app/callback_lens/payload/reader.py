"""From an input's bytes to the documents in it."""

import gc
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import count, islice
from typing import Any

from callback_lens.errors import Message, UserError
from callback_lens.payload.decode import DecodedText, decode
from callback_lens.payload.document import Document, Source
from callback_lens.payload.findings import Finding, Severity, shortened
from callback_lens.payload.http_message import HttpMessage
from callback_lens.payload.inputs import Input
from callback_lens.payload.json_nodes import JsonNode, JsonNumber, RepeatedKeys
from callback_lens.payload.limits import Limits
from callback_lens.payload.nodes import Node, join_path, path_step
from callback_lens.payload.paths import walk
from callback_lens.payload.scan import Parsed, scan
from callback_lens.payload.xml_nodes import XmlNode
from callback_lens.payload.xml_parsing import DOCUMENT

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
    is_large = len(given.content) > LARGE
    with _collector_paused(is_large):
        results = list(islice(_results(decoded, given, limits), limits.documents + 1))
        if is_large:
            _spare_collector(results)
    if len(results) > limits.documents:
        results[-1] = _located(_too_many_documents(limits), given)
    return results


def _results(decoded: DecodedText, given: Input, limits: Limits) -> Iterator[Document | UserError]:
    index = count()
    for item in scan(decoded.text, limits):
        if isinstance(item, UserError):
            next(index)
            yield _located(item, given)
            continue
        text = decoded.text[item.start : item.end]
        for tree in _callbacks(item):
            source = Source(given.file, given.member, next(index), "xml" if item.is_xml else "json", decoded.encoding)
            yield _document(source, tree, item, text, given.request)


def _too_many_documents(limits: Limits) -> UserError:
    return UserError(
        Message("holds more than {limit} documents", {"limit": limits.documents}),
        Message("the rest of it was not read; split it into several files"),
    )


def _located(error: UserError, given: Input) -> UserError:
    """The error, said to be the input's; without the frames it was raised through, which hold the text."""
    position = error.position
    if position is not None and given.request is not None:
        position = replace(position, line=position.line + given.request.body_line - 1)
    return UserError(error.message, error.hint, position, given.source, given.member)


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


def _spare_collector(results: list[Document | UserError]) -> None:
    """Until the first document is dropped, have the collector pass over all that is there now.

    Otherwise each of its next passes through half a million elements would hold the interpreter for 60 to 140 ms.
    """
    document = next((result for result in results if isinstance(result, Document)), None)
    if document is not None:
        gc.freeze()
        weakref.finalize(document, gc.unfreeze).atexit = False


def _callbacks(parsed: Parsed) -> list[Any]:
    """The callbacks of a JSON array of them, otherwise the document itself."""
    tree = parsed.tree
    is_list = isinstance(tree, list) and tree and all(isinstance(item, dict) for item in tree)
    return tree if is_list and any(CALLBACK_KEYS & item.keys() for item in tree) else [tree]


def _document(source: Source, tree: Any, parsed: Parsed, text: str, request: HttpMessage | None) -> Document:
    root = XmlNode(tree, DOCUMENT, None, None) if parsed.is_xml else JsonNode(tree, "", None, None)
    payload = next((node for node in root.items() if node.name == "Response"), root)
    findings = parsed.findings + (tuple(_odd_json(payload)) if parsed.is_odd else ())
    return Document(source, root, payload, text, findings, request)


def _odd_json(payload: Node) -> Iterator[Finding]:
    """Keys that stand twice in an object, and numbers that no program reads as numbers."""
    for node in walk(payload):
        json = node.json if isinstance(node, JsonNode) else None
        if isinstance(json, RepeatedKeys):
            yield from map(partial(_repeated_key, node), json.repeated())
        elif isinstance(json, JsonNumber) and not json.is_finite:
            number = shortened(json)
            message = Message("{number} is not a number other programs can read", {"number": number})
            yield Finding(Severity.WARNING, "bad-number", message, node.path, found=number)


def _repeated_key(node: Node, key: str) -> Finding:
    message = Message(
        'the key "{key}" stands more than once in one object; most programs see only the last', {"key": shortened(key)}
    )
    return Finding(Severity.WARNING, "duplicate-key", message, join_path(node.path, path_step(key)))
