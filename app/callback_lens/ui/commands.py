"""What the actions do that is no widget's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFileDialog, QMainWindow, QTabWidget, QWidget

from callback_lens.errors import Message
from callback_lens.payload.findings import Severity
from callback_lens.ui.list.entry_list import EntryList
from callback_lens.ui.opening import Opening
from callback_lens.ui.overview.overview import Overview
from callback_lens.ui.preferences import ZOOMS
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.tree.tree_pane import TreePane

if TYPE_CHECKING:
    from callback_lens.ui.text.find_bar import FindBar
    from callback_lens.ui.timeline.transcript_search import TranscriptSearch

PASTED = Message("pasted text {number}")


@dataclass(frozen=True, slots=True)
class Parts:
    """What commands act upon; ``log`` is the file whose end a fault report quotes."""

    opening: Opening
    entries: EntryList
    tree: TreePane
    tabs: QTabWidget
    overview: Overview
    selection: Selection
    log: Path


class Commands(QObject):
    """Acts on the parts of the window it belongs to."""

    def __init__(self, session: Session, parts: Parts, window: QMainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._parts = parts
        self._window = window
        self._pasted = 0

    def open_files(self) -> None:
        """Ask for files."""
        self._ask(QFileDialog.FileMode.ExistingFiles, Message("Open callbacks"))

    def open_folder(self) -> None:
        """Ask for a folder."""
        self._ask(QFileDialog.FileMode.Directory, Message("Open every callback in a folder"))

    def open_recent(self, name: str) -> None:
        """Open one of the recent files."""
        self._parts.opening.open([name])

    def paste(self) -> None:
        """Open what the clipboard has."""
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self._session.messages.tell(
                Message("The clipboard has neither text nor files"), Severity.WARNING, Message("copy a callback first")
            )

    def take(self, data: QMimeData | None) -> bool:
        """Open what was dropped or pasted: files, otherwise a text; False where it is neither."""
        if data is None:
            return False
        files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if files:
            self._parts.opening.open(files)
        elif data.hasText() and data.text().strip():
            self._pasted += 1
            name = self._session.say(Message(PASTED.id, {"number": self._pasted}))
            self._parts.opening.open_bytes(data.text().encode("utf-8", "surrogatepass"), name)
        else:
            return False
        return True

    def reload(self) -> None:
        """Read the file of the selected row again; what was pasted, or whose file is gone, stays as it was read."""
        entry = self._parts.selection.entry
        if entry is None:
            return
        if Path(entry.name).is_file():
            self._parts.opening.reload(entry.name)
        else:
            message = Message("there is no file {name} to read again; what was read of it stays", {"name": entry.name})
            self._session.messages.tell(message, Severity.WARNING)

    def close(self) -> None:
        """Take the selected rows off the list."""
        self._parts.entries.close_selected()

    def close_all(self) -> None:
        """Take every row off the list; what is being read comes no more."""
        self._parts.opening.cancel()
        self._parts.entries.close_entries(self._parts.entries.model.entries)

    def find(self) -> None:
        """Search the text that has the focus, otherwise the tree."""
        bar = self._find_bar()
        if bar is not None:
            bar.open()
        else:
            self._parts.tree.focus_search()

    def find_next(self) -> None:
        """Go to the next match."""
        self._step(1)

    def find_previous(self) -> None:
        """Go to the match before."""
        self._step(-1)

    def next_part(self) -> None:
        """Give the focus to the list, the tree and the detail in turn."""
        parts: list[QWidget] = [self._parts.entries, self._parts.tree, self._parts.tabs]
        at = next((number for number, part in enumerate(parts) if _has_focus(part)), -1)
        focus = (self._parts.entries.table.setFocus, self._parts.tree.setFocus, self.focus_tab)
        focus[(at + 1) % len(focus)]()

    def focus_tab(self) -> None:
        """Give the focus to what the tab shows."""
        pane = self._parts.tabs.currentWidget()
        views = (view for view in pane.findChildren(QAbstractScrollArea) if view.isVisible())
        next(views, pane).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def zoom(self, step: int) -> None:
        """Text one step larger (1) or smaller (-1), or as it was (0)."""
        at = ZOOMS.index(self._session.preferences.settings.zoom)
        wanted = min(max(at + step, 0), len(ZOOMS) - 1) if step else 0
        self._session.preferences.change(zoom=ZOOMS[wanted])

    def colour_by(self, colouring: str) -> None:
        """Colour the words of timelines by something else."""
        self._session.preferences.change(colouring=colouring)

    def change_tolerance(self, tolerance_ms: int) -> None:
        """Find what differs by more; what is shown is read again, all else when it is opened again."""
        self._session.preferences.change(tolerance_ms=tolerance_ms)
        entry = self._parts.selection.entry
        if entry is not None and Path(entry.name).is_file():
            self._parts.opening.reload(entry.name)

    def change_theme(self, name: str) -> None:
        """Light, dark or as the system."""
        self._session.preferences.change(theme=name)

    def change_language(self, name: str) -> None:
        """Speak English or Chinese."""
        self._session.preferences.change(language=name)

    def go_to_path(self) -> None:
        """Ask for a path."""
        from callback_lens.ui.dialogs.go_to import GoToDialog

        GoToDialog(self._session, self._parts.selection, self._parts.tree, self._window).open()

    def show_keyboard(self) -> None:
        """Say what the keys do."""
        from callback_lens.ui.dialogs.help import KeyboardDialog

        KeyboardDialog(self._session, self._window).open()

    def show_about(self) -> None:
        """Say what this program is."""
        from callback_lens.ui.dialogs.help import AboutDialog

        AboutDialog(self._session, self._window).open()

    def show_report(self, error: BaseException) -> None:
        """Show what to send to whoever can mend a fault."""
        from callback_lens.ui.dialogs.report import ReportDialog

        ReportDialog(self._session, error, self._parts.log, self._parts.selection.entry, self._window).open()

    def _step(self, by: int) -> None:
        bar = self._find_bar()
        if bar is not None:
            bar.step(by)
        elif by > 0:
            self._parts.tree.find_next()
        else:
            self._parts.tree.find_previous()

    def _find_bar(self) -> "FindBar | TranscriptSearch | None":
        """What finds a text in the tab that has the focus, where that has a transcript or is a text."""
        from callback_lens.ui.text.text_page import TextPage

        timeline = self._parts.overview.timeline_pane
        if timeline is not None and _has_focus(self._parts.overview):
            return timeline.search
        pages = self._parts.tabs.findChildren(TextPage) if _has_focus(self._parts.tabs) else []
        return next((page.find_bar for page in pages if page.isVisible()), None)

    def _ask(self, mode: QFileDialog.FileMode, title: Message) -> None:
        dialog = QFileDialog(self._window, self._session.say(title))
        dialog.setFileMode(mode)
        dialog.filesSelected.connect(self._open)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open(self, names: Sequence[str]) -> None:
        self._parts.opening.open(names)


def _has_focus(part: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and (part is focused or part.isAncestorOf(focused))
