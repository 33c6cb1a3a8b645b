"""The look: our own light and dark palettes on Fusion, colours by meaning, sizes, icons."""

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer

from callback_lens.resources import resource

TIGHT, GAP, WIDE, ROOMY = 4, 8, 12, 16
OUTLINED = ("QLineEdit", "QComboBox", "QCheckBox", "QPushButton")
FUSION_DARKER = 140  # percent
ICON_SIZES = (16, 18, 20, 24, 32, 48, 64)  # pixels of the screen: 16 at 200 % are 32
USUAL_ICON = 24  # pixels, the most where text has its usual size
LARGEST_ICON = ICON_SIZES[-1]


@dataclass(frozen=True, slots=True)
class Colors:
    """Colours by what they mean, as ``#rrggbb``.

    Text colours keep a contrast of 4.5 to the backgrounds, ``outline`` (of what can be typed into or ticked) one of 3.
    """

    window: str
    base: str
    raised: str
    stripe: str
    border: str
    outline: str
    text: str
    muted: str
    accent: str
    on_accent: str
    selection: str
    error: str
    warning: str
    info: str
    success: str
    key: str
    string: str
    number: str
    keyword: str
    comment: str
    match: str
    match_current: str


LIGHT = Colors(
    window="#f4f5f7",
    base="#ffffff",
    raised="#fafbfc",
    stripe="#f7f8fa",
    border="#d5d9e0",
    outline="#838c9c",
    text="#1d2330",
    muted="#5b6475",
    accent="#1b5fd0",
    on_accent="#ffffff",
    selection="#d6e4ff",
    error="#b3261e",
    warning="#8a5300",
    info="#1b5fd0",
    success="#1a7a3c",
    key="#7a2e8e",
    string="#0b6b50",
    number="#9a4a00",
    keyword="#1b5fd0",
    comment="#6b7280",
    match="#fff0b3",
    match_current="#ffd24d",
)
DARK = Colors(
    window="#1c1f26",
    base="#15181e",
    raised="#232731",
    stripe="#191d24",
    border="#363c48",
    outline="#737c8c",
    text="#e3e6ec",
    muted="#9aa3b2",
    accent="#7aa7ff",
    on_accent="#0d1420",
    selection="#2a4372",
    error="#ff8a80",
    warning="#ffc266",
    info="#8ab4ff",
    success="#7fd69a",
    key="#d7a3e8",
    string="#7fd6b8",
    number="#ffb480",
    keyword="#8ab4ff",
    comment="#8b94a3",
    match="#5a4a12",
    match_current="#8f6d00",
)


class Theme:
    """One of the two looks; ``name`` is ``light`` or ``dark``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.colors = DARK if name == "dark" else LIGHT
        self._icons: dict[tuple[str, str, int], QIcon] = {}

    def color(self, meaning: str) -> QColor:
        """The colour of that name in ``Colors``."""
        return QColor(getattr(self.colors, meaning))

    def palette(self) -> QPalette:
        """The palette for the whole application."""
        palette = QPalette()
        for role, meaning in ROLES:
            palette.setColor(role, self.color(meaning))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("muted"))
        return palette

    def control_palette(self) -> QPalette:
        """The palette for ``OUTLINED``: Fusion draws outlines in the window's colour, darker."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, self.color("outline").lighter(FUSION_DARKER))
        palette.setColor(QPalette.ColorRole.Highlight, self.color("accent"))  # also the outline of what has the focus
        palette.setColor(QPalette.ColorRole.HighlightedText, self.color("on_accent"))
        return palette

    def icon(self, name: str, meaning: str = "text", size: int = 0) -> QIcon:
        """The shipped icon ``name`` in the colour ``meaning``, crisp at every pixel ratio in every size up to that
        beside text, or up to ``size`` where that is more.
        """
        ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
        largest = round(max(size, USUAL_ICON, line_height() + 2) * ratio)
        key = (name, meaning, largest)
        if key not in self._icons:
            self._icons[key] = self._draw_icon(name, meaning, largest)
        return self._icons[key]

    def _draw_icon(self, name: str, meaning: str, largest: int) -> QIcon:
        svg = resource("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", self.color(meaning).name())
        renderer = QSvgRenderer(QByteArray(svg.encode()))
        icon = QIcon()
        larger = next((size for size in ICON_SIZES if size >= largest), largest)
        for size in (*(size for size in ICON_SIZES if size < larger), larger):
            pixmap = QPixmap(size, size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter)
            painter.end()
            icon.addPixmap(pixmap)
            icon.addPixmap(pixmap, QIcon.Mode.Selected)  # or Qt would tint it
        return icon


ROLES = (
    (QPalette.ColorRole.Window, "window"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "base"),
    (QPalette.ColorRole.AlternateBase, "stripe"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.Button, "raised"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.BrightText, "error"),
    (QPalette.ColorRole.Highlight, "selection"),
    (QPalette.ColorRole.HighlightedText, "text"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.LinkVisited, "accent"),
    (QPalette.ColorRole.ToolTipBase, "raised"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.PlaceholderText, "muted"),
    (QPalette.ColorRole.Light, "raised"),
    (QPalette.ColorRole.Midlight, "stripe"),
    (QPalette.ColorRole.Mid, "border"),
    (QPalette.ColorRole.Dark, "border"),
    (QPalette.ColorRole.Shadow, "border"),
    (QPalette.ColorRole.Accent, "accent"),
)


def mono_font() -> QFont:
    """The system's fixed-width font, as large as other text; Chinese falls back to what the system has for it."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPointSizeF(QGuiApplication.font().pointSizeF())
    return font


def icon_size() -> int:
    """How large icons are that stand beside text, in pixels: as drawn, or as high as larger text."""
    return max(ICON_SIZES[0], line_height())


def line_height() -> int:
    """The height of a line of the application's font, in pixels; widgets learn of another font only later."""
    return QFontMetrics(QGuiApplication.font()).height()
