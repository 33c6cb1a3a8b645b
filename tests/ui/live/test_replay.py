"""Captures sent again from the window, and samples."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from callback_lens.capture.sending_again import GIVEN_UP
from callback_lens.payload.findings import Severity
from callback_lens.store.model import Forward, WireCapture
from callback_lens.store.opening import open_store
from callback_lens.ui.live.capture_store import CaptureStore
from callback_lens.ui.live.errand import BUSY
from callback_lens.ui.live.replay_dialog import ReplayDialog
from callback_lens.ui.live.sending import Sending
from callback_lens.ui.session import Session
from listeners import TIMEOUT, listed, listening
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from stored_captures import sample, store_captures, wire

COVER = "SmartCover/api-success.xml"
NOBODY = "http://127.0.0.1:1/in?token=hush"
FIRST, SECOND = "http://127.0.0.1:9/in?token=first", "http://127.0.0.1:9/in?token=second"
OPEN = "http://127.0.0.1:9/open"


@pytest.fixture
def sending(session: Session, captures: CaptureStore) -> Sending:
    return Sending(session, captures)


@pytest.fixture
def end(qtbot: QtBot, session: Session, sending: Sending) -> Callable[[], None]:
    """Waits until nothing is being sent."""
    return lambda: qtbot.waitUntil(lambda: not sending.is_busy and session.background.is_idle, timeout=TIMEOUT * 1000)


def bodies(count: int) -> list[WireCapture]:
    return [wire(b"<a>%d</a>" % number) for number in range(count)]


def told(session: Session) -> list[tuple[str, Severity]]:
    return [(str(message), severity) for message, severity in session.messages.told]  # type: ignore[attr-defined]  # ToldMessages


def forwards(folder: Path, number: int) -> list[Forward]:
    with open_store(folder) as store:
        details = store.details(number)
    assert details is not None
    return list(details.forwards)


# --- sending ----------------------------------------------------------------------------------------------------------


def test_many_go_out_in_the_order_they_came(
    session: Session, profile: Path, tmp_path: Path, sending: Sending, end: Callable[[], None]
) -> None:
    store_captures(profile, bodies(3))
    progress: list[float | None] = []
    sending.progressed.connect(progress.append)
    with listening(tmp_path / "other", "--quiet", "--token", "hush") as other:
        url = f"{other.url}in?token=hush"
        sending.replay([3, 1, 2], url)
        end()
        digests = [one["sha256"] for one in reversed(listed(tmp_path / "other"))]
    assert digests == [one["sha256"] for one in reversed(listed(profile))]
    assert told(session) == [(f"3 of 3 sent to {other.url}in?token=***: 3 × 200", Severity.INFO)]
    assert [(one.url, one.attempt, one.status) for number in (1, 2, 3) for one in forwards(profile, number)] == [
        (url, 1, 200)
    ] * 3
    assert (progress[0], progress[-1]) == (0.0, None)


def test_one_that_is_not_taken_is_no_reason_to_stop(
    session: Session, profile: Path, tmp_path: Path, sending: Sending, end: Callable[[], None]
) -> None:
    store_captures(profile, bodies(2))
    with listening(tmp_path / "other", "--quiet", "--answer", "503") as other:
        sending.replay([1, 2], other.url)
        end()
    assert told(session) == [(f"2 of 2 sent to {other.url}: 2 × 503", Severity.WARNING)]
    assert [one.status for number in (1, 2) for one in forwards(profile, number)] == [503, 503]


def test_the_first_that_is_not_answered_ends_it(
    session: Session, profile: Path, sending: Sending, end: Callable[[], None]
) -> None:
    store_captures(profile, bodies(2))
    sending.replay([1, 2], NOBODY)
    end()
    ((message, severity),) = told(session)
    assert message.startswith("0 of 2 sent; http://127.0.0.1:1/in?token=*** cannot be reached: ")
    assert severity is Severity.ERROR
    assert [len(forwards(profile, number)) for number in (1, 2)] == [1, 0]


def test_the_first_that_cannot_be_sent_ends_it(
    session: Session, profile: Path, tmp_path: Path, sending: Sending, end: Callable[[], None]
) -> None:
    store_captures(profile, [wire(b"<a/>"), wire(b"<a", is_complete=False), wire(b"<b/>")])
    with listening(tmp_path / "other", "--quiet") as other:
        sending.replay([1, 2, 3], other.url)
        end()
        assert len(listed(tmp_path / "other")) == 1
    assert told(session) == [("1 of 3 sent; id:2: it did not arrive whole, and is not sent again", Severity.ERROR)]


def test_it_is_stopped_while_it_waits(
    session: Session, profile: Path, sending: Sending, end: Callable[[], None]
) -> None:
    store_captures(profile, bodies(2))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(TIMEOUT)
        sending.replay([1, 2], f"http://127.0.0.1:{silent.getsockname()[1]}/")
        with silent.accept()[0]:
            sending.replay([2], NOBODY)
            assert told(session) == [(str(BUSY), Severity.WARNING)]
            sending.cancel()
            assert not sending.is_busy
            assert told(session)[1][0].startswith("Sending was stopped")
            end()
    assert [one.error for one in forwards(profile, 1)] == [str(GIVEN_UP)]
    assert forwards(profile, 2) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_listener_itself_gets_nothing(
    session: Session, profile: Path, sending: Sending, end: Callable[[], None], host: str
) -> None:
    store_captures(profile, bodies(1))
    with listening(profile, "--quiet") as own:
        sending.replay([1], own.url.replace("127.0.0.1", host))
        end()
    (error,) = session.messages.errors  # type: ignore[attr-defined]  # ToldMessages
    assert str(error) == "captures cannot be sent again to the listener itself"
    assert len(listed(profile)) == 1
    assert forwards(profile, 1) == []


def test_a_sample_is_sent_as_it_is(session: Session, tmp_path: Path, sending: Sending, end: Callable[[], None]) -> None:
    with listening(tmp_path / "other", "--quiet") as other:
        sending.send_sample(COVER, other.url)
        end()
    with open_store(tmp_path / "other") as store:
        assert store.body(1) == sample(COVER)
    ((message, severity),) = told(session)
    assert message.startswith(f"sent to {other.url}: answered 200 after ")
    assert severity is Severity.INFO


# --- the dialog -------------------------------------------------------------------------------------------------------


@pytest.fixture
def ask(qtbot: QtBot, session: Session, profile: Path) -> Callable[..., ReplayDialog]:
    """Shows the dialog, the addresses given having been sent to, the last one most recently."""

    def ask(*urls: str) -> ReplayDialog:
        for url in urls:
            session.preferences.remember_replay_url(url)
        dialog = ReplayDialog(session, profile, 2)
        qtbot.addWidget(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        with qtbot.waitExposed(dialog):
            dialog.open()
        return dialog

    return ask


def accepted(qtbot: QtBot, dialog: ReplayDialog) -> str:
    """Which address is chosen when Enter is pressed."""
    with qtbot.waitSignal(dialog.chosen, timeout=TIMEOUT * 1000) as chosen:
        qtbot.keyClick(dialog.url.lineEdit(), Qt.Key.Key_Return)
    assert not dialog.isVisible()
    return str(chosen.args[0])


def test_the_last_addresses_are_offered_masked(
    qtbot: QtBot, session: Session, ask: Callable[..., ReplayDialog]
) -> None:
    dialog = ask(OPEN, SECOND, FIRST)
    masked = "http://127.0.0.1:9/in?token=***"
    assert [dialog.url.itemText(row) for row in range(dialog.url.count())] == [masked, masked, OPEN]
    assert dialog.url.currentText() == masked
    assert accepted(qtbot, dialog) == FIRST
    assert session.preferences.settings.replay_urls == (FIRST, SECOND, OPEN)


def test_one_that_is_chosen_can_be_read_and_changed(qtbot: QtBot, ask: Callable[..., ReplayDialog]) -> None:
    dialog = ask(SECOND, FIRST)
    dialog.url.setFocus()
    qtbot.keyClick(dialog.url, Qt.Key.Key_Down)
    assert dialog.url.currentText() == SECOND
    qtbot.keyClicks(dialog.url.lineEdit(), "2")
    assert accepted(qtbot, dialog) == f"{SECOND}2"


def test_a_new_address_is_remembered(qtbot: QtBot, session: Session, ask: Callable[..., ReplayDialog]) -> None:
    dialog = ask()
    assert dialog.url.currentText() == ""
    qtbot.keyClicks(dialog.url.lineEdit(), f" {FIRST} ")
    assert accepted(qtbot, dialog) == FIRST
    assert session.preferences.settings.replay_urls == (FIRST,)


@pytest.mark.parametrize("url", ["", "ftp://a/", "127.0.0.1:8787", "http://a:99999/", "http://[::1"])
def test_what_is_no_address_is_objected_to(
    qtbot: QtBot, session: Session, ask: Callable[..., ReplayDialog], url: str
) -> None:
    dialog = ask()
    qtbot.keyClicks(dialog.url.lineEdit(), url)
    with qtbot.assertNotEmitted(dialog.chosen):
        qtbot.keyClick(dialog.url.lineEdit(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "no address to send to" in dialog.problem.text())
    assert dialog.isVisible()
    assert dialog.buttons.isEnabled()
    assert session.preferences.settings.replay_urls == ()
    qtbot.keyClicks(dialog.url.lineEdit(), "x")
    assert dialog.problem.text() == ""


def test_the_listener_itself_is_objected_to(qtbot: QtBot, profile: Path, ask: Callable[..., ReplayDialog]) -> None:
    with listening(profile, "--quiet") as own:
        dialog = ask(f"{own.url}?token=hush")
        qtbot.keyClick(dialog.url.lineEdit(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "to the listener itself" in dialog.problem.text(), timeout=TIMEOUT * 1000)
    assert dialog.isVisible()
    assert dialog.url.currentText().endswith("?token=***")


def test_closed_while_it_checks_nothing_is_chosen(
    qtbot: QtBot, session: Session, ask: Callable[..., ReplayDialog]
) -> None:
    dialog = ask(FIRST)
    with qtbot.assertNotEmitted(dialog.chosen):
        qtbot.keyClick(dialog.url.lineEdit(), Qt.Key.Key_Return)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: session.background.is_idle, timeout=TIMEOUT * 1000)
    assert not dialog.isVisible()


def test_what_was_asked_for_is_sent(
    qtbot: QtBot, session: Session, profile: Path, tmp_path: Path, sending: Sending, end: Callable[[], None]
) -> None:
    store_captures(profile, bodies(1))
    parent = QWidget()
    qtbot.addWidget(parent)
    with listening(tmp_path / "other", "--quiet") as other:
        session.preferences.remember_replay_url(other.url)
        sending.ask_to_replay([1], parent)
        dialog = parent.findChild(ReplayDialog)
        accepted(qtbot, dialog)
        end()
    assert [one.status for one in forwards(profile, 1)] == [200]
