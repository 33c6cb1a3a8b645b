"""The icon among those of the system that are always there, where the system has such a place."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.theme import LARGEST_ICON

SHOW = Message("&Show the window")
QUIT = Message("&Quit")
ICONS = QSystemTrayIcon.MessageIcon


class Tray(QObject):
    """The icon with its menu, hidden at first; ``clicked`` is about the notification that was shown last."""

    show_wanted = Signal()
    quit_wanted = Signal()
    clicked = Signal()

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._icon = QSystemTrayIcon(self)
        self.menu = QMenu(window)
        self._show, self._quit = self.menu.addAction(""), self.menu.addAction("")
        self._icon.setContextMenu(self.menu)
        self._icon.activated.connect(self._activate)
        self._icon.messageClicked.connect(self.clicked)
        self._show.triggered.connect(self.show_wanted)
        self._quit.triggered.connect(self.quit_wanted)
        session.language_changed.connect(self._say)
        session.theme_changed.connect(self._draw)
        self._say()
        self._draw()

    def show(self, is_shown: bool) -> None:
        """Show the icon, or take it away."""
        self._icon.setVisible(is_shown)

    def explain(self, words: str) -> None:
        """Say something else where the pointer rests on the icon."""
        self._icon.setToolTip(words)

    def notify(self, title: str, text: str, is_warning: bool) -> None:
        """Show a notification for as long as the system thinks fit."""
        self._icon.showMessage(title, text, ICONS.Warning if is_warning else ICONS.Information)

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.show_wanted.emit()

    def _say(self) -> None:
        self._show.setText(self._session.say(SHOW))
        self._quit.setText(self._session.say(QUIT))

    def _draw(self) -> None:
        self._icon.setIcon(self._session.theme.icon("app", size=LARGEST_ICON))


def system_tray(session: Session, window: QWidget) -> Tray | None:
    """An icon for ``window``; None where the system has no place for it."""
    return Tray(session, window) if QSystemTrayIcon.isSystemTrayAvailable() else None
