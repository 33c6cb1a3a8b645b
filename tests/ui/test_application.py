"""The program as a whole: made, shown, closed; faults are told and it goes on."""

import gc
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from callback_lens.ui.application import Program, collector_on_main_thread, program, run
from callback_lens.ui.faults import faults_reported
from callback_lens.ui.preferences import Preferences
from PySide6.QtCore import QTimer, qCritical, qWarning
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

NOT_AT_START = {
    *("numpy", "httpx", "sqlite3", "asyncio"),
    *(f"callback_lens.{name}" for name in ("listener", "tags", "blocks", "export.summary_text", "payload.reader")),
    *(f"callback_lens.ui.{name}" for name in ("overview.cards", "source", "dialogs")),
}


@pytest.fixture
def parts(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    font, palette = QFont(qapp.font()), QPalette(qapp.palette())
    preferences = Preferences(tmp_path)
    preferences.override(language="en", theme="light")
    with program(tmp_path, (), preferences) as parts:
        parts.window.show()
        yield parts
        parts.window.close()
    qapp.setFont(font)
    qapp.setPalette(palette)


def test_theme_language_and_size_follow_the_preferences(qtbot: QtBot, parts: Program, qapp: QApplication) -> None:
    size = qapp.font().pointSizeF()
    width = parts.window.entries.table.columnWidth(0)
    parts.session.preferences.change(theme="dark", language="zh", zoom=200)
    assert parts.session.theme.name == "dark"
    assert qapp.palette().window().color() == parts.session.theme.color("window")
    assert parts.session.language.name == "zh"
    assert qapp.font().pointSizeF() == 2 * size
    table = parts.window.entries.table
    assert table.columnWidth(0) > 1.7 * width
    qtbot.waitUntil(lambda: table.fontMetrics().height() >= parts.window.menus.tool_bar.iconSize().height() - 2)
    assert parts.window.menus.actions["theme-dark"].isChecked()
    assert parts.window.menus.actions["language-zh"].isChecked()
    parts.session.preferences.change(theme="light", language="en", zoom=100)
    assert qapp.font().pointSizeF() == size


def test_a_fault_in_an_event_is_told_and_the_program_goes_on(
    qtbot: QtBot, parts: Program, qtlog: object, caplog: pytest.LogCaptureFixture
) -> None:
    QTimer.singleShot(0, parts.window, lambda: 1 / 0)
    qtbot.waitUntil(lambda: "fault" in parts.window.message_bar.accessibleName())
    assert "ZeroDivisionError" in caplog.text
    parts.window.show_tab(1)
    assert parts.window.tabs.currentIndex() == 1


def test_faults_of_other_threads_are_told(qtbot: QtBot, tmp_path: Path) -> None:
    errors: list[BaseException] = []
    with faults_reported(errors.append):
        thread = threading.Thread(target=lambda: 1 / 0)  # noqa: TID251  # what a library may do
        thread.start()
        thread.join()
    assert [type(error) for error in errors] == [ZeroDivisionError]


def test_faults_that_cannot_be_raised_are_told() -> None:
    class Bad:
        def __del__(self) -> None:
            raise ValueError

    errors: list[BaseException] = []
    with faults_reported(errors.append):
        bad = Bad()
        del bad
        gc.collect()
    assert [type(error) for error in errors] == [ValueError]


def test_an_interrupt_is_no_fault() -> None:
    errors: list[BaseException] = []
    with faults_reported(errors.append):
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert errors == []


def test_what_qt_says_goes_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    errors: list[BaseException] = []
    with faults_reported(errors.append):
        qWarning("something odd")
        qCritical("something bad")
    assert "something odd" in caplog.text
    assert [str(error) for error in errors] == ["something bad"]


def test_hooks_are_as_before() -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    with faults_reported(lambda _: None):
        assert sys.excepthook is not before[0]
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_garbage_is_collected_by_a_timer(parts: Program) -> None:
    with collector_on_main_thread(parts):
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_program_runs_until_its_window_is_closed(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interval = sys.getswitchinterval()
    shown: list[str] = []

    def close_when_read() -> int:
        (window,) = [widget for widget in qapp.topLevelWidgets() if type(widget).__name__ == "MainWindow"]
        qtbot.waitUntil(lambda: "pasted" not in window.windowTitle() and " – " in window.windowTitle())
        shown.append(window.windowTitle())
        window.close()
        return 0

    monkeypatch.setattr(QApplication, "exec", lambda *_: close_when_read())
    font, palette = QFont(qapp.font()), QPalette(qapp.palette())
    assert run(tmp_path, (), "en", ["-"], {"-": b'{"JobsDetail": {"Tag": "A"}}'}) == 0
    assert shown == ["A · - – Callback Lens"]
    sys.setswitchinterval(interval)
    qapp.setFont(font)
    qapp.setPalette(palette)


def test_the_window_starts_lean(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "import callback_lens.cli.main\n"
        "from callback_lens.ui.application import program\n"
        "from callback_lens.ui.preferences import Preferences\n"
        "folder = Path(sys.argv[1])\n"
        "with program(folder, (), Preferences(folder)) as parts:\n"
        "    parts.window.show()\n"
        "    parts.application.processEvents()\n"
        "    parts.window.close()\n"
        "print(*sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    assert {*done.stdout.split()} & NOT_AT_START == set()
