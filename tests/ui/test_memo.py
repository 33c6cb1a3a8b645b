"""Values that are made once, by whichever thread asks first."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from callback_lens.ui.memo import Memo


def test_who_asks_while_a_value_is_made_waits_for_it() -> None:
    memo: Memo[str, object] = Memo()
    is_making, may_go_on = Event(), Event()

    def make() -> object:
        is_making.set()
        assert may_go_on.wait(10)
        return object()

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(memo.get_or_make, "key", make)
        assert is_making.wait(10)
        assert memo.get("key") is None
        second = threads.submit(memo.get_or_make, "key", lambda: pytest.fail("made again"))
        may_go_on.set()
        assert first.result(10) is second.result(10) is memo.get("key")


def test_a_value_that_could_not_be_made_can_be_made_later() -> None:
    memo: Memo[str, float] = Memo()
    with pytest.raises(ZeroDivisionError):
        memo.get_or_make("key", lambda: 1 / 0)
    assert memo.get("key") is None
    assert memo.get_or_make("key", lambda: 2) == 2
