"""What every widget is given: the language, the look, the background, the message bar, the settings."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from callback_lens.errors import Message
from callback_lens.export.language import Language
from callback_lens.payload.findings import Severity
from callback_lens.ui.background import Background
from callback_lens.ui.preferences import Preferences
from callback_lens.ui.theme import Theme


class Messages(Protocol):
    """The one door for messages to the user; kept until there is a window to show them in."""

    def tell(self, message: Message, severity: Severity = Severity.INFO, hint: Message | None = None) -> None:
        """Show ``message`` in the bar."""

    def report(self, error: BaseException) -> None:
        """Show an error: a UserError as its message, anything else as a fault with a report to copy."""


class Session(QObject):
    """Made once by the application and passed to every widget.

    ``language_changed`` and ``theme_changed`` carry nothing: widgets say and draw themselves anew.
    """

    language_changed = Signal()
    theme_changed = Signal()

    def __init__(
        self,
        language: Language,
        theme: Theme,
        background: Background,
        messages: Messages,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.language = language
        self.theme = theme
        self.background = background
        self.messages = messages
        self.preferences = preferences

    def say(self, message: Message) -> str:
        """``message`` in the language of the window."""
        return self.language.words(message)

    def change_language(self, language: Language) -> None:
        """Speak another language from now on."""
        self.language = language
        self.language_changed.emit()

    def change_theme(self, theme: Theme) -> None:
        """Look different from now on."""
        self.theme = theme
        self.theme_changed.emit()
