"""Context menus made of Messages."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from callback_lens.ui.session import Session
from callback_lens.ui.widgets.object_menu import Choice


def show_menu(session: Session, choices: Iterable[Choice], at: QPoint, parent: QWidget) -> QMenu:
    """Pop up a menu of ``choices`` at a place of the screen; it is gone when it closes."""
    menu = QMenu(parent)
    for words, act in choices:
        menu.addAction(session.say(words).replace("&", "&&")).triggered.connect(lambda _=False, act=act: act())
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
    return menu
