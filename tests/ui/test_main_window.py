"""The whole window, driven by keys and mouse."""

from collections.abc import Callable
from pathlib import Path

import pytest
from callback_lens.resources import resource
from callback_lens.ui.dialogs.go_to import GoToDialog
from callback_lens.ui.dialogs.help import AboutDialog
from callback_lens.ui.entries import Entry
from callback_lens.ui.live.capturing import Capturing
from callback_lens.ui.main_window import MainWindow
from callback_lens.ui.messages import Messages
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.text.text_page import TextPage
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

SAMPLE = resource("samples", "SmartCover", "api-success.xml")
SPEECH = resource("samples", "SpeechRecognition", "api-success.xml")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def active(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """The window with the focus, for keys to reach it."""
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


def open_files(qtbot: QtBot, window: MainWindow, *files: Path) -> None:
    with qtbot.waitSignal(window.opening.opened):
        window.opening.open(list(map(str, files)))


def test_the_title_names_the_payload_once_it_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    assert window.windowTitle() == "Callback Lens"
    open_files(qtbot, window, SAMPLE)
    qtbot.waitUntil(lambda: window.windowTitle() == "SmartCover · api-success.xml – Callback Lens")
    assert window.tree.view.model().rowCount()
    window.commands.close_all()
    qtbot.waitUntil(lambda: window.windowTitle() == "Callback Lens")


def test_an_opened_file_is_shown_everywhere(qtbot: QtBot, window: MainWindow, selection: Selection) -> None:
    open_files(qtbot, window, SAMPLE, SPEECH)
    assert window.entries.model.rowCount() == 2
    assert selection.entry.name == str(SAMPLE)
    window.entries.table.selectRow(1)
    assert selection.entry.name == str(SPEECH)


def test_a_file_that_cannot_be_read_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_bytes(b"<Response><a></Response>")
    open_files(qtbot, window, broken)
    qtbot.waitUntil(lambda: "broken.xml:1:" in window.message_bar.accessibleName())
    open_files(qtbot, window, broken, SAMPLE, tmp_path / "gone.xml")
    qtbot.waitUntil(lambda: "2 of 3" in window.message_bar.accessibleName())


@pytest.mark.parametrize("tab", [1, 2])
def test_a_tab_opened_by_its_key_has_the_focus_once_its_text_is_there(
    qtbot: QtBot, active: MainWindow, tab: int
) -> None:
    open_files(qtbot, active, SPEECH)
    qtbot.keyClick(active, Qt.Key.Key_1 + tab, CONTROL)
    page = active.panes[tab].findChild(TextPage)
    assert page.isAncestorOf(QApplication.focusWidget())
    qtbot.waitUntil(lambda: len(page.view.rows) > 0)
    assert QApplication.focusWidget() is page.view


def test_time_tag_and_state_fit_into_the_list(qtbot: QtBot, window: MainWindow) -> None:
    open_files(qtbot, window, SPEECH)
    table = window.entries.table
    assert window.size().toTuple() == (1280, 800)
    qtbot.waitUntil(lambda: sum(map(table.columnWidth, range(3))) <= table.viewport().width())
    assert window.splitter.sizes()[0] < min(window.parts.sizes()) < window.parts.sizes()[1]


def mime(text: str = "", files: tuple[Path, ...] = ()) -> QMimeData:
    data = QMimeData()
    if text:
        data.setText(text)
    if files:
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return data


def drop(window: MainWindow, data: QMimeData) -> QDropEvent:
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(5, 5), copy, data, left, Qt.KeyboardModifier.NoModifier)
    event.setAccepted(False)
    window.dropEvent(event)
    return event


def test_files_folders_and_text_can_be_dropped(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.opening.opened):
        assert drop(window, mime(files=(SAMPLE.parent, SPEECH))).isAccepted()
    assert window.entries.model.rowCount() == len(list(SAMPLE.parent.iterdir())) + 1
    with qtbot.waitSignal(window.opening.opened):
        assert drop(window, mime(SAMPLE.read_text("utf-8"))).isAccepted()
    assert window.entries.model.entries[-1].name == "pasted text 1"
    assert not drop(window, mime()).isAccepted()


def test_what_is_on_the_clipboard_is_pasted(qtbot: QtBot, active: MainWindow, selection: Selection) -> None:
    QGuiApplication.clipboard().setText('{"JobsDetail": {"Tag": "A"}}')
    with qtbot.waitSignal(active.opening.opened):
        qtbot.keyClick(active.entries.table, Qt.Key.Key_V, CONTROL)
    assert selection.entry.summary.envelope.jobs[0].tag == "A"
    QGuiApplication.clipboard().clear()
    active.commands.paste()
    qtbot.waitUntil(lambda: "neither text nor files" in active.message_bar.accessibleName())


def test_the_dialogs_choose_what_is_opened(qtbot: QtBot, window: MainWindow) -> None:
    for show in (window.commands.open_files, window.commands.open_folder):
        show()
        dialog = window.findChild(QFileDialog)
        with qtbot.waitSignal(window.opening.opened):
            dialog.filesSelected.emit([str(SAMPLE)])
        dialog.reject()
        qtbot.waitUntil(lambda: window.findChild(QFileDialog) is None)


@pytest.mark.parametrize("source", ["pasted", "gone"])
def test_what_has_no_file_is_not_lost_by_reading_it_again(
    qtbot: QtBot, window: MainWindow, selection: Selection, tmp_path: Path, source: str
) -> None:
    file = tmp_path / "a.xml"
    file.write_bytes(SAMPLE.read_bytes())
    with qtbot.waitSignal(window.opening.opened):
        window.commands.take(mime(SAMPLE.read_text("utf-8")) if source == "pasted" else mime(files=(file,)))
    file.unlink()
    window.commands.reload()
    qtbot.waitUntil(lambda: "to read again" in window.message_bar.accessibleName())
    assert not window.opening.is_reading
    assert selection.entry.summary is not None


def test_recent_files_can_be_opened_again(qtbot: QtBot, window: MainWindow) -> None:
    menu = window.menus.menus["recent"]
    menu.aboutToShow.emit()
    assert [action.isEnabled() for action in menu.actions()] == [False]
    open_files(qtbot, window, SAMPLE)
    menu.aboutToShow.emit()
    (action,) = menu.actions()
    assert action.text() == str(SAMPLE)
    with qtbot.waitSignal(window.opening.opened):
        action.trigger()
    assert window.entries.model.rowCount() == 2


def test_a_changed_file_is_read_again_and_told(
    qtbot: QtBot, window: MainWindow, selection: Selection, tmp_path: Path
) -> None:
    file = tmp_path / "changing.json"
    file.write_text('{"JobsDetail": {"Tag": "A", "JobId": "1"}}', "utf-8")
    open_files(qtbot, window, file)
    selection.select_path("JobsDetail[0].JobId")
    with qtbot.waitSignal(window.opening.opened):
        file.write_text('{"JobsDetail": {"Tag": "B", "JobId": "2"}}', "utf-8")
    assert selection.entry.summary.envelope.jobs[0].tag == "B"
    assert selection.node.value == "2"
    assert window.entries.model.rowCount() == 1
    qtbot.waitUntil(lambda: "changing.json was read again" in window.message_bar.accessibleName())


def test_f5_reads_again_and_control_w_closes(qtbot: QtBot, active: MainWindow, selection: Selection) -> None:
    open_files(qtbot, active, SAMPLE, SPEECH)
    first = selection.entry
    with qtbot.waitSignal(active.opening.opened):
        qtbot.keyClick(active.entries.table, Qt.Key.Key_F5)
    assert selection.entry is not first
    assert selection.entry.name == first.name
    qtbot.keyClick(active.entries.table, Qt.Key.Key_W, CONTROL)
    assert selection.entry.name == str(SPEECH)
    qtbot.keyClick(active.entries.table, Qt.Key.Key_W, CONTROL | SHIFT)
    assert selection.entry is None


def test_go_to_path(qtbot: QtBot, active: MainWindow, selection: Selection) -> None:
    open_files(qtbot, active, SAMPLE)
    qtbot.keyClick(active.entries.table, Qt.Key.Key_G, CONTROL)
    dialog = active.findChild(GoToDialog)
    qtbot.keyClicks(dialog.path, "Nowhere")
    qtbot.keyClick(dialog.path, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.path.clear()
    qtbot.keyClicks(dialog.path, "/Response/JobsDetail/Tag")
    qtbot.keyClick(dialog.path, Qt.Key.Key_Return)
    assert selection.node.path == "JobsDetail[0].Tag"
    qtbot.waitUntil(lambda: active.findChild(GoToDialog) is None)


def test_tabs_and_parts_by_keyboard(qtbot: QtBot, active: MainWindow) -> None:
    open_files(qtbot, active, SAMPLE)
    for number in (4, 3, 2, 1):
        qtbot.keyClick(active.entries.table, getattr(Qt.Key, f"Key_{number}"), CONTROL)
        assert active.tabs.currentIndex() == number - 1
    parts = [active.entries, active.tree, active.tabs]
    active.entries.table.setFocus()
    for part in (*parts[1:], parts[0]):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        assert part.isAncestorOf(QApplication.focusWidget())


def test_find_searches_the_text_that_has_the_focus_otherwise_the_tree(qtbot: QtBot, active: MainWindow) -> None:
    open_files(qtbot, active, SAMPLE)
    qtbot.keyClick(active.entries.table, Qt.Key.Key_F, CONTROL)
    assert active.tree.search_bar.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(active, Qt.Key.Key_2, CONTROL)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F, CONTROL)
    assert active.panes[1].isAncestorOf(QApplication.focusWidget())
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_the_tree_copies_its_node_where_it_has_the_focus(
    qtbot: QtBot, active: MainWindow, selection: Selection
) -> None:
    open_files(qtbot, active, SAMPLE)
    selection.select_path("JobsDetail[0].Tag")
    active.tree.view.setFocus()
    qtbot.keyClick(active.tree.view, Qt.Key.Key_C, CONTROL)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "SmartCover")


def test_text_gets_larger_and_smaller(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    zooms = []
    for step in (1, 1, -1, 0, -1):
        window.commands.zoom(step)
        zooms.append(session.preferences.settings.zoom)
    assert zooms == [110, 125, 110, 100, 100]


def test_keys_choose_rows_once_there_are_some(qtbot: QtBot, active: MainWindow, selection: Selection) -> None:
    open_files(qtbot, active, SAMPLE, SPEECH)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert selection.entry.name == str(SPEECH)


def test_layout_is_remembered(
    qtbot: QtBot, session: Session, window: MainWindow, capturing: Capturing, tmp_path: Path
) -> None:
    open_files(qtbot, window, SPEECH)
    window.resize(780, 620)
    window.show_tab(2)
    QApplication.processEvents()  # the tab has its say about its width
    window.splitter.setSizes([200, 580])
    window.parts.setSizes([240, 340])
    window.entries.table.setColumnWidth(1, 77)
    window.tree.view.header().resizeSection(0, 123)
    sizes = window.splitter.sizes(), window.parts.sizes()
    window.close()
    again = MainWindow(session, Messages(), Selection(), capturing, tmp_path / "log")
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()
    open_files(qtbot, again, SPEECH)
    assert (again.width(), again.height()) == (780, 620)
    assert (again.splitter.sizes(), again.parts.sizes()) == sizes
    assert again.entries.table.columnWidth(1) == 77
    assert again.tree.view.columnWidth(0) == 123
    assert again.tabs.currentIndex() == 2


def test_another_language_is_spoken_at_once(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    from callback_lens.export.language import language_named

    named = [widget for widget in controls(window) if widget.accessibleName()]
    session.change_language(language_named("zh"))
    assert window.tabs.tabText(0) == "概览"
    assert all(widget.accessibleName() for widget in named)


def test_the_about_box_opens_and_closes(qtbot: QtBot, active: MainWindow) -> None:
    qtbot.keyClick(active, Qt.Key.Key_F1, SHIFT)
    qtbot.keyClick(active.findChild(AboutDialog), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: active.findChild(AboutDialog) is None)


CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QAbstractScrollArea)


def controls(window: QWidget) -> list[QWidget]:
    """What can have the focus or be pressed; the parts of a control (a table's header, its corner) are its own."""
    found = [widget for widget in window.findChildren(QWidget) if isinstance(widget, CONTROLS)]
    own = (QAbstractItemView, QTabBar, QLineEdit, QFileDialog)
    return [widget for widget in found if not isinstance(widget.parentWidget(), own) and not is_popup(widget)]


def is_popup(widget: QWidget) -> bool:
    """The list that a combo box opens has the name of the box."""
    return widget.parentWidget().metaObject().className() == "QComboBoxPrivateContainer"


@pytest.mark.parametrize("sample", ["SpeechRecognition", "SmartCover", "StreamExtract", "WorkflowFinish"])
def test_every_control_has_an_accessible_name(
    qtbot: QtBot, window: MainWindow, entry: Callable[[str], Entry], sample: str
) -> None:
    window.entries.add([entry(f"{sample}/workflow-success.xml")], select=True)
    qtbot.waitUntil(lambda: window.overview.is_built)
    for tab in range(window.tabs.count()):
        window.show_tab(tab)
    nameless = [w for w in controls(window) if not (w.accessibleName() or getattr(w, "text", str)())]
    assert [f"{type(w).__name__} in {type(w.parentWidget()).__name__}" for w in nameless] == []
