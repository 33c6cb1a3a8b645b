"""A newcomer's first callback: whatever goes wrong, it can be tried again."""

import os
import signal
import socket

import pytest
from callback_lens.ui.live.capturing import Capturing
from callback_lens.ui.live.first_callback import FirstCallback
from callback_lens.ui.live.first_steps import FirstSteps
from callback_lens.ui.live.listening import Kind, ListenState
from callback_lens.ui.session import Session
from listeners import TIMEOUT
from pytestqt.qtbot import QtBot

PATIENCE = TIMEOUT * 1000
NOBODY = "http://127.0.0.1:1/"


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> FirstSteps:
    page = FirstSteps(session)
    qtbot.addWidget(page)
    return page


@pytest.fixture
def first(session: Session, capturing: Capturing, page: FirstSteps) -> FirstCallback:
    session.preferences.change(listen_options=(("port", "0"),))
    return FirstCallback(capturing, page)


def wait_for_offer(qtbot: QtBot, page: FirstSteps) -> None:
    """Until the first step can be done again."""
    qtbot.waitUntil(page.listen.button.isEnabled, timeout=PATIENCE)


def listen_at(capturing: Capturing, url: str) -> None:
    """Have the window believe in a listener there."""
    capturing.listening.let_go()  # it looks no more
    capturing.listening.state = ListenState(Kind.ON, url)


def test_a_sample_that_cannot_be_sent(
    qtbot: QtBot, session: Session, capturing: Capturing, first: FirstCallback, page: FirstSteps
) -> None:
    listen_at(capturing, NOBODY)
    for tries in (1, 2):
        first.begin()
        assert not page.listen.button.isEnabled()
        wait_for_offer(qtbot, page)
        assert len(session.messages.errors) == tries  # type: ignore[attr-defined]  # ToldMessages


def test_sending_is_stopped_or_not_begun(
    qtbot: QtBot, session: Session, capturing: Capturing, first: FirstCallback, page: FirstSteps
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        listen_at(capturing, f"http://127.0.0.1:{silent.getsockname()[1]}/")
        first.begin()
        capturing.sending.cancel()
        assert page.listen.button.isEnabled()
        capturing.sending.send_sample("SmartCover/api-success.xml", NOBODY)
        first.begin()
        assert page.listen.button.isEnabled()
        capturing.sending.cancel()
        qtbot.waitUntil(lambda: session.background.is_idle, timeout=PATIENCE)


def test_a_sample_that_is_refused_may_arrive_all_the_same(
    qtbot: QtBot, session: Session, first: FirstCallback, page: FirstSteps
) -> None:
    session.preferences.change(listen_options=(("port", "0"), ("answer", "503")))
    first.begin()
    wait_for_offer(qtbot, page)
    assert first.is_awaited


def test_a_listener_that_dies_once_the_sample_was_sent(
    qtbot: QtBot, session: Session, capturing: Capturing, first: FirstCallback, page: FirstSteps
) -> None:
    first.begin()
    qtbot.waitUntil(lambda: bool(session.messages.told), timeout=PATIENCE)  # type: ignore[attr-defined]  # ToldMessages
    assert not page.listen.button.isEnabled()
    pid = capturing.listening.state.pid
    assert pid
    os.kill(pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    wait_for_offer(qtbot, page)
    assert not first.is_awaited


def test_a_listener_that_is_stopped_while_it_starts(
    qtbot: QtBot, capturing: Capturing, first: FirstCallback, page: FirstSteps
) -> None:
    first.begin()
    capturing.listening.stop()
    wait_for_offer(qtbot, page)
    assert capturing.listening.state.kind is Kind.OFF


def test_begun_while_the_listener_stops(
    qtbot: QtBot, session: Session, capturing: Capturing, first: FirstCallback, page: FirstSteps
) -> None:
    capturing.listening.start()
    qtbot.waitUntil(lambda: capturing.listening.state.kind is Kind.ON, timeout=PATIENCE)
    capturing.listening.stop()
    first.begin()
    qtbot.waitUntil(lambda: bool(session.messages.told), timeout=PATIENCE)  # type: ignore[attr-defined]  # ToldMessages
    assert "answered 200" in str(session.messages.told[0][0])  # type: ignore[attr-defined]  # ToldMessages
    first.arrived()
    assert page.listen.button.isEnabled()
