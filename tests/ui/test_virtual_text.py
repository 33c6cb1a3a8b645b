"""The text view: cells, rows, caret, selection, copying and finding."""

from collections.abc import Callable
from functools import partial
from weakref import ref

import pytest
from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.text.cells import BLOCK, Line, cell_count, fitting, runs
from callback_lens.ui.text.hex_rows import HexRows
from callback_lens.ui.text.raw_rows import RawRows, line_starts, wrapped
from callback_lens.ui.text.rows import NoRows, Place, Span, end_of
from callback_lens.ui.text.text_page import TextPage
from callback_lens.ui.text.text_view import TextView
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from pytestqt.qtbot import QtBot

TEXTS = st.text("ab 茶，\t<\U0001f600", max_size=60)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def go_on() -> None:
    """Nobody stops the work."""


def raw(text: str, cells: int | None = None) -> RawRows:
    lines = line_starts(text, go_on)
    return RawRows(text, lines, lines if cells is None else wrapped(text, lines, cells, go_on))


@given(TEXTS, st.integers(0, 80))
def test_as_many_characters_fit_as_have_room(text: str, cells: int) -> None:
    taken = fitting(text, cells)
    assert cell_count(text[:taken]) <= cells
    assert taken == len(text) or cell_count(text[: taken + 1]) > cells


@given(TEXTS.map(lambda text: text * 20))
def test_columns_and_cells_agree_in_long_lines(text: str) -> None:
    line = Line(f"x{text}y", 1, 1 + len(text))
    assert line.width == cell_count(text)
    for column in range(0, len(text), 7):
        assert line.cell_of(column) == cell_count(text[:column])
        assert line.column_of(line.cell_of(column)) == column
    assert line.column_of(line.width + 5) == line.length == len(text)


def test_what_cannot_be_drawn_becomes_visible() -> None:
    drawn = "".join(run.text for run in runs("a\nb\x00\ud800\u202ec\r"))
    assert drawn == "a↵b\ufffd\ufffd\ufffdc "


@given(st.text("ab茶\n\t", max_size=80), st.integers(4, 12))
def test_wrapping_loses_nothing(text: str, cells: int) -> None:
    rows = raw(text, cells)
    assert rows.between(Span(Place(0, 0), end_of(rows))) == text
    written = [rows.line(row).part(0, 99) for row in range(len(rows))]
    assert "".join(written) == text.replace("\n", "")
    assert all(cell_count(part) <= cells for part in written)
    labels = [rows.label(row) for row in range(len(rows))]
    assert [label for label in labels if label] == [str(number + 1) for number in range(text.count("\n") + 1)]
    for offset in range(len(text)):
        assert rows.offset(rows.place(offset)) == offset


def test_finds_across_pieces_and_wraps() -> None:
    text = "x" * ((1 << 18) - 2) + "Needle" + "x" * 50 + "needle"
    rows = raw(text, 64)
    found = [rows.offset(span.start) for span in rows.find("needle", False, go_on)]
    assert found == [text.index("Needle"), text.index("needle")]
    assert len(list(rows.find("needle", True, go_on))) == 1
    assert len(list(raw("aaaa").find("aa", True, go_on))) == 2


def test_hex_rows_show_offset_bytes_and_text() -> None:
    rows = HexRows(bytes(range(40, 60)) + "茶".encode(), "utf-8")
    assert (len(rows), rows.label(1)) == (2, "00000010")
    assert rows.line(0).part(0, 99) == "28 29 2a 2b 2c 2d 2e 2f  30 31 32 33 34 35 36 37  ()*+,-./01234567"
    assert rows.line(1).part(0, 99) == f"{'38 39 3a 3b e8 8c b6':<50}89:;...".replace("89:;", "89:;")
    (span,) = rows.find("茶", True, go_on)
    assert rows.between(span) == "e8 8c b6"


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> TextPage:
    page = TextPage(session, "source")
    qtbot.addWidget(page)
    page.resize(640, 300)
    with qtbot.waitExposed(page):
        page.show()
    return page


@pytest.fixture
def view(page: TextPage) -> TextView:
    page.show_rows(raw("\n".join(f"{number} the 茶 line" for number in range(500))))
    page.view.setFocus()
    return page.view


def copied(qtbot: QtBot, act: Callable[[], object]) -> str:
    QGuiApplication.clipboard().setText("before")
    act()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "before")
    return QGuiApplication.clipboard().text()


def test_keys_move_select_and_copy(qtbot: QtBot, view: TextView) -> None:
    press = partial(qtbot.keyClick, view)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_End)
    assert view.caret == Place(1, 12)
    press(Qt.Key.Key_Right)
    assert view.caret == Place(2, 0)
    press(Qt.Key.Key_Right, SHIFT | CTRL)
    assert copied(qtbot, lambda: press(Qt.Key.Key_C, CTRL)) == "2"
    press(Qt.Key.Key_End, CTRL)
    assert view.caret == Place(499, 14)
    assert view.top.row > 400
    press(Qt.Key.Key_Left, CTRL)
    assert view.caret == Place(499, 10)
    press(Qt.Key.Key_Home, CTRL)
    press(Qt.Key.Key_PageDown)
    assert view.caret.row == view.page_rows
    press(Qt.Key.Key_A, CTRL)
    everything = copied(qtbot, lambda: press(Qt.Key.Key_C, CTRL))
    assert everything.count("\n") == 499


def test_the_mouse_selects_characters_words_and_rows(qtbot: QtBot, view: TextView) -> None:
    start, end = (view.box_of(Place(3, column)).center().toPoint() for column in (2, 5))
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.viewport(), end)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert view.selected.start == Place(3, 2)
    with qtbot.waitSignal(view.row_chosen) as chosen:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert chosen.args == [3]
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    assert view.rows.between(view.selected) == "the"
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(4, start.y()))
    assert view.rows.between(view.selected) == "3 the 茶 line\n"


def test_without_a_selection_the_row_is_copied(qtbot: QtBot, view: TextView) -> None:
    view.go_to(Place(7, 3))
    assert copied(qtbot, view.copy) == "7 the 茶 line"


def test_finding_counts_steps_and_goes_round(qtbot: QtBot, page: TextPage, view: TextView) -> None:
    bar = page.find_bar
    qtbot.keyClick(view, Qt.Key.Key_F, CTRL)
    assert bar.isVisible()
    qtbot.keyClicks(bar.text, "LINE")
    qtbot.waitUntil(lambda: bar.count.text() == "1 of 500")
    qtbot.keyClick(bar.text, Qt.Key.Key_Return)
    assert (bar.count.text(), view.caret.row) == ("2 of 500", 1)
    qtbot.keyClick(bar.text, Qt.Key.Key_Return, SHIFT)
    qtbot.keyClick(bar.text, Qt.Key.Key_F3, SHIFT)
    assert (bar.count.text(), view.caret.row) == ("500 of 500", 499)
    qtbot.mouseClick(bar.case, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bar.count.text() == "No matches")
    assert not bar.next.isEnabled()
    qtbot.keyClick(bar.text, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert not view.highlights().hits


def test_keys_that_the_window_has_actions_on_mean_the_text(qtbot: QtBot, page: TextPage, view: TextView) -> None:
    triggered = []
    for keys in ("Ctrl+F", "Ctrl+C", "F3"):
        action = QAction(page)
        action.setShortcut(keys)
        action.triggered.connect(lambda: triggered.append(1))
        page.addAction(action)
    assert copied(qtbot, lambda: qtbot.keyClick(view, Qt.Key.Key_C, CTRL)) == "0 the 茶 line"
    qtbot.keyClick(view, Qt.Key.Key_F, CTRL)
    assert page.find_bar.isVisible()
    assert not triggered


def test_the_rows_of_a_closed_payload_are_let_go(qtbot: QtBot, page: TextPage) -> None:
    page.show_rows(rows := raw("text"))
    watched = ref(rows)
    del rows
    page.show_notice(Message("Nothing is open"))
    qtbot.waitUntil(lambda: watched() is None)


def test_f3_takes_the_selected_word(qtbot: QtBot, page: TextPage, view: TextView) -> None:
    view.select(Span(Place(4, 2), Place(4, 5)))
    qtbot.keyClick(view, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: page.find_bar.count.text() == "5 of 500")


def test_only_what_is_on_the_screen_is_drawn(qtbot: QtBot, page: TextPage) -> None:
    seen = set()

    class Watched(RawRows):
        def line(self, row: int) -> Line:
            seen.add(row)
            return super().line(row)

    text = "\n".join(["row"] * 100_000)
    lines = line_starts(text, go_on)
    rows = Watched(text, lines, lines)
    page.show_rows(rows)
    page.view.scroll_to_row(50_000)
    page.view.grab()
    assert 50_001 in seen
    assert len(seen) < 500


def test_a_long_line_is_drawn_by_slices(qtbot: QtBot, page: TextPage) -> None:
    class Watched(Line):
        longest = 0

        def part(self, start: int, end: int) -> str:
            text = super().part(start, end)
            self.longest = max(self.longest, len(text))
            return text

    rows = raw("茶x" * 500_000)
    line = Watched(rows.text, 0, len(rows.text))
    rows._kept[0] = line
    page.show_rows(rows)
    bar = page.view.horizontalScrollBar()
    assert bar.maximum() > 1_400_000
    bar.setValue(bar.maximum())
    before = page.view.grab().toImage()
    assert line.longest <= BLOCK
    bar.setValue(0)
    assert page.view.grab().toImage() != before


def test_another_text_is_shown_from_its_beginning(page: TextPage) -> None:
    wide = "\n".join(f"{number} " + "wide " * 100 for number in range(500))
    page.show_rows(raw(wide))
    page.view.go_to(Place(400, 300))
    page.view.mark(400, 400)
    bars = page.view.horizontalScrollBar(), page.view.verticalScrollBar()
    assert all(bar.value() > 0 for bar in bars)
    page.show_rows(raw(wide))
    assert [bar.value() for bar in bars] == [0, 0]
    assert (page.view.caret, page.view.marked) == (Place(0, 0), (-1, -1))
    page.view.go_to(Place(400, 300))
    page.show_rows(raw("short"))
    assert [bar.maximum() for bar in bars] == [0, 0]


def test_nothing_can_be_done_with_nothing(qtbot: QtBot, page: TextPage) -> None:
    page.view.show_rows(NoRows())
    for key in (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_PageUp):
        qtbot.keyClick(page.view, key)
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton)
    page.view.select_all()
    page.view.copy()
    page.view.grab()
    assert page.view.selected == Span(Place(0, 0), Place(0, 0))


def test_every_control_has_a_name(page: TextPage) -> None:
    bar = page.find_bar
    for control in (bar.text, bar.case, bar.previous, bar.next, bar.closer):
        assert control.accessibleName()
