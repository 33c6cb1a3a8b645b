"""What tests of the window have at hand, and a watch for what they leave behind."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from callback_lens.errors import Message, UserError
from callback_lens.export.language import language_named
from callback_lens.payload.findings import Severity
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Limits
from callback_lens.payload.reader import read_documents
from callback_lens.resources import resource
from callback_lens.tags import summarize
from callback_lens.ui.background import Background
from callback_lens.ui.entries import Entry
from callback_lens.ui.messages import Messages
from callback_lens.ui.preferences import Preferences
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import Theme
from listeners import command
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

if TYPE_CHECKING:
    from callback_lens.ui.live.capturing import Capturing
    from callback_lens.ui.main_window import MainWindow
    from callback_lens.ui.tree.tree_pane import TreePane


class ToldMessages:
    """Keeps what the user would be told."""

    def __init__(self) -> None:
        self.told: list[tuple[Message, Severity]] = []
        self.errors: list[BaseException] = []

    def tell(self, message: Message, severity: Severity = Severity.INFO, hint: Message | None = None) -> None:
        self.told.append((message, severity))

    def report(self, error: BaseException) -> None:
        self.errors.append(error)


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    """A session in English and light, on a profile of its own."""
    messages = ToldMessages()
    background = Background(messages.report)
    yield Session(language_named("en"), Theme("light"), background, messages, Preferences(tmp_path / "profile"))
    background.close()


@pytest.fixture
def selection() -> Selection:
    """Nothing is open yet."""
    return Selection()


@pytest.fixture
def entry() -> Callable[[Path | bytes | str], Entry]:
    """Makes an Entry of a file, a sample's name or a payload's bytes (its first document)."""

    def make(source: Path | bytes | str) -> Entry:
        path = resource("samples", *source.split("/")) if isinstance(source, str) else source
        content = path if isinstance(path, bytes) else path.read_bytes()
        given = Input("pasted" if isinstance(path, bytes) else str(path), None, content, None)
        result = read_documents(given, Limits())[0]
        if isinstance(result, UserError):
            return Entry(given.file, given, None, result)
        return Entry(given.file, given, summarize(result), None)

    return make


@pytest.fixture
def capturing(session: Session, tmp_path: Path) -> "Iterator[Capturing]":
    """No captures, and nobody who listens; what is started is this program on a profile of its own."""
    from callback_lens.ui.live.capturing import Capturing

    folder = tmp_path / "profile"
    capturing = Capturing(session, command(folder), folder)
    yield capturing
    capturing.listening.stop()
    capturing.close()


@pytest.fixture
def window(
    qtbot: QtBot, session: Session, selection: Selection, capturing: "Capturing", tmp_path: Path
) -> "MainWindow":
    """The whole window, empty, on the screen."""
    from callback_lens.ui.main_window import MainWindow

    session.messages = messages = Messages()
    window = MainWindow(session, messages, selection, capturing, tmp_path / "callback-lens.log")
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def tree(qtbot: QtBot, session: Session, selection: Selection, monkeypatch: pytest.MonkeyPatch) -> Iterator["TreePane"]:
    """The tree alone, empty, on the screen; it searches without waiting for a pause in typing."""
    from callback_lens.ui.tree import search_bar
    from callback_lens.ui.tree.tree_pane import TreePane

    monkeypatch.setattr(search_bar, "TYPING_PAUSE", 0)
    tree = TreePane(session, selection)
    qtbot.addWidget(tree)
    tree.resize(430, 700)
    with qtbot.waitExposed(tree):
        tree.show()
    yield tree
    tree.stop()


@pytest.fixture
def opened_tree(tree: "TreePane", selection: Selection, entry: Callable[..., Entry]) -> "TreePane":
    """The tree of a transcript's sample."""
    selection.open(entry("SpeechRecognition/api-success.xml"))
    return tree


@pytest.fixture(autouse=True)
def no_leftovers(qapp: QApplication) -> Iterator[None]:
    """Fails a test that leaves a widget on the screen or a timer running (threads: see the conftest above)."""
    before = set(map(id, leftovers(qapp)))
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if any(id(item) not in before for item in leftovers(qapp)):
        gc.collect()
    left = [repr(item) for item in leftovers(qapp) if id(item) not in before]
    assert not left, f"left behind: {left}"


def leftovers(application: QApplication) -> list[QWidget | QTimer]:
    """Windows, and timers that are running."""
    windows = [widget for widget in application.topLevelWidgets() if widget.parent() is None and not is_tooltip(widget)]
    timers = [item for item in Shiboken.getAllValidWrappers() if isinstance(item, QTimer) and item.isActive()]
    return [*windows, *timers]


def is_tooltip(widget: QWidget) -> bool:
    """Qt keeps its own tooltip for the next time."""
    return widget.metaObject().className() == "QTipLabel"
