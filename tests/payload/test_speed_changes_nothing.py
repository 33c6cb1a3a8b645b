import gc

import pytest
from callback_lens.errors import UserError
from callback_lens.payload.document import Document
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.nodes import Node
from callback_lens.payload.paths import walk
from callback_lens.payload.reader import LARGE, read_documents
from callback_lens.payload.xml_nodes import XmlNode
from hypothesis import given
from hypothesis import strategies as st

TEXTS = st.sampled_from(["", " ", "text", " text\n", "<!-- a comment -->", "<?an instruction?>"])
NAMES = st.sampled_from(["Tag", "Operation", "JobsDetail"])
ATTRIBUTES = st.sampled_from(["", "", ' lang=""', ' lang="zh"'])


def elements(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def element(name: str, attributes: str, children: list[str]) -> str:
        return f"<{name}{attributes}>{''.join(children)}</{name}>"

    return st.builds(element, NAMES, ATTRIBUTES, st.lists(content | TEXTS, max_size=4))


DOCUMENTS = st.builds("<Response>{}</Response>".format, st.recursive(elements(TEXTS), elements, max_leaves=12))


def read(content: bytes) -> list[Document | UserError]:
    return read_documents(Input("a file", None, content, None), Limits())


@pytest.fixture
def large() -> bytes:
    return b"<Response><EventName>" + b"e" * LARGE + b"</EventName></Response>"


@given(DOCUMENTS, st.lists(NAMES, min_size=1, max_size=3).map(".".join))
def test_a_text_is_found_without_nodes_where_it_is_found_through_them(text: str, path: str) -> None:
    (document,) = read(text.encode())
    assert isinstance(document, Document)
    for node in walk(document.payload):
        if isinstance(node, XmlNode):
            assert node.text_at(path) == Node.text_at(node, path)


def test_the_collector_passes_over_a_large_document_until_it_is_dropped(large: bytes) -> None:
    before = gc.get_freeze_count()
    documents = read(large)
    assert gc.isenabled()
    assert gc.get_freeze_count() > before
    documents.clear()
    assert gc.get_freeze_count() == 0


def test_nothing_is_kept_from_the_collector_where_there_is_no_document(large: bytes) -> None:
    gc.unfreeze()
    (error,) = read(large[:-3])
    assert isinstance(error, UserError)
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_a_collector_that_is_off_stays_off(large: bytes) -> None:
    gc.disable()
    try:
        assert len(read(large)) == 1
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize(
    "broken", [b"<Response><Tag>a</Tag><Tag>", b'{"Tag": [1, 2}', b"<!DOCTYPE a><a/>", b"<a>&b;</a>"]
)
def test_a_broken_document_leaves_nothing_to_the_collector(broken: bytes) -> None:
    read(broken)
    gc.collect()
    gc.disable()
    try:
        assert isinstance(read(broken)[0], UserError)
        assert gc.collect() == 0
    finally:
        gc.enable()
