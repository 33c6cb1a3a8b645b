"""A timeline on the screen."""

from collections.abc import Callable

import pytest
from callback_lens.ui.entries import Entry
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.timeline.timeline_view import TimelineView
from pytestqt.qtbot import QtBot
from timelines import TWO_SPEAKERS, Show, scene_of, speech


@pytest.fixture
def timeline(qtbot: QtBot, session: Session, selection: Selection, entry: Callable[[bytes], Entry]) -> Show:
    """Shows the timeline of a payload in so many pixels, with the focus."""

    def show(payload: bytes, width: int = 1000, height: int = 300) -> TimelineView:
        opened = entry(payload)
        selection.open(opened)
        view = TimelineView(session, selection)
        qtbot.addWidget(view)
        view.resize(width, height)
        with qtbot.waitExposed(view):
            view.show()
        view.show_scene(scene_of(opened))
        view.setFocus()
        return view

    return show


@pytest.fixture
def view(timeline: Show) -> TimelineView:
    """Ten seconds of two speakers."""
    return timeline(speech(*TWO_SPEAKERS))
