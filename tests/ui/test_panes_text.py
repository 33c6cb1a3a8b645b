"""Texts and notices of a block."""

from callback_lens.blocks.model import Notice, Text
from callback_lens.errors import Message
from callback_lens.payload.findings import Severity
from callback_lens.ui.panes.notice import NoticePane
from callback_lens.ui.panes.text import PART, TextPane
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_a_long_text_is_shown_in_parts(qtbot: QtBot, session: Session, selection: Selection) -> None:
    text = "a line\n" * 3000
    pane = TextPane(Text("t", Message("Recognised text"), text, "a"), session, selection)
    qtbot.addWidget(pane)
    pane.show()
    assert pane.editor.toPlainText() == text[:PART]
    qtbot.mouseClick(pane.more, Qt.MouseButton.LeftButton)
    assert pane.editor.toPlainText() == text[: 2 * PART]
    qtbot.mouseClick(pane.more, Qt.MouseButton.LeftButton)
    assert pane.editor.toPlainText() == text
    assert not pane.more.isVisible()


def test_all_of_it_is_copied(qtbot: QtBot, session: Session, selection: Selection) -> None:
    text = "中文\x1b\n" * 9000
    pane = TextPane(Text("t", Message("Recognised text"), text, "a"), session, selection)
    qtbot.addWidget(pane)
    pane.copy_all.click()
    assert QGuiApplication.clipboard().text() == text
    assert pane.editor.toPlainText().startswith("中文\\x1b\n")
    assert pane.editor.accessibleName() == "Recognised text"


def test_a_notice_is_plain_text(qtbot: QtBot, session: Session, selection: Selection) -> None:
    message = Message("failed: {error}", {"error": "<b>x</b>"})
    pane = NoticePane(Notice("n", Message("Not shown"), Severity.ERROR, message), session, selection)
    qtbot.addWidget(pane)
    label = next(label for label in pane.findChildren(QLabel) if label.text())
    assert label.text() == "failed: <b>x</b>"
    assert label.textFormat() == Qt.TextFormat.PlainText
