from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
from callback_lens.errors import Message
from callback_lens.store.database import INSERTED
from callback_lens.store.model import Details, Forward, Request, WireCapture, header_fields
from callback_lens.store.opening import open_store
from callback_lens.store.store import Store
from callback_lens.store.writing import CHUNK, SMALL
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Wire = Callable[..., WireCapture]


def test_a_capture_is_given_back_as_it_came(store: Store, wire: Wire) -> None:
    given_capture = wire(b"\0\xff", target=b"/\xff?a=\0", trailers=b"X: 1\r\n", answer=b"done", arrived=1 << 50)
    (number,) = store.add([given_capture], committed=2)
    kept, request = store.get(number), given_capture.request
    assert kept is not None
    assert Request(kept.arrived, kept.method, kept.target, kept.http_version, kept.peer, request.headers) == request
    assert (kept.committed, kept.answered, kept.status, kept.is_complete) == (2, None, 200, True)
    assert (kept.size, kept.sha256) == (2, sha256(b"\0\xff").hexdigest())
    assert (kept.refused, kept.is_pinned, kept.note, kept.facts) == (None, False, None, None)
    assert store.details(number) == Details(request.headers, b"X: 1\r\n", b"done", ())
    assert store.body(number) == b"\0\xff"


TEXTS = st.text(st.characters() | st.just("\ud800"), max_size=9)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=50), st.binary(max_size=20), TEXTS, st.integers(0, 2**63 - 1))
def test_any_bytes_are_kept(store: Store, wire: Wire, body: bytes, target: bytes, note: str, time: int) -> None:
    (number,) = store.add([wire(body, target=target, headers=body, arrived=time)], committed=time)
    store.annotate([number], note)
    kept, details = store.get(number), store.details(number)
    assert kept is not None
    assert details is not None
    assert (kept.target, kept.arrived, kept.note) == (target, time, note or None)
    assert (store.body(number), details.headers) == (body, body)


def test_why_it_was_refused_is_kept(store: Store, wire: Wire) -> None:
    limit = Message("{size} bytes", {"size": 5})
    values = {"size": 1 << 40, "share": 1.5, "what": "a\ud800"}
    reason = Message("too large: {size}, {share}, {limit}, {what}", {**values, "limit": limit})
    (number,) = store.add([wire(status=None, is_complete=False, refused=reason)], committed=1)
    kept = store.get(number)
    assert kept is not None
    assert kept.refused == Message(reason.id, {**values, "limit": "5 bytes"})
    assert (kept.status, kept.is_complete) == (None, False)


def test_answers_and_forwards_come_later(store: Store, wire: Wire) -> None:
    (number,) = store.add([wire()], committed=1)
    forwards = (
        Forward(number, "http://localhost/\ud800", 1, 3, error="refused \ud800"),
        Forward(number, "http://localhost/", 2, 4, status=200),
    )
    with store.writing() as writer:
        writer.answered([(number, 2)])
        for forward in forwards:
            writer.forwarded(forward)
    kept, details = store.get(number), store.details(number)
    assert kept is not None
    assert details is not None
    assert (kept.answered, details.forwards) == (2, forwards)


def test_a_large_body_arrives_in_pieces(store: Store, wire: Wire) -> None:
    pieces = [bytes([number]) * CHUNK for number in range(3)] + [b"end"]
    with store.writing() as writer:
        upload = writer.begin(wire().request)
        writer.append(upload, pieces[0])
        (small,) = writer.add([wire(b"small")], 1)
    assert store.get(small + 1) is None
    for piece in pieces[1:]:
        with store.writing() as writer:
            writer.append(upload, piece)
    with store.writing() as writer:
        number = writer.finish(upload, wire(target=b"/large"), committed=5)
    kept = store.get(number)
    assert kept is not None
    assert number == small + 1
    assert (kept.target, kept.size, kept.is_complete) == (b"/large", 3 * CHUNK + 3, True)
    assert kept.sha256 == sha256(b"".join(pieces)).hexdigest()
    assert list(store.body_pieces(number)) == pieces
    assert store.recover(now=9) == []


def test_a_piece_that_was_not_kept_is_not_forgotten(store: Store, wire: Wire) -> None:
    with store.writing() as writer:
        upload = writer.begin(wire().request)
        writer.append(upload, b"kept")
    with suppress(KeyError), store.writing() as writer:
        writer.append(upload, b"lost")
        raise KeyError
    with pytest.raises(ValueError, match="piece"), store.writing() as writer:
        writer.finish(upload, wire(), committed=1)
    with store.writing() as writer:
        number = writer.finish(upload, wire(is_complete=False, refused=Message("disk full")), committed=1)
    kept = store.get(number)
    assert kept is not None
    assert (kept.size, kept.sha256) == (4, sha256(b"kept").hexdigest())
    assert store.body(number) == b"kept"


@pytest.mark.parametrize("count", [1, INSERTED - 1, INSERTED, 3 * INSERTED + 1])
def test_as_many_come_back_as_were_given(store: Store, wire: Wire, count: int) -> None:
    refused = Message("the body has more than {limit} bytes", {"limit": 3})
    lengths = [0, 1, SMALL, SMALL + 1]
    captures = [
        wire(
            bytes([number]) * lengths[number % 4], target=b"/%d" % number, refused=refused if number % 5 == 0 else None
        )
        for number in range(count)
    ]
    with store.writing() as writer:
        ids = writer.add(captures, committed=1)
        writer.answered([(capture_id, 10 * capture_id) for capture_id in ids])
    assert ids == list(range(1, count + 1))
    for capture_id, capture in zip(ids, captures, strict=True):
        kept = store.get(capture_id)
        assert kept is not None
        assert (kept.target, kept.size, kept.refused) == (capture.request.target, len(capture.body), capture.refused)
        assert (kept.sha256, kept.answered) == (sha256(capture.body).hexdigest(), 10 * capture_id)
        assert store.body(capture_id) == capture.body


def test_the_time_of_the_answer_goes_with_the_capture(store: Store, wire: Wire) -> None:
    ids = store.add([wire(), wire()], committed=1)
    with store.writing() as writer:
        writer.answered([(capture_id, 2) for capture_id in ids])
    store.delete(ids[:1])
    assert list(store._database.rows("SELECT capture_id FROM answers")) == [(ids[1],)]


def test_a_transaction_is_all_or_nothing(store: Store, wire: Wire) -> None:
    (first,) = store.add([wire()], committed=1)
    with suppress(KeyError), store.writing() as writer:
        writer.add([wire()], 1)
        writer.answered([(first, 2)])
        raise KeyError
    kept = store.get(first)
    assert kept is not None
    assert (kept.answered, store.get(first + 1)) == (None, None)
    assert store.add([wire()], committed=1) == [first + 1]


def test_what_a_dead_listener_left_becomes_a_refused_capture(tmp_path: Path, store: Store, wire: Wire) -> None:
    (first,) = store.add([wire()], committed=1)
    with store.writing() as writer:
        upload = writer.begin(wire().request._replace(target=b"/cut", method="PUT"))
        writer.append(upload, b"arrived")
    with open_store(tmp_path) as again:
        assert again.recover(now=7) == [first + 1]
        assert again.recover(now=8) == []
        kept, details = again.get(first + 1), again.details(first + 1)
        assert kept is not None
        assert details is not None
        assert (kept.method, kept.target, kept.committed, kept.status) == ("PUT", b"/cut", 7, None)
        assert (kept.is_complete, str(kept.refused)) == (False, "the listener ended before all of it had arrived")
        assert (again.body(first + 1), details.headers) == (b"arrived", wire().request.headers)


def test_pins_and_notes(store: Store, wire: Wire) -> None:
    ids = store.add([wire()] * 3, committed=1)
    store.pin(ids[:2], True)
    store.pin(ids[1:2], False)
    store.annotate(ids, "look")
    store.annotate(ids[:1], None)
    captures = [capture for number in ids if (capture := store.get(number))]
    assert [capture.is_pinned for capture in captures] == [True, False, False]
    assert [capture.note for capture in captures] == [None, "look", "look"]


def test_ids_are_never_used_again(tmp_path: Path, store: Store, wire: Wire) -> None:
    assert store.add([wire()] * 3, committed=1) == [1, 2, 3]
    assert store.delete([2, 3]) == 2
    with open_store(tmp_path) as again:
        assert again.add([wire()], committed=1) == [4]


def test_what_is_not_there(store: Store) -> None:
    assert (store.get(1), store.details(1), store.body(1)) == (None, None, b"")
    assert store.delete([1]) == 0
    store.pin([1], True)
    store.annotate([1], "nobody")


def test_header_fields_keep_order_case_and_repeats() -> None:
    headers = b"Host: a\r\nX-a:  1 \r\nno colon\r\nx-A:2\r\nFolded: b\r\n c\r\n\td\r\nLast: \xff\r\n"
    assert list(header_fields(headers)) == [
        (b"Host", b"a"),
        (b"X-a", b"1"),
        (b"x-A", b"2"),
        (b"Folded", b"b c d"),
        (b"Last", b"\xff"),
    ]
