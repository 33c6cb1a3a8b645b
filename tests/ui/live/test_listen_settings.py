"""The settings of the listener: checked as they are typed, kept, and applied."""

from collections.abc import Callable

import pytest
from callback_lens.capture.options import LIMITS, OPTIONS, command_line, fault
from callback_lens.cli.parser import build_parser
from callback_lens.errors import UserError
from callback_lens.ui.live.listen_settings import ListenSettings
from callback_lens.ui.live.listening import Kind, Listening
from callback_lens.ui.session import Session
from hypothesis import given
from hypothesis import strategies as st
from listeners import TIMEOUT
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

WaitFor = Callable[[Kind], None]


@pytest.fixture
def dialog(qtbot: QtBot, session: Session, listener: Listening) -> ListenSettings:
    return shown(qtbot, session, listener)


def shown(qtbot: QtBot, session: Session, listener: Listening) -> ListenSettings:
    dialog = ListenSettings(session, listener)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test looks at it afterwards
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def test_every_option_has_a_field(dialog: ListenSettings) -> None:
    assert set(dialog.fields) == {option.name for option in (*OPTIONS, *LIMITS)}


def test_what_is_typed_is_kept(qtbot: QtBot, session: Session, dialog: ListenSettings, listener: Listening) -> None:
    dialog.fields["port"].editor.clear()
    qtbot.keyClicks(dialog.fields["answer"].editor, "500,200")
    dialog.at_close.setCurrentIndex(2)
    qtbot.mouseClick(dialog.saves[0], Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert session.preferences.settings.listen_options == (("answer", "500,200"),)
    assert session.preferences.settings.listen_at_close == "keep"
    again = shown(qtbot, session, listener)
    assert (again.fields["answer"].text, again.fields["port"].text, again.at_close.currentIndex()) == ("500,200", "", 2)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("port", "65536", "'65536' is not a port from 0 to 65535"),
        ("answer", "500,abc", "'500,abc' is no list of statuses from 200 to 599 such as 500,500,200"),
        ("delay", "3601", "'3601' is not a number from 0 to 3600"),
        ("forward", "localhost", "'localhost' is no address to send to"),
        ("forward", "http://a:b/", "'http://a:b/' is no address to send to"),
        ("max-body", "lots", "'lots' is no size such as 200k or 64M"),
        ("max-body", "0", "'0' is no size such as 200k or 64M"),
        ("max-store", "0", "'0' is not a whole number from 1"),
    ],
)
def test_what_cannot_be_says_why_and_is_not_saved(dialog: ListenSettings, name: str, text: str, reason: str) -> None:
    field = dialog.fields[name]
    meaning = field.note.text()
    field.editor.setText(text)
    assert field.note.text() == reason
    assert not dialog.saves[0].isEnabled()
    assert [not dialog.pages.tabIcon(page).isNull() for page in range(3)].count(True) == 1
    field.editor.clear()
    assert field.note.text() == meaning
    assert dialog.saves[0].isEnabled()


def test_an_open_address_without_a_token_is_warned_of(dialog: ListenSettings) -> None:
    host = dialog.fields["host"]
    host.editor.setText("0.0.0.0")  # noqa: S104 - what is tested
    assert "Every computer" in host.note.text()
    assert dialog.saves[0].isEnabled()
    dialog.generate.click()
    assert "Every computer" not in host.note.text()
    assert len(dialog.fields["token"].text) >= 20


def test_the_token_is_hidden_until_it_is_asked_for(dialog: ListenSettings) -> None:
    editor = dialog.fields["token"].editor
    assert editor.echoMode() is QLineEdit.EchoMode.Password
    dialog.reveal.click()
    assert editor.echoMode() is QLineEdit.EchoMode.Normal


def test_save_and_restart(
    qtbot: QtBot, session: Session, listener: Listening, wait_for: WaitFor, post: Callable[..., int]
) -> None:
    assert len(shown(qtbot, session, listener).saves) == 1
    listener.start()
    wait_for(Kind.ON)
    before = listener.state.pid
    dialog = shown(qtbot, session, listener)
    dialog.fields["token"].editor.setText("abc")
    dialog.saves[1].click()
    qtbot.waitUntil(lambda: listener.state.kind is Kind.ON and listener.state.pid != before, timeout=TIMEOUT * 1000)
    assert [post(listener.state.url), post(listener.state.address, "")] == [404, 200]


@given(text=st.one_of(st.text(max_size=12), st.from_regex(r"[0-9.,kM -]{0,9}", fullmatch=True)))
def test_the_command_takes_what_the_window_takes(text: str) -> None:
    parser = build_parser(str)
    for option in (*OPTIONS, *LIMITS):
        if text and fault(option, text) is None:
            assert parser.parse_args(["listen", *command_line({option.name: text})])
        elif text:
            assert command_line({option.name: text}) == []
            with pytest.raises(UserError):
                parser.parse_args(["listen", f"--{option.name}={text}"])
