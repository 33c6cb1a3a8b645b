"""The one door for work off the GUI thread."""

import threading
from collections.abc import Iterator
from threading import get_ident

import pytest
from callback_lens.ui.background import Background, Job
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot


@pytest.fixture
def failures() -> list[BaseException]:
    return []


@pytest.fixture
def background(qtbot: QtBot, failures: list[BaseException]) -> Iterator[Background]:
    made = Background(failures.append)
    yield made
    made.close()


def wait_until_idle(qtbot: QtBot, background: Background) -> None:
    qtbot.waitUntil(lambda: background.is_idle)


def test_work_runs_elsewhere_and_its_result_comes_back_here(qtbot: QtBot, background: Background) -> None:
    owner, threads = QObject(), []
    background.run(lambda _: get_ident(), lambda thread: threads.extend([thread, get_ident()]), owner)
    wait_until_idle(qtbot, background)
    assert threads[0] != threads[1] == get_ident()


def test_a_newer_run_of_the_same_owner_drops_the_older(qtbot: QtBot, background: Background) -> None:
    owner, other, came = QObject(), QObject(), []
    go_on = threading.Event()
    older = background.run(lambda _: go_on.wait(), lambda _: came.append("older"), owner)
    background.run(lambda _: None, lambda _: came.append("newer"), owner)
    background.run(lambda _: None, lambda _: came.append("another's"), other)
    assert older.is_cancelled
    go_on.set()
    wait_until_idle(qtbot, background)
    assert sorted(came) == ["another's", "newer"]


def test_cancelled_work_stops_where_it_checks(qtbot: QtBot, background: Background) -> None:
    owner, started, ended = QObject(), threading.Event(), []

    def work(job: Job) -> None:
        started.set()
        try:
            while True:
                job.check()
        finally:
            ended.append("stopped")

    background.run(work, lambda _: ended.append("delivered"), owner)
    assert started.wait(10)
    background.cancel(owner)
    wait_until_idle(qtbot, background)
    assert ended == ["stopped"]


def test_an_error_goes_to_who_asked_or_to_the_default(
    qtbot: QtBot, background: Background, failures: list[BaseException]
) -> None:
    def fail(_: Job) -> None:
        raise ValueError("broken")

    one, other, told = QObject(), QObject(), []
    background.run(fail, told.append, one, failed=told.append)
    background.run(fail, told.append, other)
    wait_until_idle(qtbot, background)
    assert [str(error) for error in told] == [str(error) for error in failures] == ["broken"]


def test_nothing_is_delivered_to_an_owner_that_is_gone(qtbot: QtBot, background: Background) -> None:
    owner, came, go_on = QObject(), [], threading.Event()
    background.run(lambda _: go_on.wait(), came.append, owner)
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    go_on.set()
    wait_until_idle(qtbot, background)
    assert came == []


def test_progress_is_told_on_the_way(qtbot: QtBot, background: Background) -> None:
    owner, told, go_on = QObject(), [], threading.Event()

    def work(job: Job) -> None:
        job.report(0.5)
        go_on.wait()

    background.run(work, lambda _: None, owner, progress=told.append)
    qtbot.waitUntil(lambda: told == [0.5])
    go_on.set()
    wait_until_idle(qtbot, background)


def test_work_waits_where_it_checks_while_the_window_is_busy(qtbot: QtBot, background: Background) -> None:
    owner, came = QObject(), []
    with background.paused():
        background.run(lambda job: job.check(), lambda _: came.append("done"), owner)
        assert came == []
    wait_until_idle(qtbot, background)
    assert came == ["done"]


def test_closing_ends_the_threads_and_delivers_nothing(qtbot: QtBot, failures: list[BaseException]) -> None:
    background, owner, came = Background(failures.append), QObject(), []
    background.run(lambda job: [job.check() for _ in iter(int, 1)], came.append, owner)
    background.close()
    assert background.is_idle
    assert came == failures == []
