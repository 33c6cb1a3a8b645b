"""Context menus, as the menu key opens them."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu

POPUP = "This plugin does not support"  # what the offscreen platform says of every menu


def menu_of(view: QAbstractItemView) -> dict[str, QAction]:
    """What the menu key offers for the current row, by its words."""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(view.viewport(), event)
    return {action.text(): action for action in view.findChildren(QMenu)[-1].actions()}
