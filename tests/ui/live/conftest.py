"""A listener as the window runs it, on a fresh profile."""

import os
import signal
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from callback_lens.capture.lock import running_listener
from callback_lens.ui.live.capture_store import CaptureStore
from callback_lens.ui.live.listening import Kind, Listening
from callback_lens.ui.session import Session
from listeners import TIMEOUT, command
from pytestqt.qtbot import QtBot


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Path]:
    """A fresh profile; no listener may be left on it."""
    profile = tmp_path / "profile"
    yield profile
    if running := running_listener(profile):
        os.kill(running.pid, signal.SIGTERM)
        pytest.fail(f"a listener was left running: {running}")


@pytest.fixture
def listener(qtbot: QtBot, session: Session, profile: Path) -> Iterator[Listening]:
    """The window's side of it, on any free port; stopped at the end."""
    session.preferences.change(listen_options=(("port", "0"),))
    listener = Listening(session, command(profile), profile)
    yield listener
    if listener.state.kind in (Kind.STARTING, Kind.ON):
        listener.stop()
    qtbot.waitUntil(lambda: running_listener(profile) is None, timeout=TIMEOUT * 1000)
    listener.let_go()


@pytest.fixture
def captures(session: Session, profile: Path) -> Iterator[CaptureStore]:
    """What the window knows of the captures."""
    captures = CaptureStore(profile, session.messages.report)
    captures.watch()
    yield captures
    captures.close()


@pytest.fixture
def wait_for(qtbot: QtBot, listener: Listening) -> Callable[[Kind], None]:
    """Waits until the listener is so: ``wait_for(Kind.ON)``."""
    return lambda kind: qtbot.waitUntil(lambda: listener.state.kind is kind, timeout=TIMEOUT * 1000)


@pytest.fixture
def post() -> Callable[..., int]:
    """Posts a callback, and gives the status of the answer: ``post(url, "?token=abc")``."""

    def post(url: str | None, target: str = "callback") -> int:
        assert url is not None
        try:
            with urllib.request.urlopen(url + target, b"<a/>", timeout=TIMEOUT) as answer:  # noqa: S310 - our own
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code

    return post
