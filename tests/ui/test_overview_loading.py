"""What is loaded while a payload is being read."""

import sys
from importlib import import_module
from itertools import islice
from types import ModuleType

import pytest
from callback_lens.transcript import reading
from callback_lens.ui.overview.loading import CARDS, READING, TIMELINE, modules_ahead


def test_the_timeline_waits_for_what_only_transcripts_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, READING, raising=False)
    ahead = modules_ahead()
    assert tuple(islice(ahead, len(CARDS))) == CARDS
    assert [next(ahead), next(ahead)] == [None, None]
    monkeypatch.setitem(sys.modules, READING, ModuleType(READING))
    assert next(ahead) is None  # another thread has begun to load it
    monkeypatch.setitem(sys.modules, READING, reading)
    assert tuple(ahead) == TIMELINE


@pytest.mark.parametrize("name", [*CARDS, *TIMELINE])
def test_all_of_them_are_there(name: str) -> None:
    assert import_module(f"callback_lens.ui.{name}")
