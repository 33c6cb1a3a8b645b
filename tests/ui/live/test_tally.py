"""Captures are counted on from where the count was, since the listener began."""

from pathlib import Path

from callback_lens.errors import Message
from callback_lens.store.index import open_index
from callback_lens.store.model import WireCapture
from callback_lens.ui.live.tally import Tally, counted_on
from stored_captures import ARRIVED, store_captures, wire


def arriving(moment: int, refused: bool = False) -> WireCapture:
    capture = wire(b"<a/>", refused=Message("no") if refused else None)
    return capture._replace(request=capture.request._replace(arrived=moment))


def test_what_came_before_does_not_count(tmp_path: Path) -> None:
    store_captures(tmp_path, [arriving(ARRIVED + number) for number in range(5)])
    with open_index(tmp_path) as index:
        tally = counted_on(index, ARRIVED + 3, None)
        assert tally == Tally(ARRIVED + 3, 5, 2, 0, ARRIVED + 4)
        assert counted_on(index, ARRIVED + 3, tally) == tally
        store_captures(tmp_path, [arriving(ARRIVED + 9, refused=True), arriving(ARRIVED + 8)])
        assert counted_on(index, ARRIVED + 3, tally) == Tally(ARRIVED + 3, 7, 4, 1, ARRIVED + 8)


def test_another_listening_counts_anew(tmp_path: Path) -> None:
    store_captures(tmp_path, [arriving(ARRIVED)])
    with open_index(tmp_path) as index:
        tally = counted_on(index, ARRIVED, None)
        assert counted_on(index, ARRIVED + 1, tally) == Tally(ARRIVED + 1, 1)


def test_nothing_was_captured(tmp_path: Path) -> None:
    with open_index(tmp_path) as index:
        assert counted_on(index, ARRIVED, None) == Tally(ARRIVED, 0)
