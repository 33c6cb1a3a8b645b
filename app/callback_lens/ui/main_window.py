"""The window: list, tree, detail."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QTabWidget, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.payload.findings import Severity
from callback_lens.payload.limits import Limits
from callback_lens.payload.unpack import visible
from callback_lens.ui.actions.timeline_menu import TIMELINE
from callback_lens.ui.commands import Commands, Parts
from callback_lens.ui.entries import Entry
from callback_lens.ui.later_pane import LaterPane
from callback_lens.ui.list.entry_list import EntryList
from callback_lens.ui.list.rows import file_name, row_of
from callback_lens.ui.menus import Menus
from callback_lens.ui.messages import MessageBar, Messages
from callback_lens.ui.opening import Opened, Opening
from callback_lens.ui.overview.overview import Overview
from callback_lens.ui.progress import ReadingLine
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.style import style_sheet
from callback_lens.ui.theme import line_height
from callback_lens.ui.tree.tree_pane import TreePane

if TYPE_CHECKING:
    from callback_lens.ui.timeline.timeline_pane import TimelinePane
    from callback_lens.ui.timeline.timeline_view import TimelineView

TITLE = "Callback Lens"
SIZE = (1280, 800)
SHARES = (335, 405, 540)  # pixels of the three parts at that size
TABS = (
    (Message("Overview"), "overview"),
    (Message("Source"), "source"),
    (Message("Raw"), "raw"),
    (Message("Request"), "request"),
)
NO_RECENT = Message("Nothing was opened yet")


class MainWindow(QMainWindow):
    """Everything in one place; ``log`` is the file whose end a fault report quotes.

    The actions find what they call from here, by name.
    """

    def __init__(self, session: Session, messages: Messages, selection: Selection, log: Path) -> None:
        super().__init__()
        self._session = session
        self.selection = selection
        self.opening = Opening(session, Limits(), self)
        self.entries = EntryList(session, selection, self)
        self.tree = TreePane(session, selection, self)
        self.tabs = QTabWidget(self)
        self.overview = Overview(session, selection, self)
        later = (LaterPane(make, self) for make in (self._make_source, self._make_raw, self._make_request))
        self.panes: tuple[QWidget, ...] = (self.overview, *later)
        self.splitter = QSplitter(self)
        self.message_bar = MessageBar(session, messages, self)
        parts = Parts(self.opening, self.entries, self.tree, self.tabs, self.overview, selection, log)
        self.commands = Commands(session, parts, self)
        self._arrange()
        self.menus = Menus(session, self)
        self._connect()
        self._restore()
        self._offer_timeline()
        self._say()
        self._draw()
        self.entries.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def timeline_pane(self) -> "TimelinePane | None":
        """The timeline of the Overview, if that is shown and has one."""
        return self.overview.timeline_pane if self.tabs.currentWidget() is self.overview else None

    @property
    def timeline(self) -> "TimelineView | None":
        """What of it is drawn, and answers keys."""
        return self.timeline_pane.view if self.timeline_pane is not None else None

    def show_tab(self, index: int) -> None:
        """Show a tab of the detail, counted from 0."""
        self.tabs.setCurrentIndex(index)
        self.commands.focus_tab()

    def event(self, event: QEvent) -> bool:
        """Painting goes before work in the background."""
        if event.type() is not QEvent.Type.UpdateRequest:
            return super().event(event)
        with self._session.background.paused():
            return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.commands.take(event.mimeData()):
            event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        preferences = self._session.preferences
        for name, state in self._states().items():
            preferences.keep_window_state(name, state)
        self.opening.cancel()
        super().closeEvent(event)

    def _make_source(self, parent: QWidget) -> QWidget:
        from callback_lens.ui.source.source_pane import SourcePane

        return SourcePane(self._session, self.selection, parent)

    def _make_raw(self, parent: QWidget) -> QWidget:
        from callback_lens.ui.source.raw_pane import RawPane

        return RawPane(self._session, self.selection, parent)

    def _make_request(self, parent: QWidget) -> QWidget:
        from callback_lens.ui.source.request_pane import RequestPane

        return RequestPane(self._session, self.selection, parent)

    def _arrange(self) -> None:
        self.setAcceptDrops(True)
        for pane in self.panes:
            self.tabs.addTab(pane, "")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        left = QWidget(self)
        layout = QVBoxLayout(left)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.entries, 1)
        layout.addWidget(ReadingLine(self._session, self.opening, left))
        for part in (left, self.tree, self.tabs):
            self.splitter.addWidget(part)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        for index, share in enumerate(SHARES):
            self.splitter.setStretchFactor(index, share)
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(self.message_bar)
        self.setCentralWidget(body)

    def _connect(self) -> None:
        self.opening.arrived.connect(self._add)
        self.opening.opened.connect(self._take)
        self.opening.progressed.connect(lambda _: self.overview.prepare())
        self.selection.entry_changed.connect(self._entry_changed)
        for changed in (self.selection.entry_changed, self.selection.job_changed, self.tabs.currentChanged):
            changed.connect(self._offer_timeline)
        self.overview.built.connect(self._offer_timeline)
        self.message_bar.details_wanted.connect(self.commands.show_report)
        self.menus.menus["recent"].aboutToShow.connect(self._fill_recent)
        self._session.language_changed.connect(self._say)
        self._session.theme_changed.connect(self._draw)

    def _add(self, arrived: Opened) -> None:
        self.entries.add(arrived.entries, select=arrived.is_newest)
        if self.entries.filter_box.hasFocus():
            self.entries.focus_rows()
        self._watch()

    def _take(self, opened: Opened) -> None:
        if opened.replaces:
            self.entries.replace(opened.replaces, opened.entries)
            name = {"name": visible(Path(opened.replaces).name)}
            self._session.messages.tell(Message("{name} was read again", name))
            self._watch()
        else:
            self._tell_faults(opened)

    def _tell_faults(self, opened: Opened) -> None:
        errors = [entry.error for entry in opened.entries if entry.error]
        if len(errors) == 1:
            self._session.messages.report(errors[0])
        elif errors:
            counts = {"count": len(errors), "total": len(opened.entries)}
            message = Message("{count} of {total} payloads could not be read; the list says which", counts)
            self._session.messages.tell(message, Severity.ERROR)

    def _watch(self) -> None:
        self.opening.watch(list(dict.fromkeys(entry.name for entry in self.entries.model.entries)))

    def _entry_changed(self, entry: Entry | None) -> None:
        self.opening.forget_choice()
        QTimer.singleShot(0, self, self._name)  # after what was posted before: the panes are painted
        self.menus.actions["reload"].setEnabled(entry is not None)
        self.menus.actions["close"].setEnabled(entry is not None)

    def _offer_timeline(self) -> None:
        self.menus.enable(TIMELINE, self.timeline_pane is not None)

    def _name(self) -> None:
        entry = self.selection.entry
        if entry is None:
            self.setWindowTitle(TITLE)
            self.setWindowFilePath("")
        else:
            row = row_of(entry)
            self.setWindowTitle(" · ".join(filter(None, (row.tag, file_name(entry)))) + f" – {TITLE}")

    def _fill_recent(self) -> None:
        menu = self.menus.menus["recent"]
        menu.clear()
        for name in self._session.preferences.settings.recent:
            action = QAction(visible(name).replace("&", "&&"), menu)
            action.triggered.connect(lambda _=False, name=name: self.commands.open_recent(name))
            menu.addAction(action)
        if menu.isEmpty():
            menu.addAction(self._session.say(NO_RECENT)).setEnabled(False)

    def _states(self) -> dict[str, QByteArray]:
        tab = QByteArray(str(self.tabs.currentIndex()).encode())
        return {
            "geometry": self.saveGeometry(),
            "splitter": self.splitter.saveState(),
            "columns": self.entries.state(),
            "tree": self.tree.state(),
            "tab": tab,
        }

    def _restore(self) -> None:
        kept = {
            name: self._session.preferences.window_state(name)
            for name in ("geometry", "splitter", "columns", "tree", "tab")
        }
        self.resize(*SIZE)
        self.splitter.setSizes(SHARES)
        if kept["geometry"]:
            self.restoreGeometry(kept["geometry"])
        if kept["splitter"]:
            self.splitter.restoreState(kept["splitter"])
        if kept["columns"]:
            self.entries.restore(kept["columns"])
        if kept["tree"]:
            self.tree.restore(kept["tree"])
        tab = bytes(kept["tab"].data())
        self.tabs.setCurrentIndex(int(tab) if tab.isdigit() and int(tab) < len(TABS) else 0)

    def _say(self) -> None:
        for index, (title, _icon) in enumerate(TABS):
            self.tabs.setTabText(index, self._session.say(title))
        self.tabs.setAccessibleName(self._session.say(Message("Detail")))
        self.tabs.tabBar().setAccessibleName(self._session.say(Message("Parts of the detail")))
        self._entry_changed(self.selection.entry)

    def _draw(self) -> None:
        theme = self._session.theme
        self.setWindowIcon(theme.icon("app"))
        size = line_height()
        self.tabs.setIconSize(QSize(size, size))
        for index, (_title, icon) in enumerate(TABS):
            self.tabs.setTabIcon(index, theme.icon(icon, "muted"))
        self.setStyleSheet(style_sheet(theme))
