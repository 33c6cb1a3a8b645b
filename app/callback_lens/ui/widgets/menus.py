"""Context menus made of Messages."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

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


def asked_about(view: QAbstractItemView, event: QContextMenuEvent) -> tuple[QModelIndex, QPoint]:
    """What a menu was asked for, by the mouse or for what is current by a key, and its place on the screen."""
    if event.reason() is QContextMenuEvent.Reason.Mouse:
        return view.indexAt(view.viewport().mapFromGlobal(event.globalPos())), event.globalPos()
    index = view.currentIndex()
    return index, view.viewport().mapToGlobal(view.visualRect(index).bottomLeft())
