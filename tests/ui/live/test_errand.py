"""One piece of work at a time: what was stopped is heard of no more."""

from threading import Event

import pytest
from callback_lens.errors import Message
from callback_lens.ui.background import Job
from callback_lens.ui.live.errand import Errand
from callback_lens.ui.session import Session
from listeners import TIMEOUT
from pytestqt.qtbot import QtBot

STOPPED = Message("Sending was stopped; the Request tab of each capture says whether it was sent")


@pytest.mark.parametrize("is_done", [False, True])
def test_stopped_and_started_at_once(qtbot: QtBot, session: Session, is_done: bool) -> None:
    errand = Errand(session, Message("Sending {number} of {count}…"), STOPPED)
    has_begun, may_go_on = Event(), Event()
    results: list[str] = []
    progress: list[float | None] = []
    errand.progressed.connect(progress.append)

    def first(job: Job) -> str:
        if not is_done:
            has_begun.set()
            assert may_go_on.wait(TIMEOUT)
        job.report(0.5)
        has_begun.set()
        return "first"

    errand.start(first, results.append, 1)
    assert has_begun.wait(TIMEOUT)
    errand.cancel()
    errand.start(lambda _: "second", results.append, 1)
    may_go_on.set()
    qtbot.waitUntil(lambda: session.background.is_idle, timeout=TIMEOUT * 1000)
    assert results == ["second"]
    assert progress == [0.0, None, 0.0, None]
    assert [message for message, _ in session.messages.told] == [STOPPED]  # type: ignore[attr-defined]  # ToldMessages
    assert not errand.is_busy
