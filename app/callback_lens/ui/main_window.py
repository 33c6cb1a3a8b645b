"""The window: list, tree, detail."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.payload.findings import Severity
from callback_lens.payload.limits import Limits
from callback_lens.payload.unpack import visible
from callback_lens.ui.actions.timeline_menu import TIMELINE
from callback_lens.ui.capture_parts import CaptureParts
from callback_lens.ui.commands import Commands, Parts
from callback_lens.ui.entries import Entry
from callback_lens.ui.later_pane import LaterPane
from callback_lens.ui.list.entry_list import EntryList
from callback_lens.ui.list.rows import file_name, row_of
from callback_lens.ui.live.capturing import Capturing
from callback_lens.ui.live.closing import may_close
from callback_lens.ui.live.notices import counted
from callback_lens.ui.menus import Menus
from callback_lens.ui.messages import MessageBar, Messages
from callback_lens.ui.opening import Opened, Opening
from callback_lens.ui.overview.overview import Overview
from callback_lens.ui.progress import ReadingLine
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.style import style_sheet
from callback_lens.ui.theme import LARGEST_ICON, line_height
from callback_lens.ui.tree.tree_pane import TreePane

if TYPE_CHECKING:
    from callback_lens.ui.timeline.timeline_pane import TimelinePane
    from callback_lens.ui.timeline.timeline_view import TimelineView

TITLE = "Callback Lens"
SIZE = (1280, 800)
LIST, TREE, DETAIL = 335, 405, 540  # pixels of the three parts at that size
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

    def __init__(
        self, session: Session, messages: Messages, selection: Selection, capturing: Capturing, log: Path
    ) -> None:
        super().__init__()
        self._session = session
        self.selection = selection
        self.capturing = capturing
        self._is_painted = False
        self.opening = Opening(session, Limits(), self)
        self.entries = EntryList(session, selection, capturing.store, self)
        self.live = CaptureParts(session, capturing, self.entries, self.opening, self)
        self.tree = TreePane(session, selection, self)
        self.tabs = QTabWidget(self)
        self.overview = Overview(session, selection, self)
        later = (LaterPane(make, self) for make in (self._make_source, self._make_raw, self._make_request))
        self.panes: tuple[QWidget, ...] = (self.overview, *later)
        self.splitter, self.parts = QSplitter(self), QSplitter(self)
        self.right = QStackedWidget(self)
        self.first_steps = LaterPane(self._make_first_steps, self)
        self.message_bar = MessageBar(session, messages, self)
        parts = Parts(self.opening, self.entries, self.tree, self.tabs, self.overview, selection, log)
        self.commands = Commands(session, parts, self)
        self._arrange()
        self.menus = Menus(session, self)
        self.live.offer_samples(self.menus.menus["send-sample"])
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
        with self._session.background.paused(), self.capturing.store.paused():
            is_done = super().event(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self._watch_captures)
        return is_done

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.commands.take(event.mimeData()):
            event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not may_close(self._session, self.capturing.listening, self.close, self):
            event.ignore()
            return
        self.live.notices.close()
        preferences = self._session.preferences
        for name, state in self._states().items():
            preferences.keep_window_state(name, state)
        self.opening.cancel()
        super().closeEvent(event)

    def _make_first_steps(self, parent: QWidget) -> QWidget:
        steps = self.live.make_first_steps(parent)
        steps.paste_wanted.connect(self.commands.paste)
        steps.open_wanted.connect(self.commands.open_files)
        return steps

    def _make_source(self, parent: QWidget) -> QWidget:
        from callback_lens.ui.source.source_pane import SourcePane

        return SourcePane(self._session, self.selection, parent)

    def _make_raw(self, parent: QWidget) -> QWidget:
        from callback_lens.ui.source.raw_pane import RawPane

        return RawPane(self._session, self.selection, parent)

    def _make_request(self, parent: QWidget) -> QWidget:
        from callback_lens.ui.source.request_pane import RequestPane

        pane = RequestPane(self._session, self.selection, parent, self.capturing.store)
        pane.capture_wanted.connect(self.entries.show_capture)
        pane.replay_wanted.connect(lambda capture_id: self.live.replay([capture_id]))
        return pane

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
        layout.addWidget(self.live.bar)
        layout.addWidget(self.entries, 1)
        for line in (*self.live.lines, ReadingLine(self._session, self.opening, left)):
            layout.addWidget(line)
        parts: dict[QWidget, int] = {self.tree: TREE, self.tabs: DETAIL}
        self.right.addWidget(self.parts)
        self.right.addWidget(self.first_steps)
        for splitter, shares in ((self.splitter, {left: LIST, self.right: TREE + DETAIL}), (self.parts, parts)):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
            for index, (part, share) in enumerate(shares.items()):
                splitter.addWidget(part)
                splitter.setStretchFactor(index, share)
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
        self.entries.unread_changed.connect(self._name)
        for changed in (self.selection.entry_changed, self.entries.emptiness_changed, self.opening.progressed):
            changed.connect(self._offer_first_steps)
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

    def _watch_captures(self) -> None:
        self.capturing.store.watch()
        self._offer_first_steps()

    def _offer_first_steps(self, _changed: object = None) -> None:
        """In place of a tree and a detail that have nothing to show; not made before the window is seen."""
        is_idle = self.selection.entry is None and self.entries.is_empty and not self.opening.is_reading
        is_wanted = self._is_painted and is_idle
        self.right.setCurrentWidget(self.first_steps if is_wanted else self.parts)

    def _name(self, _changed: object = None) -> None:
        entry = self.selection.entry
        title = TITLE
        if entry is not None:
            row = row_of(entry)
            title = " · ".join(filter(None, (row.tag, file_name(entry)))) + f" – {TITLE}"
        self.setWindowTitle(counted(title, self.entries.unread))

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
            "list": self.splitter.saveState(),
            "parts": self.parts.saveState(),
            "columns": self.entries.state(),
            "tree": self.tree.state(),
            "tab": tab,
        }

    def _restore(self) -> None:
        kept = {
            name: self._session.preferences.window_state(name)
            for name in ("geometry", "list", "parts", "columns", "tree", "tab")
        }
        self.resize(*SIZE)
        self.splitter.setSizes((LIST, TREE + DETAIL))
        self.parts.setSizes((TREE, DETAIL))
        if kept["geometry"]:
            self.restoreGeometry(kept["geometry"])
        for name, splitter in (("list", self.splitter), ("parts", self.parts)):
            if kept[name]:
                splitter.restoreState(kept[name])
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
        self.setWindowIcon(theme.icon("app", size=LARGEST_ICON))
        size = line_height()
        self.tabs.setIconSize(QSize(size, size))
        for index, (_title, icon) in enumerate(TABS):
            self.tabs.setTabIcon(index, theme.icon(icon, "muted"))
        self.setStyleSheet(style_sheet(theme))
