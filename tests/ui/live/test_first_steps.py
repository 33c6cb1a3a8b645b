"""What to do first is said where there is nothing yet, and can be done from there."""

import pytest
from callback_lens.errors import Message
from callback_lens.ui.live.first_steps import FirstSteps, Step
from callback_lens.ui.session import Session
from callback_lens.ui.theme import line_height
from callback_lens.ui.widgets.label import Label
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

URL = "http://127.0.0.1:8787/"


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> FirstSteps:
    page = FirstSteps(session)
    qtbot.addWidget(page)
    page.resize(60 * line_height(), 40 * line_height())
    with qtbot.waitActive(page):
        page.show()
    return page


@pytest.fixture
def wanted(page: FirstSteps) -> list[str]:
    """What was asked for, in order."""
    asked: list[str] = []
    for name in ("sample", "listen", "paste", "open"):
        getattr(page, f"{name}_wanted").connect(lambda name=name: asked.append(name))
    return asked


def said(page: FirstSteps) -> list[str]:
    """The words that can be seen."""
    return [label.text() for label in page.findChildren(Label) if label.isVisible()]


def test_everything_is_reached_by_keys(qtbot: QtBot, page: FirstSteps, wanted: list[str]) -> None:
    page.setFocus()
    for _ in range(4):
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.accessibleName()
        qtbot.keyClick(focused, Qt.Key.Key_Space)
        qtbot.keyClick(page, Qt.Key.Key_Tab)
    assert wanted == ["sample", "listen", "paste", "open"]


def test_a_card_is_a_large_button(qtbot: QtBot, page: FirstSteps, wanted: list[str]) -> None:
    for card in (page.paste, page.listen, page.sample):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=card.rect().topRight() / 2)
        qtbot.mouseClick(card, Qt.MouseButton.RightButton)
    qtbot.mouseClick(page.paste.button, Qt.MouseButton.LeftButton)
    assert wanted == ["paste", "listen", "sample", "paste"]


def test_cards_stand_side_by_side_where_there_is_room(qtbot: QtBot, page: FirstSteps) -> None:
    cards = (page.sample, page.listen, page.paste)
    assert len({card.y() for card in cards}) == 1
    page.resize(20 * line_height(), page.height())
    qtbot.waitUntil(lambda: len({card.x() for card in cards}) == 1)
    assert len({card.y() for card in cards}) == 3
    assert page.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step.STARTING, ["Start listening", "Send a sample", "See it arrive"]),
        (Step.LISTENING, [f"Listening at {URL}", "Send a sample", "See it arrive"]),
        (Step.SENT, [f"Listening at {URL}", "A sample was sent", "See it arrive"]),
        (Step.ARRIVED, [f"Listening at {URL}", "A sample was sent", "It arrived"]),
    ],
)
def test_progress_is_said(page: FirstSteps, step: Step, words: list[str]) -> None:
    before = said(page)
    page.show_progress(step, URL)
    assert [line for line in said(page) if line not in before] == words
    assert page.listen.button.isEnabled() == (step is Step.ARRIVED)
    page.show_progress(None)
    assert said(page) == before
    assert page.listen.button.isEnabled()


def test_nothing_moves_when_progress_is_shown(page: FirstSteps) -> None:
    places = [part.pos() for part in (page.sample, page.listen, page.open)]
    page.show_progress(Step.LISTENING, URL)
    QApplication.processEvents()
    assert [part.pos() for part in (page.sample, page.listen, page.open)] == places


def test_an_address_is_plain_text(page: FirstSteps) -> None:
    page.show_progress(Step.LISTENING, "http://<b>x</b>/")
    assert "Listening at http://<b>x</b>/" in said(page)
    assert {label.textFormat() for label in page.findChildren(Label)} == {Qt.TextFormat.PlainText}


def test_words_follow_the_language(page: FirstSteps, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    page.show_progress(Step.LISTENING, URL)
    monkeypatch.setattr(session, "say", lambda message: f"zh {message}")
    session.language_changed.emit()
    assert all(words.startswith("zh ") for words in said(page))
    assert page.sample.button.text() == f"zh {Message('Open the sample')}"
