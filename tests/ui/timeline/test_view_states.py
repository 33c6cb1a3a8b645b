"""How the timeline is heard, seen in other looks, and what it is without anything to show."""

from dataclasses import replace

import pytest
from callback_lens.export.language import language_named
from callback_lens.ui.actions import all_actions
from callback_lens.ui.actions.action import Action
from callback_lens.ui.actions.timeline_menu import IN_VIEW
from callback_lens.ui.session import Session
from callback_lens.ui.theme import Theme
from callback_lens.ui.timeline.colouring import Colouring
from callback_lens.ui.timeline.items import Item
from callback_lens.ui.timeline.keys import action_of
from callback_lens.ui.timeline.timeline_view import TimelineView
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from speech_results import sentence, word
from timelines import LAST, SLOW, TWO_SPEAKERS, Show, drag, speech, turn

ACTIONS = list(all_actions(IN_VIEW))


def picture(view: TimelineView) -> QImage:
    return view.viewport().grab().toImage()


def override(key: QKeySequence) -> QKeyEvent:
    pressed = key[0]
    return QKeyEvent(QEvent.Type.ShortcutOverride, pressed.key(), pressed.keyboardModifiers())


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_is_answered_by_its_keys(view: TimelineView, action: Action) -> None:
    name = action.handler.removeprefix("timeline.")
    assert callable(getattr(view, name))
    for keys in filter(None, (action.shortcut, action.also)):
        event = override(QKeySequence(keys))
        assert action_of(event) is action
        event.ignore()
        QApplication.sendEvent(view, event)
        assert event.isAccepted()


def test_other_keys_are_not_its_own(view: TimelineView) -> None:
    event = override(QKeySequence("Ctrl+O"))
    event.ignore()
    QApplication.sendEvent(view, event)
    assert not event.isAccepted()


def test_it_has_a_name_and_the_selected_word_is_its_description(view: TimelineView, session: Session) -> None:
    assert view.accessibleName() == "Timeline"
    assert view.accessibleDescription() == ""
    view.select_word(SLOW)
    said = view.accessibleDescription()
    assert said.startswith("丁; Time 0:03.500 – 0:07.000; ")
    assert "Finding slow" in said
    session.change_language(language_named("zh"))
    assert "时间 0:03.500" in view.accessibleDescription()


@pytest.mark.parametrize("change", ["theme", "language", "colouring", "font"])
def test_another_look_draws_it_anew(qtbot: QtBot, view: TimelineView, session: Session, change: str) -> None:
    before = picture(view)
    if change == "theme":
        session.change_theme(Theme("dark"))
    elif change == "language":
        session.change_language(replace(session.language, words=lambda message: f"«{message}»"))
    elif change == "colouring":
        view.colour_by(Colouring.SPEAKER)
    else:
        font = view.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        view.setFont(font)
    assert picture(view) != before
    assert view.axis.width == view.viewport().width() - view.place.gutter


def test_search_hits_are_drawn_in_the_overview_and_gone_with_the_scene(view: TimelineView) -> None:
    before = picture(view)
    assert view.scene is not None
    view.show_hits(view.scene.transcript.words.start[[SLOW, LAST]])
    assert picture(view) != before
    view.show_scene(view.scene)
    assert picture(view) == before


def test_the_focus_is_seen(qtbot: QtBot, view: TimelineView) -> None:
    with_focus = picture(view)
    view.clearFocus()
    assert picture(view) != with_focus


def test_without_a_scene_it_is_calm(view: TimelineView, session: Session) -> None:
    view.show_scene(None)
    drawn = picture(view)
    assert {drawn.pixel(x, 20) for x in range(drawn.width())} == {session.theme.color("base").rgb()}
    handle_everything(view)


def handle_everything(view: TimelineView) -> None:
    """All that can be done with mouse and keys."""
    for action in ACTIONS:
        act = getattr(view, action.handler.removeprefix("timeline."))
        act() if action.argument is None else act(action.argument)
    point = QPoint(5, 5)
    turn(view, point, up=120)
    for y in range(0, 200, 10):
        drag(view, QPoint(120, y), QPoint(100, y))
        turn(view, QPoint(120, y), right=120)
    view.grab()


def test_one_word_fills_it(timeline: Show) -> None:
    view = timeline(speech(sentence(word("唯", 0, 500), StartMs=0, EndMs=500), AudioTime="0.5"))
    handle_everything(view)
    view.go_to_end(1)
    assert view.item == Item(0, 0)


def test_where_nothing_has_a_time_it_says_so(timeline: Show) -> None:
    untimed = sentence({"Word": "a"}, StartMs="", EndMs="")
    view = timeline(speech(untimed, AudioTime=""))
    assert view.scene is not None
    assert view.scene.start == view.scene.end
    handle_everything(view)
    empty = picture(view)
    view.show_scene(None)
    assert picture(view) != empty


def test_a_word_without_times_can_be_selected_elsewhere(timeline: Show) -> None:
    view = timeline(speech(*TWO_SPEAKERS, sentence({"Word": "x"}, StartMs="", EndMs="")))
    view.select_word(LAST + 1)
    assert view.item == Item(3, LAST + 1)
    assert "not known" in view.accessibleDescription()
    handle_everything(view)


@pytest.mark.parametrize(("width", "height"), [(0, 0), (1, 1), (40, 200), (900, 3)])
def test_it_may_be_as_small_as_it_likes(timeline: Show, width: int, height: int) -> None:
    view = timeline(speech(*TWO_SPEAKERS))
    view.resize(width, height)
    handle_everything(view)
    view.resize(900, 300)
    view.fit_all()
    assert view.axis.shows_all
