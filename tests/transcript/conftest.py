"""Speech jobs of a test's own making, read through the front door."""

import json
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

import pytest
from callback_lens.payload.document import Document
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.nodes import Node
from callback_lens.payload.reader import read_documents

ABOVE = ("JobsDetail", "Operation", "SpeechRecognitionResult")


@pytest.fixture(scope="session")
def result_in() -> Callable[[bytes], Node]:
    """Gives the node SpeechRecognitionResult of a whole callback."""

    def read(callback: bytes) -> Node:
        (document,) = read_documents(Input("callback", None, callback, None), Limits())
        assert isinstance(document, Document)
        result = document.payload.first(".".join(ABOVE))
        assert result is not None, "an empty result is none"
        return result

    return read


@pytest.fixture(scope="session")
def json_result(result_in: Callable[[bytes], Node]) -> Callable[[object], Node]:
    """Gives the node SpeechRecognitionResult with this value, by way of JSON; a text is taken for written JSON."""

    def result(value: object) -> Node:
        written = value if isinstance(value, str) else json.dumps(value)
        for name in reversed(ABOVE):
            written = f'{{"{name}":{written}}}'
        return result_in(written.encode())

    return result


@pytest.fixture(scope="session")
def xml_result(result_in: Callable[[bytes], Node]) -> Callable[[object], Node]:
    """Gives the node SpeechRecognitionResult with this value, by way of XML; a text is taken for written XML."""

    def result(value: Any) -> Node:
        written = value if isinstance(value, str) else "".join(_element(*field) for field in value.items())
        for name in reversed(("Response", *ABOVE)):
            written = f"<{name}>{written}</{name}>"
        return result_in(written.encode())

    return result


def _element(name: str, value: object) -> str:
    if isinstance(value, list):
        return "".join(_element(name, item) for item in value)
    if isinstance(value, dict):
        return f"<{name}>{''.join(_element(*field) for field in value.items())}</{name}>"
    return f"<{name}>{'' if value is None else escape(str(value))}</{name}>"
