"""The listener as the window runs it: a process of its own, on a fresh profile."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from callback_lens.capture.lock import locked_profile, running_listener
from callback_lens.payload.findings import Severity
from callback_lens.store.opening import open_store
from callback_lens.ui.live.listening import Kind, Listening
from callback_lens.ui.session import Session
from listeners import TIMEOUT, command, listening
from pytestqt.qtbot import QtBot

PATIENCE = TIMEOUT * 1000
Post = Callable[..., int]
WaitFor = Callable[[Kind], None]
WINDOW = """
import sys
from pathlib import Path
from callback_lens.export.language import language_named
from callback_lens.ui.background import Background
from callback_lens.ui.live.listening import Kind, Listening
from callback_lens.ui.messages import Messages
from callback_lens.ui.preferences import Preferences
from callback_lens.ui.session import Session
from callback_lens.ui.theme import Theme
from PySide6.QtWidgets import QApplication

application, profile = QApplication([]), Path(sys.argv[1])
messages = Messages()
session = Session(language_named("en"), Theme("light"), Background(messages.report), messages, Preferences(profile))
listening = Listening(session, [sys.executable, "-m", "callback_lens", "--profile", sys.argv[1]], profile)
listening.changed.connect(lambda state: print(state.kind.name, state.url, flush=True))
listening.start(0)
sys.exit(application.exec())
"""


def captured(profile: Path) -> int:
    with open_store(profile) as store:
        return sum(store.get(number) is not None for number in range(1, 10))


def test_started_heard_stopped(
    qtbot: QtBot, listener: Listening, profile: Path, session: Session, wait_for: WaitFor, post: Post
) -> None:
    kinds: list[Kind] = []
    listener.changed.connect(lambda state: kinds.append(state.kind))
    listener.start()
    listener.start()  # once is enough
    wait_for(Kind.ON)
    running = running_listener(profile)
    assert running is not None
    assert (listener.state.url, listener.state.pid, listener.state.is_own) == (running.url, running.pid, True)
    assert post(listener.state.url) == 200
    listener.stop()
    wait_for(Kind.OFF)
    assert kinds == [Kind.STARTING, Kind.ON, Kind.STOPPING, Kind.OFF]
    assert captured(profile) == 1
    assert session.messages.told == []


def test_the_settings_are_applied(
    qtbot: QtBot, listener: Listening, session: Session, wait_for: WaitFor, post: Post
) -> None:
    options = (("port", "0"), ("token", "let me in"), ("answer", "503,200"), ("delay", "a lot"), ("unheard-of", "1"))
    session.preferences.change(listen_options=options)
    listener.start()
    wait_for(Kind.ON)
    url = listener.state.url
    assert [post(url), post(url, "?token=let%20me%20in"), post(url, "?token=let%20me%20in")] == [404, 503, 200]


def test_a_port_of_its_own_that_is_taken(
    qtbot: QtBot, listener: Listening, session: Session, wait_for: WaitFor
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listener.start(taken.getsockname()[1])
        wait_for(Kind.FAILED)
        assert "is taken (another program has it" in str(listener.state.message)
        assert [(str(message), severity) for message, severity in session.messages.told] == [
            (str(listener.state.message), Severity.ERROR)
        ]
    listener.start()
    wait_for(Kind.ON)


def test_the_next_free_port_is_said(qtbot: QtBot, listener: Listening, session: Session, wait_for: WaitFor) -> None:
    session.preferences.change(listen_options=())
    with socket.socket() as usual:
        usual.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            usual.bind(("127.0.0.1", 8787))
            usual.listen()
        except OSError:
            pass  # somebody has it, which is as good
        listener.start()
        wait_for(Kind.ON)
    assert listener.state.url != "http://127.0.0.1:8787/"
    ((message, severity),) = session.messages.told
    assert "port 8787 is taken: listening on" in str(message)
    assert severity is Severity.WARNING


def test_what_the_listener_says_is_in_the_language_of_the_window(
    qtbot: QtBot, listener: Listening, session: Session, wait_for: WaitFor
) -> None:
    from callback_lens.export.language import language_named

    session.change_language(language_named("zh"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listener.start(taken.getsockname()[1])
        wait_for(Kind.FAILED)
    assert "已被占用" in str(listener.state.message)


def test_one_that_is_killed_is_missed_and_can_be_started_again(
    qtbot: QtBot, listener: Listening, session: Session, wait_for: WaitFor
) -> None:
    listener.start()
    wait_for(Kind.ON)
    assert listener.state.pid
    os.kill(listener.state.pid, signal.SIGKILL)
    wait_for(Kind.FAILED)
    assert "ended unexpectedly" in str(listener.state.message)
    assert len(session.messages.told) == 1
    listener.start()
    wait_for(Kind.ON)


def test_a_program_that_is_not_there(qtbot: QtBot, session: Session, profile: Path) -> None:
    listener = Listening(session, [str(profile / "none")], profile)
    listener.start()
    qtbot.waitUntil(lambda: listener.state.kind is Kind.FAILED, timeout=PATIENCE)
    assert str(listener.state.message)
    listener.let_go()


def test_a_restart_takes_the_new_settings(
    qtbot: QtBot, listener: Listening, session: Session, wait_for: WaitFor, post: Post
) -> None:
    listener.start()
    wait_for(Kind.ON)
    before = listener.state.pid
    session.preferences.change(listen_options=(("port", "0"), ("token", "abc")))
    listener.restart()
    qtbot.waitUntil(lambda: listener.state.kind is Kind.ON and listener.state.pid != before, timeout=PATIENCE)
    assert post(listener.state.url) == 404


def test_a_listener_of_another_program_is_found_and_stopped(
    qtbot: QtBot, listener: Listening, profile: Path, wait_for: WaitFor
) -> None:
    arguments = command(profile, "listen", "--port", "0", "--json")
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe) as process:
        assert process.stdout
        url = json.loads(process.stdout.readline())["listening"]
        wait_for(Kind.ON)
        state = listener.state
        assert (state.url, state.pid, state.is_own) == (url, process.pid, False)
        assert state.since is not None
        listener.start()
        assert listener.state is state
        listener.stop()
        wait_for(Kind.OFF)
        assert process.wait(TIMEOUT) == 0


def test_a_listener_of_another_program_that_ends_is_missed(
    qtbot: QtBot, listener: Listening, profile: Path, wait_for: WaitFor
) -> None:
    with listening(profile):
        wait_for(Kind.ON)
    wait_for(Kind.FAILED)


def test_a_listener_that_came_first_is_found_at_once(
    qtbot: QtBot, listener: Listening, profile: Path, wait_for: WaitFor
) -> None:
    with listening(profile) as other:
        listener.start()
        wait_for(Kind.ON)
        assert (listener.state.url, listener.state.is_own) == (other.url, False)
        listener.stop()
        wait_for(Kind.OFF)


def test_it_goes_on_when_it_is_let_go_and_is_found_again(
    qtbot: QtBot, listener: Listening, session: Session, profile: Path, wait_for: WaitFor, post: Post
) -> None:
    first = Listening(session, command(profile), profile)
    first.start()
    qtbot.waitUntil(lambda: first.state.kind is Kind.ON, timeout=PATIENCE)
    url = first.state.url
    first.let_go()
    first.deleteLater()
    assert post(url) == 200
    wait_for(Kind.ON)
    assert (listener.state.url, listener.state.is_own) == (url, False)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_it_survives_the_window(
    qtbot: QtBot, listener: Listening, profile: Path, number: signal.Signals, wait_for: WaitFor, post: Post
) -> None:
    arguments = [sys.executable, "-c", WINDOW, str(profile)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, encoding="utf-8") as window:
        assert window.stdout
        assert window.stdout.readline() == "STARTING None\n"
        kind, url = window.stdout.readline().split()
        assert kind == "ON"
        assert post(url) == 200
        window.send_signal(number)
        window.wait(TIMEOUT)
    assert [post(url) for _ in range(3)] == [200] * 3
    wait_for(Kind.ON)
    assert listener.state.url == url
    listener.stop()
    wait_for(Kind.OFF)
    assert captured(profile) == 4


def test_a_disk_that_refuses_is_told(
    qtbot: QtBot,
    listener: Listening,
    session: Session,
    limit_files: Callable[[int, int], None],
    wait_for: WaitFor,
    post: Post,
) -> None:
    listener.start()
    wait_for(Kind.ON)
    assert listener.state.pid
    limit_files(listener.state.pid, 1)
    assert post(listener.state.url) == 503
    qtbot.waitUntil(lambda: len(session.messages.told) == 1, timeout=PATIENCE)
    limit_files(listener.state.pid, -1)
    assert post(listener.state.url) == 200
    qtbot.waitUntil(lambda: len(session.messages.told) == 2, timeout=PATIENCE)
    refusing, working = (str(message) for message, _ in session.messages.told)
    assert "requests are answered 503 and not kept" in refusing
    assert "requests are kept again" in working


@pytest.fixture
def limit_files() -> Callable[[int, int], None]:
    """Limits the files that a process may write to some bytes: ``limit_files(pid, 1)``; -1 is without limit."""
    resource = pytest.importorskip("resource", reason="Windows has no limits for files")
    if not hasattr(resource, "prlimit"):
        pytest.skip("Linux alone limits the files of another process")

    def limit(pid: int, size: int) -> None:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    return limit


def test_a_folder_that_cannot_be_is_no_reason_to_complain_each_second(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    listener = Listening(session, command(tmp_path / "file"), tmp_path / "file")
    listener.start()
    qtbot.waitUntil(lambda: listener.state.kind is Kind.FAILED, timeout=PATIENCE)
    assert len(session.messages.told) == 1
    listener.let_go()


def test_one_that_is_just_starting(qtbot: QtBot, listener: Listening, profile: Path, wait_for: WaitFor) -> None:
    with locked_profile(profile):
        wait_for(Kind.STARTING)
        assert not listener.state.is_own
    wait_for(Kind.FAILED)


def test_stopped_while_it_starts(
    qtbot: QtBot, listener: Listening, session: Session, profile: Path, wait_for: WaitFor
) -> None:
    kinds: list[Kind] = []
    listener.changed.connect(lambda state: kinds.append(state.kind))
    listener.start()
    listener.stop()
    wait_for(Kind.OFF)
    assert kinds == [Kind.STARTING, Kind.STOPPING, Kind.OFF]
    assert session.messages.told == []
    assert running_listener(profile) is None


def test_started_while_it_stops_it_starts_again(
    qtbot: QtBot, listener: Listening, session: Session, wait_for: WaitFor, post: Post
) -> None:
    listener.start()
    wait_for(Kind.ON)
    before = listener.state.pid
    kinds: list[Kind] = []
    listener.changed.connect(lambda state: kinds.append(state.kind))
    listener.stop()
    listener.start()
    wait_for(Kind.ON)
    assert listener.state.pid != before
    assert post(listener.state.url) == 200
    assert kinds == [Kind.STOPPING, Kind.STARTING, Kind.ON]
    listener.stop()
    listener.start()
    listener.stop()  # what was said last counts
    wait_for(Kind.OFF)
    assert session.messages.told == []
