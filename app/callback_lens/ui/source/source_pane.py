"""The Source tab: the payload formatted, a line for each node, in step with the tree."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.payload.document import Document
from callback_lens.payload.formatted import Formatted
from callback_lens.payload.formatted_json import FormattedJson
from callback_lens.payload.formatted_xml import FormattedXml
from callback_lens.payload.json_nodes import JsonNode
from callback_lens.payload.xml_nodes import XmlNode
from callback_lens.ui.background import Job
from callback_lens.ui.selection import NodeSelected, Selection
from callback_lens.ui.session import Session
from callback_lens.ui.text.rows import Place
from callback_lens.ui.text.source_rows import SourceRows
from callback_lens.ui.text.text_page import TextPage

NOTHING_OPEN = Message("Open a payload to see its source here.")
UNREADABLE = Message("This payload could not be parsed, so there is nothing to format. The Raw tab shows its text.")
PREPARING = Message("Formatting…")


class SourcePane(QWidget):
    """Prepared when it is first seen; clicking a line selects its node, selecting a node goes to its line."""

    def __init__(self, session: Session, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self._is_stale = True
        self._source: Formatted | None = None
        self.page = TextPage(session, "source", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.setFocusProxy(self.page)
        self.page.view.row_chosen.connect(self._select)
        selection.entry_changed.connect(self._forget)
        selection.node_changed.connect(self._follow)
        session.language_changed.connect(self._speak)
        self._speak()
        self._forget()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._prepare()

    def _forget(self, _entry: object = None) -> None:
        self._session.background.cancel(self)
        self._source, self._is_stale = None, True
        self.page.show_notice(PREPARING)
        if self.isVisible():
            self._prepare()

    def _prepare(self) -> None:
        self._is_stale = False
        entry = self._selection.entry
        if entry is None or entry.summary is None:
            self.page.show_notice(UNREADABLE if entry else NOTHING_OPEN)
            return
        document = entry.summary.document
        self._session.background.run(lambda job: _rows(document, job), self._show, self)

    def _show(self, rows: SourceRows) -> None:
        self._source = rows.source
        self.page.show_rows(rows)
        self._follow(NodeSelected(self._selection.node, None))

    def _follow(self, selected: NodeSelected) -> None:
        lines = self._source.lines_of(selected.node) if self._source and selected.node else None
        self.page.view.mark(*(lines or (-1, -1)))
        if lines and selected.origin is not self:
            self.page.view.go_to(Place(lines[0], 0))

    def _select(self, row: int) -> None:
        if self._source is not None:
            self._selection.select(self._source.node(row), self)

    def _speak(self) -> None:
        self.page.view.setAccessibleName(self._session.say(Message("Formatted source")))


def _rows(document: Document, job: Job) -> SourceRows:
    rows = SourceRows(_formatted(document, job))
    rows.measure_long_lines(job.check)
    return rows


def _formatted(document: Document, job: Job) -> Formatted:
    root = document.root
    if isinstance(root, XmlNode):
        return FormattedXml(root, job.check)
    if isinstance(root, JsonNode):
        return FormattedJson(root, job.check)
    raise TypeError(type(root))
