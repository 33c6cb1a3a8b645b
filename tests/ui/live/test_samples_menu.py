"""Every shipped sample can be sent from a menu, while there is somebody to send it to."""

import pytest
from callback_lens.export.language import language_named
from callback_lens.resources import sample_names
from callback_lens.ui.live.samples_menu import SamplesMenu
from callback_lens.ui.session import Session
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot


@pytest.fixture
def menu(qtbot: QtBot) -> QMenu:
    menu = QMenu()
    qtbot.addWidget(menu)
    return menu


@pytest.fixture
def samples(session: Session, menu: QMenu) -> SamplesMenu:
    return SamplesMenu(session, menu)


def sub_menu(action: QAction) -> QMenu:
    found = action.menu()
    assert isinstance(found, QMenu)
    return found


def test_each_sample_is_offered_under_its_tag(samples: SamplesMenu, menu: QMenu) -> None:
    wanted: list[object] = []
    samples.sample_wanted.connect(wanted.append)
    assert menu.isEmpty()
    for _ in range(2):
        menu.aboutToShow.emit()
    for tag in menu.actions():
        for sample in sub_menu(tag).actions():
            sample.trigger()
            assert wanted[-1] == f"{tag.text()}/{sample.text()}"
    assert wanted == sample_names()


def test_without_a_listener_the_menu_says_why_not(samples: SamplesMenu, menu: QMenu) -> None:
    action = menu.menuAction()
    assert (action.isEnabled(), action.toolTip().split(":")[0]) == (False, "Start listening first")
    samples.enable(is_listening=True)
    assert action.isEnabled()
    offered = action.toolTip()
    samples.enable(is_listening=False)
    assert not action.isEnabled()
    assert action.toolTip() != offered


def test_the_reason_is_said_in_the_language_of_the_window(session: Session, samples: SamplesMenu, menu: QMenu) -> None:
    menu.menuAction().setToolTip("")
    session.change_language(language_named("zh"))
    assert menu.menuAction().toolTip()
