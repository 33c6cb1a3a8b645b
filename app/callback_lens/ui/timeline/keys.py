"""What keys do in the timeline: what the table of actions says."""

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from callback_lens.ui.actions import all_actions
from callback_lens.ui.actions.action import Action
from callback_lens.ui.actions.timeline_menu import IN_VIEW

SIGNS = (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Equal)  # with Shift or without: keyboards differ


def action_of(event: QKeyEvent) -> Action | None:
    """The action of the timeline that a key asks for."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() in SIGNS:
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    pressed = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key()))).toString()
    return next((action for action in all_actions(IN_VIEW) if pressed in (action.shortcut, action.also)), None)
