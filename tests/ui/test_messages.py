"""Messages: one door, one line, kept until there is a window."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from callback_lens.errors import Message, Position, UserError
from callback_lens.payload.findings import Severity
from callback_lens.ui.dialogs.report import ReportDialog, last_lines, report_text
from callback_lens.ui.entries import Entry
from callback_lens.ui.messages import MOST, MessageBar, Messages
from callback_lens.ui.session import Session
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

QUOTED = "secret of the payload"


@pytest.fixture
def messages() -> Messages:
    return Messages()


@pytest.fixture
def bar(qtbot: QtBot, session: Session, messages: Messages) -> MessageBar:
    bar = MessageBar(session, messages)
    qtbot.addWidget(bar)
    return bar


def said(bar: MessageBar) -> str:
    return bar.accessibleName() if bar.isVisibleTo(None) and not bar.isHidden() else ""


def fault() -> BaseException:
    try:
        int(QUOTED)
    except ValueError as error:
        return error
    pytest.fail("that is no number")


def test_messages_wait_for_a_bar(qtbot: QtBot, session: Session, messages: Messages) -> None:
    messages.tell(Message("first"), Severity.WARNING)
    messages.report(UserError(Message("no such file"), Message("look again"), Position(3, 5), "a.xml"))
    qtbot.waitUntil(lambda: len(messages._kept) == 2)
    bar = MessageBar(session, messages)
    qtbot.addWidget(bar)
    assert said(bar) == "Error: a.xml:3:5: no such file look again"
    bar.dismiss()
    assert said(bar) == "Warning: first"
    bar.dismiss()
    assert bar.isHidden()


def test_a_long_folder_leaves_room_for_what_is_said(qtbot: QtBot, bar: MessageBar, messages: Messages) -> None:
    folder = "/home/" + "folder/" * 40
    messages.report(UserError(Message("no such file"), None, Position(3, 5), f"{folder}a.xml"))
    qtbot.waitUntil(lambda: said(bar) == f"Error: {folder}a.xml:3:5: no such file")
    words = [label for label in bar.findChildren(QLabel) if "no such file" in label.text()]
    assert [label.text() for label in words] == ["a.xml:3:5: no such file"]
    assert folder in words[0].toolTip()


def test_words_that_do_not_fit_begin_the_next_line(qtbot: QtBot, bar: MessageBar, messages: Messages) -> None:
    heights = []
    for text in ("short", "long " * 100):
        messages.tell(Message("{text}", {"text": text}))
        qtbot.waitUntil(lambda text=text: said(bar) == f"Note: {text}".strip())
        heights.append(bar.heightForWidth(500))
    assert heights[0] < heights[1]


def test_a_message_from_another_thread_arrives(qtbot: QtBot, bar: MessageBar, messages: Messages) -> None:
    with ThreadPoolExecutor(1) as threads:
        threads.submit(messages.tell, Message("from afar"))
    qtbot.waitUntil(lambda: said(bar) == "Note: from afar")


def test_notes_make_room_and_the_same_comes_once(qtbot: QtBot, bar: MessageBar, messages: Messages) -> None:
    for _ in range(3):
        messages.tell(Message("a note"))
        messages.tell(Message("broken"), Severity.ERROR)
    messages.tell(Message("last"))
    qtbot.waitUntil(lambda: said(bar) == "Note: last")
    qtbot.mouseClick(bar.findChild(QToolButton), Qt.MouseButton.LeftButton)
    assert said(bar) == "Error: broken"
    bar.dismiss()
    assert bar.isHidden()


def test_a_flood_of_messages_is_bounded(qtbot: QtBot, bar: MessageBar, messages: Messages) -> None:
    for number in range(3 * MOST):
        messages.tell(Message("{number}", {"number": number}), Severity.ERROR)
    qtbot.waitUntil(lambda: said(bar).endswith(str(3 * MOST - 1)))
    assert len(bar._told) <= MOST + 1


def test_payload_text_is_plain_and_on_one_line(qtbot: QtBot, bar: MessageBar, messages: Messages) -> None:
    messages.tell(Message("{text}", {"text": "<b>bold</b>\n\x1b[31m"}))
    qtbot.waitUntil(lambda: bool(said(bar)))
    for label in bar.findChildren(QLabel):
        assert "\n" not in label.text()
        assert "\x1b" not in label.text()
        assert not label.text() or label.textFormat() is Qt.TextFormat.PlainText


def test_a_note_goes_by_itself(qtbot: QtBot, bar: MessageBar, messages: Messages) -> None:
    bar._timer.setInterval(1)
    with qtbot.waitSignal(bar._timer.timeout):
        messages.tell(Message("a note"))
    assert bar.isHidden()


def test_a_fault_offers_its_report(
    qtbot: QtBot, bar: MessageBar, messages: Messages, caplog: pytest.LogCaptureFixture
) -> None:
    error = fault()
    with caplog.at_level(logging.ERROR):
        messages.report(error)
    assert "ValueError" in caplog.text
    qtbot.waitUntil(lambda: "fault" in said(bar))
    with qtbot.waitSignal(bar.details_wanted) as wanted:
        qtbot.mouseClick(bar.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert wanted.args == [error]


def test_the_report_has_the_payload_only_if_ticked(
    qtbot: QtBot, session: Session, tmp_path: Path, entry: Callable[[str], Entry]
) -> None:
    opened = entry("SmartCover/api-success.xml")
    log = tmp_path / "a.log"
    log.write_text("2025-01-01 00:00:00,000 ERROR x: Fault\nValueError: secret of the payload\n", "utf-8")
    dialog = ReportDialog(session, fault(), log, opened)
    qtbot.addWidget(dialog)
    text = dialog.text.toPlainText()
    assert "ERROR x: Fault" in text
    assert "in fault" in text
    assert "secret" not in text
    assert "<JobId>" not in text
    dialog.with_payload.setChecked(True)
    assert "secret" in dialog.text.toPlainText()
    assert "<JobId>" in dialog.text.toPlainText()
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == dialog.text.toPlainText()


def test_a_report_needs_no_log(tmp_path: Path) -> None:
    assert last_lines(tmp_path / "none.log") == ""
    assert "ValueError" in report_text(fault(), "", None)


def test_the_log_is_quoted_from_its_end(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_bytes(b"\xff line\n" * 100_000 + b"the last\n")
    assert last_lines(log).endswith("the last")
    assert len(last_lines(log).splitlines()) <= 60
