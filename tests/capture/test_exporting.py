"""Exporting on behalf of a caller who watches it (its files: see the tests of ``captures export``)."""

from pathlib import Path

import pytest
from callback_lens.capture.exporting import MANIFEST, export_captures
from callback_lens.export.language import language_named
from callback_lens.store.index import open_index
from callback_lens.store.opening import open_store
from stored_captures import store_captures, wire


def test_it_says_how_far_it_is(tmp_path: Path) -> None:
    store_captures(tmp_path, [wire(b"<a/>")] * 4)
    parts: list[float] = []
    with open_index(tmp_path) as index, open_store(tmp_path) as store:
        ids = [4, 99, 1]  # one was deleted meanwhile
        count = export_captures(
            ids, tmp_path / "out", store, index, language_named("en"), force=False, progress=parts.append
        )
    assert (count, parts) == (2, [0.5, 1.0])
    names = {"000001-unknown.xml", "000004-unknown.xml", MANIFEST}
    assert {path.name for path in (tmp_path / "out").iterdir()} == names


def test_without_a_list_it_is_not_whole(tmp_path: Path) -> None:
    ids = store_captures(tmp_path, [wire(b"<a/>")] * 3)

    def stop(_: float) -> None:
        raise InterruptedError

    with open_index(tmp_path) as index, open_store(tmp_path) as store, pytest.raises(InterruptedError):
        export_captures(ids, tmp_path / "out", store, index, language_named("en"), force=False, progress=stop)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["000001-unknown.xml"]
