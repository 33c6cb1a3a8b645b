import json

import pytest
import xmltodict
from callback_lens.payload.document import Document
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.masking import masked
from callback_lens.payload.node_source import node_json, node_source
from callback_lens.payload.paths import node_at, walk
from callback_lens.payload.reader import read_documents

XML = '<Response a="1&quot;&lt;">one &amp; &lt;b&gt;<!-- c --><A q="1"/><B>x<C/>\n tail</B><?p i?></Response>'
JSON = '{"A": [1, 2.50, 1e3, {}, [], null, true, "\\u0001é"], "B": {"C": "x", "C": "y"}}'


def read(content: str) -> Document:
    (document,) = read_documents(Input("payload", None, content.encode(), None), Limits())
    assert isinstance(document, Document), document
    return document


def test_xml_is_given_as_it_was_written() -> None:
    assert node_source(read(XML).payload).replace("'1\"&lt;'", '"1&quot;&lt;"') == XML


def test_every_part_of_xml_can_be_given() -> None:
    parts = {node.path: node_source(node) for node in walk(read(XML).payload)}
    assert parts["@a"] == "a='1\"&lt;'"
    assert parts["#text"] == "one &amp; &lt;b&gt;"
    assert parts["#comment"] == "<!-- c -->"
    assert parts["#instruction"] == "<?p i?>"
    assert parts["B"] == "<B>x<C/>\n tail</B>"
    assert parts["A"] == '<A q="1"/>'


def test_json_keeps_digits_and_repeated_keys() -> None:
    text = node_source(read(JSON).root)
    assert "2.50" in text
    assert "1e3" in text
    assert json.loads(text, object_pairs_hook=list) == json.loads(JSON, object_pairs_hook=list)


@pytest.mark.parametrize("path", ["A", "A[7]", "A[3]", "B"])
def test_a_part_of_json_is_json(path: str) -> None:
    node = node_at(read(JSON).root, path)
    assert node is not None
    assert json.loads(node_source(node)) == json.loads(node_json(node)) == node.data()


def test_xml_as_json_is_its_data() -> None:
    assert json.loads(node_json(read(XML).payload)) == xmltodict.parse(XML)["Response"]


@pytest.mark.parametrize("content", ["<Response>{}</Response>", '{{"Response": {}}}'])
def test_secrets_are_masked_if_that_is_asked_for(content: str) -> None:
    is_xml = content.startswith("<")
    inner = "<DocPassword>secret</DocPassword>" if is_xml else '{"DocPassword": "secret"}'
    node = read(content.format(inner)).payload
    for make in (node_source, node_json):
        assert "secret" in make(node)
        assert "secret" not in make(node, masked)
        assert "***" in make(node, masked)
