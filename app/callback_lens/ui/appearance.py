"""What the application looks like and speaks, as the preferences and the system have it."""

from PySide6.QtCore import QLocale, QObject, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from callback_lens.export.language import Language, language_named
from callback_lens.ui.preferences import Preferences, Settings
from callback_lens.ui.session import Session
from callback_lens.ui.theme import OUTLINED, Theme

CHINESE_FONTS = ("PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")


def language_name(settings: Settings) -> str:
    """The language the user chose, otherwise the system's where that is Chinese, otherwise English."""
    system = "zh" if QLocale.system().language() == QLocale.Language.Chinese else "en"
    return settings.language or system


def theme_name(settings: Settings) -> str:
    """``light`` or ``dark``: what the user chose, otherwise what the system is."""
    if settings.theme != "system":
        return settings.theme
    return "dark" if QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"


class Appearance(QObject):
    """Follows the preferences and the system's colour scheme: palette, size of text, theme and language."""

    def __init__(self, application: QApplication, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._session = session
        self._font = application.font()
        self._applied = (session.theme.name, 0)
        self._follow()
        session.preferences.changed.connect(self._follow)
        application.styleHints().colorSchemeChanged.connect(self._follow)

    def _follow(self, _changed: object = None) -> None:
        settings = self._session.preferences.settings
        look = (theme_name(settings), settings.zoom)
        if look != self._applied:
            self._applied = look
            self._apply(*look)
        language = language_name(settings)
        if language != self._session.language.name:
            self._session.change_language(language_named(language))

    def _apply(self, theme: str, zoom: int) -> None:
        font = QFont(self._font)
        font.setPointSizeF(self._font.pointSizeF() * zoom / 100)
        chosen = self._session.theme if theme == self._session.theme.name else Theme(theme)
        self._application.setFont(font)
        show_palette(self._application, chosen)
        self._session.change_theme(chosen)


def show_palette(application: QApplication, theme: Theme) -> None:
    """Colour the whole application, with outlines that can be seen."""
    application.setPalette(theme.palette())
    for kind in OUTLINED:
        application.setPalette(theme.control_palette(), kind)  # type: ignore[arg-type]  # its stub knows only bytes


def make_session_look(preferences: Preferences) -> tuple[Language, Theme]:
    """The language and the theme to begin with."""
    return language_named(language_name(preferences.settings)), Theme(theme_name(preferences.settings))
