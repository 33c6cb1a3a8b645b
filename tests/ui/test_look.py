"""What makes controls easy to see: outlines, what is on, what has the focus."""

from collections.abc import Callable

import pytest
from callback_lens.errors import Message
from callback_lens.ui.appearance import show_palette
from callback_lens.ui.entries import Entry
from callback_lens.ui.main_window import MainWindow
from callback_lens.ui.panes.transcript import SentenceTable
from callback_lens.ui.session import Session
from callback_lens.ui.theme import OUTLINED, Theme
from callback_lens.ui.widgets.button import Button
from callback_lens.ui.widgets.flow_layout import FlowLayout
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QAbstractItemView, QApplication, QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot


def luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("ground", ["window", "base", "raised"])
def test_outlines_stand_out(name: str, ground: str) -> None:
    theme = Theme(name)
    assert contrast(theme.color("outline"), theme.color(ground)) >= 3


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_box_to_tick_has_an_outline(qtbot: QtBot, qapp: QApplication, name: str) -> None:
    usual, controls = qapp.palette(), [(kind, QPalette(QApplication.palette(kind))) for kind in OUTLINED]
    theme = Theme(name)
    show_palette(qapp, theme)
    box = QCheckBox("words")
    qtbot.addWidget(box)
    picture = box.grab().toImage()
    seen = {picture.pixelColor(x, picture.height() // 2).name() for x in range(8)}
    assert any(contrast(QColor(color), theme.color("window")) >= 2.5 for color in seen)
    qapp.setPalette(usual)
    for kind, palette in controls:
        qapp.setPalette(palette, kind)  # type: ignore[arg-type]  # its stub knows only bytes


def accents(picture: QImage, theme: Theme) -> int:
    """How many pixels of the lower edge have the accent's colour."""
    rows = range(picture.height() - 4, picture.height())
    accent = theme.color("accent")
    return sum(picture.pixelColor(x, y) == accent for x in range(picture.width()) for y in rows)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_what_is_on_is_underlined_and_what_has_the_focus_is_ringed(qtbot: QtBot, session: Session, name: str) -> None:
    session.change_theme(Theme(name))
    button = Button(session, Message("Match case"), "case", shows_words=False)
    button.setCheckable(True)
    qtbot.addWidget(button)
    with qtbot.waitActive(button):
        button.show()
    button.clearFocus()
    plain = button.grab().toImage()
    assert accents(plain, session.theme) == 0
    button.setChecked(True)
    assert accents(button.grab().toImage(), session.theme) >= button.width()
    button.setChecked(False)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.grab().toImage() != plain


def framed(view: QAbstractItemView, row: int, theme: Theme) -> list[bool]:
    """Of each column in sight, whether the row has lines above and below."""
    picture, place, accent = view.viewport().grab().toImage(), view.model().index(row, 0), theme.color("accent")
    boxes = [view.visualRect(place.siblingAtColumn(column)) for column in range(view.model().columnCount())]
    seen = [box for box in boxes if box.width() and box.left() + 1 < picture.width()]
    return [all(picture.pixelColor(box.left() + 1, y) == accent for y in (box.top(), box.bottom())) for box in seen]


@pytest.mark.parametrize("part", ["list", "tree", "sentences"])
def test_the_row_that_the_keys_are_at_is_framed_in_all_its_columns(
    qtbot: QtBot, window: MainWindow, entry: Callable[[str], Entry], part: str
) -> None:
    window.entries.add([entry("SpeechRecognition/api-success.xml")], select=True)
    qtbot.waitUntil(lambda: window.overview.is_built)
    views = {"list": window.entries.table, "tree": window.tree.view}
    view = views.get(part) or window.overview.findChild(SentenceTable)
    view.setCurrentIndex(view.model().index(0, 0))
    with qtbot.waitActive(window):
        window.activateWindow()
    window.menuBar().setFocus()
    theme = Theme("light")
    assert not any(framed(view, 0, theme))
    view.setFocus()
    assert all(framed(view, 0, theme))


@pytest.mark.parametrize(("width", "lines"), [(500, 1), (260, 2), (110, 4), (40, 4)])
def test_what_does_not_fit_begins_the_next_line(qtbot: QtBot, width: int, lines: int) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    flow = FlowLayout(10, page)
    parts = [QLineEdit(page) for _ in range(5)]
    for part in parts:
        part.setFixedSize(min(100, width), 20)
        flow.addWidget(part)
    parts[-1].hide()
    page.resize(width, 300)
    page.show()
    tops = {part.y() for part in parts[:-1]}
    assert len(tops) == lines
    assert flow.heightForWidth(width) == max(tops) + 20
    assert all(part.geometry().right() < width for part in parts[:-1])
