"""The index that commands look captures up in is complete, whoever made it so."""

from collections.abc import Iterable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from callback_lens.cli.captures.selection import LONG_WAIT, open_caught_up
from callback_lens.cli.context import Context
from callback_lens.export.language import language_named
from callback_lens.payload.limits import Limits
from callback_lens.store.faults import Reason, StoreUnavailable
from callback_lens.store.index import Index


def context(folder: Path) -> Context:
    return Context(language_named("en"), Limits(), BytesIO(), StringIO(), StringIO(), folder)


def occupied(monkeypatch: pytest.MonkeyPatch, behind: Iterable[int], reason: Reason = Reason.LOCKED) -> None:
    """Another process has the index, and is this far ``behind`` from time to time."""
    left = iter(behind)

    def catch_up(index: Index) -> int:
        raise StoreUnavailable(reason, Path("index.db"))

    monkeypatch.setattr(Index, "catch_up", catch_up)
    monkeypatch.setattr(Index, "behind", lambda index: next(left))


def test_it_waits_while_another_process_indexes(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    occupied(monkeypatch, [6, 5, 3, 0])
    with open_caught_up(context(profile)) as index:
        assert index.count() == 6


@pytest.mark.parametrize(("behind", "reason"), [([6, 5, 5], Reason.LOCKED), ([6, 5], Reason.FULL)])
def test_it_does_not_wait_for_ever(
    profile: Path, monkeypatch: pytest.MonkeyPatch, behind: list[int], reason: Reason
) -> None:
    occupied(monkeypatch, behind, reason)
    with pytest.raises(StoreUnavailable):
        open_caught_up(context(profile))


def test_a_long_wait_is_said(profile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = context(profile)
    occupied(monkeypatch, [LONG_WAIT + 1, 0])
    open_caught_up(said).close()
    assert isinstance(said.stderr, StringIO)
    assert said.stderr.getvalue() == f"warning: captures to index first, which takes a while: {LONG_WAIT + 1}\n"
