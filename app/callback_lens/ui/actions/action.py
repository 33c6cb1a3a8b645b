"""One thing the window can be asked to do, and menus of them."""

from dataclasses import dataclass

from callback_lens.errors import Message


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do.

    ``handler`` is what to call, from the window on (``tree.copy_value``), ``argument`` what to call it with, unless
    it is None. ``scope`` names the widget, from the window on, that must have the focus for the shortcut to count (one
    that comes later than the window answers its keys itself); "" is the whole window. ``choice`` names the setting of
    which the action is one value.
    """

    id: str
    text: Message
    tooltip: Message
    shortcut: str
    handler: str
    icon: str = ""
    argument: object = None
    scope: str = ""
    choice: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """Actions and menus under a title; None is a line between them."""

    id: str
    text: Message
    items: tuple["Action | Menu | None", ...]
