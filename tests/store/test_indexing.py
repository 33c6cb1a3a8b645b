"""What is understood of bodies, and that it stays true when captures come, come again and go."""

import gzip
import logging
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from callback_lens.store import index_schema, indexing, understanding
from callback_lens.store.filters.parsing import parse
from callback_lens.store.index import Index, open_index
from callback_lens.store.model import Capture, Facts, WireCapture
from callback_lens.store.opening import open_store
from callback_lens.store.store import Store
from callback_lens.store.writing import CHUNK

Wire = Callable[..., WireCapture]
SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
JOB = b"<Response><JobsDetail><JobId>%s</JobId><Tag>Concat</Tag><State>%s</State></JobsDetail></Response>"


def job(number: bytes, state: bytes = b"Success") -> bytes:
    return JOB % (number, state)


def facts_of(index: Index, capture_id: int) -> Facts:
    capture = index.get(capture_id)
    assert capture is not None
    assert capture.facts is not None
    return capture.facts


def deliveries(index: Index, *ids: int) -> list[tuple[int, int, bool]]:
    found = (facts_of(index, capture_id) for capture_id in ids)
    return [(facts.delivery, facts.deliveries, facts.has_variants) for facts in found]


@pytest.mark.parametrize("form", ["xml", "json"])
@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("StreamExtract/api-success", ("job", "TaskFinish", "StreamExtract", "Success")),
        ("SmartCover/api-failed", ("job", "TaskFinish", "SmartCover", "Failed")),
        ("WorkflowFinish/workflow-success", ("workflow", "WorkflowFinish", None, "Success")),
    ],
)
def test_what_a_body_says(
    store: Store, index: Index, wire: Wire, sample: str, form: str, expected: tuple[str | None, ...]
) -> None:
    (number,) = store.add([wire((SAMPLES / f"{sample}.{form}").read_bytes())], committed=1)
    index.catch_up()
    facts = facts_of(index, number)
    assert (facts.family, facts.event, facts.tag, facts.state) == expected
    assert facts.is_understood
    assert facts.job_id
    assert facts.object
    assert (facts.started is None, facts.ended is None) == (expected[0] == "workflow",) * 2
    assert (facts.delivery, facts.deliveries, facts.has_variants) == (1, 1, False)
    assert index.count(parse(f"job:{facts.job_id[:5]} object:{facts.object[-6:].upper()}")) == 1


def test_moderation_and_what_is_no_payload(store: Store, index: Index, wire: Wire) -> None:
    review = (SAMPLES / "ReviewImage" / "detail.json").read_bytes()
    ids = store.add([wire(review), wire(b"hello"), wire(b""), wire(b"\0\xff")], committed=1)
    index.catch_up()
    assert facts_of(index, ids[0]).tag == "ReviewImage"
    assert [facts_of(index, number) for number in ids[1:]] == [Facts()] * 3


TEXT = "锄禾日当午 汗&amp;滴"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        pytest.param(TEXT.encode().replace("汗".encode(), b"&#x6C57;"), b"", id="entities"),
        pytest.param(TEXT.replace("&amp;", "&").encode("gb18030"), b"", id="gb18030"),
        pytest.param('{"a": "锄禾日当午 \\ud83d\\ude00 \\u6c57&\\n滴\\ud800"}'.encode(), b"", id="json"),
        pytest.param(gzip.compress(TEXT.encode(), mtime=0), b"", id="gzip"),
        pytest.param(zlib.compress(TEXT.encode()), b"content-ENCODING: deflate\r\n", id="deflate"),
    ],
)
def test_chinese_words_of_one_and_two_characters_are_found(
    store: Store, index: Index, wire: Wire, body: bytes, headers: bytes
) -> None:
    store.add([wire(body, headers=headers)], committed=1)
    index.catch_up()
    for text in ("锄", "午", "禾日", "日当午", "汗", "滴", '"汗&滴"', "禾*", "body:锄禾"):
        assert index.count(parse(text)) == 1, text
    for text in ("禾锄", "锄日", "amp", "u6c57"):
        assert index.count(parse(text)) == 0, text


def test_odd_texts_survive(store: Store, index: Index, wire: Wire) -> None:
    state, number = "9223372036854775808", rb"j\ud800\u0000\uffff"
    body = b'{"JobsDetail": {"JobId": "%s", "Tag": "A\xc3\xa9", "State": %s}}' % (number, state.encode())
    store.add([wire(body), wire(body, target=b"/\0\xff\xed\xa0\x80")], committed=1)
    index.catch_up()
    facts = facts_of(index, 2)
    assert (facts.job_id, facts.tag, facts.state) == ("j\ud800\0\uffff", "Aé", state)
    assert (facts.delivery, facts.deliveries) == (2, 2)
    for text in (f"state:{state}", "tag:aé", 'job:"j\ud800\0"', "job:j"):
        assert index.count(parse(text)) == 2, text
    assert index.count(parse('path:"\0"')) == 1
    assert index.count(parse('"\0" "\ud800"')) == 0


def test_a_redelivery_is_numbered_and_other_content_marked(store: Store, index: Index, wire: Wire) -> None:
    bodies = [job(b"a"), job(b"b"), job(b"a"), job(b"a", b"Failed"), b"no job", b"no job", job(b"a")]
    store.add(map(wire, bodies), committed=1)
    index.catch_up()
    assert deliveries(index, 1, 3, 7) == [(1, 3, True), (2, 3, True), (3, 3, True)]
    assert deliveries(index, 4, 2) == [(1, 1, True), (1, 1, False)]
    assert deliveries(index, 5, 6) == [(0, 0, False)] * 2
    assert list(index.ids(parse("is:duplicate"))) == [7, 3]


def test_what_is_deleted_and_forgotten_meanwhile_is_no_delivery(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Store, index: Index, wire: Wire
) -> None:
    understand = indexing.understand

    def understand_late(capture_id: int, headers: bytes, body: bytes) -> understanding.Understanding:
        monkeypatch.undo()
        store.delete([capture_id])
        with open_index(tmp_path) as other:
            assert other.catch_up() == 0
        return understand(capture_id, headers, body)

    monkeypatch.setattr(indexing, "understand", understand_late)
    store.add([wire(job(b"j1"))], committed=1)
    index.catch_up()
    store.add([wire(job(b"j1"))], committed=2)
    index.catch_up()
    assert deliveries(index, 2) == [(1, 1, False)]


def test_what_another_process_indexes_meanwhile_is_indexed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Store, index: Index, wire: Wire
) -> None:
    understand = indexing.understand

    def understand_late(capture_id: int, headers: bytes, body: bytes) -> understanding.Understanding:
        monkeypatch.undo()
        with open_index(tmp_path) as other:
            assert other.catch_up() == 2
        return understand(capture_id, headers, body)

    monkeypatch.setattr(indexing, "understand", understand_late)
    store.add([wire(job(b"j1"))] * 2, committed=1)
    assert index.catch_up() == 0
    assert deliveries(index, 1, 2) == [(1, 2, False), (2, 2, False)]


def test_a_packed_redelivery_is_one(store: Store, index: Index, wire: Wire) -> None:
    store.add([wire(job(b"a")), wire(gzip.compress(job(b"a")))], committed=1)
    index.catch_up()
    assert deliveries(index, 1, 2) == [(1, 2, False), (2, 2, False)]


def test_damaged_gzip_is_no_fault_of_ours(
    store: Store, index: Index, wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    (number,) = store.add([wire(gzip.compress(job(b"a"))[:-9])], committed=1)
    index.catch_up()
    assert facts_of(index, number) == Facts()
    assert not caplog.records


def test_a_fault_of_ours_is_contained(
    store: Store, index: Index, wire: Wire, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError

    store.add([wire(job(b"a")), wire(b"plain")], committed=1)
    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr(understanding, "read_envelope", broken)
        assert index.catch_up() == 2
    assert "Capture 1 could not be indexed" in caplog.text
    assert facts_of(index, 1) == Facts()
    assert index.count(parse("Concat")) == index.count(parse("plain")) == 1


def test_words_in_a_large_body_are_found(store: Store, index: Index, wire: Wire) -> None:
    with store.writing() as writer:
        upload = writer.begin(wire().request)
        writer.append(upload, b"first ".ljust(CHUNK - 2) + b"se")
        writer.append(upload, b"cond")
        writer.finish(upload, wire(), committed=1)
    index.catch_up()
    assert [index.count(parse(text)) for text in ("first", "second", "cond")] == [1, 1, 0]


def test_it_stops_when_told(store: Store, index: Index, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "BATCH_SECONDS", 0.0)
    store.add([wire()] * 5, committed=1)
    answers = iter((False, False, True, True))
    assert index.catch_up(lambda: next(answers)) == 2
    assert index.behind() == 3
    assert index.catch_up() == 3
    assert (index.behind(), index.catch_up()) == (0, 0)


def every_capture(index: Index) -> list[Capture]:
    return index.page(limit=1000)


def test_a_rebuilt_index_says_the_same(store: Store, index: Index, wire: Wire) -> None:
    samples = [path.read_bytes() for path in sorted(SAMPLES.rglob("*.*"))]
    for bodies in (samples[:5], samples[3:], ["plain 锄".encode(), *samples[:2]]):
        store.add(map(wire, bodies), committed=1)
        index.catch_up()
    words = ("锄", "Success", "tag:SmartCover", "is:duplicate", "is:failed", "job:j", "NOT Response")
    before = every_capture(index), [list(index.ids(parse(word))) for word in words]
    index.rebuild()
    assert index.behind() == len(before[0])
    assert [index.count(parse(word)) for word in words[:-1]] == [0] * 6
    assert index.catch_up() == len(before[0])
    assert (every_capture(index), [list(index.ids(parse(word))) for word in words]) == before


def test_deleted_captures_are_forgotten(
    store: Store, index: Index, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the last capture of its window a full-text table goes, unless it is the one being filled."""
    monkeypatch.setattr(index_schema, "WINDOW_BITS", 2)
    monkeypatch.setattr("callback_lens.store.listing.WINDOW_BITS", 2)
    monkeypatch.setattr(indexing, "FORGOTTEN_AT_ONCE", 2)
    store.add([wire(b"word %d" % number) for number in range(1, 11)], committed=1)
    index.catch_up()
    assert list(index.ids(parse("word"))) == list(range(10, 0, -1))
    assert index_schema.search_tables(index._database) == {"search_0", "search_1", "search_2"}
    store.delete([4, 5, 6, 7, 1, 8, 9, 10])
    assert list(index.ids(parse("word"))) == [3, 2]
    assert index.catch_up() == 0
    assert index_schema.search_tables(index._database) == {"search_0", "search_2"}
    assert (list(index.ids(parse("word"))), index.count()) == ([3, 2], 2)
    assert index.get(4) is None
    store.add([wire(b"word")], committed=1)
    assert (index.catch_up(), list(index.ids(parse("word")))) == (1, [11, 3, 2])


def test_an_index_of_another_version_is_made_anew(tmp_path: Path, store: Store, wire: Wire) -> None:
    store.add([wire(b"word")], committed=1)
    with open_index(tmp_path) as index:
        index.catch_up()
    with closing(sqlite3.connect(tmp_path / "index.db")) as database:
        database.execute("PRAGMA user_version = 99")
        database.execute("CREATE TABLE later (x)")
        database.commit()
    with open_index(tmp_path) as index:
        assert index.behind() == 1
        assert (index.catch_up(), index.count(parse("word"))) == (1, 1)


def test_an_index_of_a_later_state_is_made_anew(tmp_path: Path, store: Store, wire: Wire) -> None:
    """A backup of captures.db was put back: ids that the index knows will be given once more."""
    store.add([wire(b"kept")], committed=1)
    store.close()
    path = tmp_path / "captures.db"
    backup = path.read_bytes()
    with open_store(tmp_path) as later, open_index(tmp_path) as index:
        later.add([wire(b"lost")], committed=1)
        index.catch_up()
    path.write_bytes(backup)
    with open_store(tmp_path) as again, open_index(tmp_path) as index:
        again.add([wire(b"new")], committed=1)
        assert index.catch_up() == 2
        assert [index.count(parse(word)) for word in ("kept", "lost", "new")] == [1, 0, 1]
