"""Captures looked up by id and by job."""

from pathlib import Path

import pytest
from callback_lens.capture.looking_up import deliveries_of, kept
from callback_lens.errors import UserError
from callback_lens.store.index import open_index
from callback_lens.store.model import WireCapture
from callback_lens.store.opening import open_store
from stored_captures import store_captures, wire


def job(job_id: str) -> WireCapture:
    return wire(b'{"EventName": "TaskFinish", "JobsDetail": {"Tag": "T", "JobId": "%b"}}' % job_id.encode())


@pytest.mark.parametrize(("number", "deliveries"), [(1, [1, 4]), (2, [2]), (3, [3]), (4, [1, 4]), (5, []), (6, [6])])
def test_deliveries_are_those_of_exactly_this_job(tmp_path: Path, number: int, deliveries: list[int]) -> None:
    names = ("j1", "j12", "J1", "j1")
    store_captures(tmp_path, [*map(job, names), wire(b"<a/>"), job("(j1 OR *)")])
    with open_index(tmp_path) as index:
        index.catch_up()
        capture = index.get(number)
        assert capture is not None
        assert [one.id for one in deliveries_of(capture, index)] == deliveries


def test_one_that_nothing_is_known_of_yet_has_none(tmp_path: Path) -> None:
    store_captures(tmp_path, [job("j1"), job("j1")])
    with open_store(tmp_path) as store, open_index(tmp_path) as index:
        capture, details = kept(store, 1)
        assert (capture.id, details.forwards) == (1, ())
        assert deliveries_of(capture, index) == []


def test_there_is_none(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, pytest.raises(UserError, match="no capture with the id 7"):
        kept(store, 7)
