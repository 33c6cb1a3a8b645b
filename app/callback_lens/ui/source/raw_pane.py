"""The Raw tab: the exact bytes, as text or as a hex dump."""

from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.payload.units import byte_size
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.source.fault_bar import FaultBar
from callback_lens.ui.source.raw_text import ENCODINGS, RawText, fault_offset, raw_rows, read_text
from callback_lens.ui.text.hex_rows import HexRows
from callback_lens.ui.text.raw_rows import RawRows
from callback_lens.ui.text.rows import Place
from callback_lens.ui.text.text_page import TextPage
from callback_lens.ui.theme import GAP, TIGHT, WIDE
from callback_lens.ui.widgets.elided_label import ElidedLabel
from callback_lens.ui.widgets.flow_layout import FlowLayout

NOTHING_OPEN = Message("Open a payload to see its bytes here.")
NO_BYTES = Message("There are no bytes to show: {reason}.")
PREPARING = Message("Reading…")
TEXT, HEX = 0, 1


class RawPane(QWidget):
    """Prepared when it is seen; the place of a parse error is marked, with the message above."""

    def __init__(self, session: Session, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self._is_stale = True
        self._raw: RawText | None = None
        self._fault: Place | None = None
        self._cells = 0
        self.form = QComboBox(self)
        self.encoding = QComboBox(self)
        self.wrap = QCheckBox(self)
        self.wrap.setChecked(True)
        self.facts = ElidedLabel(session, "", self, "muted")
        self.fault = FaultBar(session, self)
        self.page = TextPage(session, "raw", self)
        self._fill()
        self._lay_out()
        self._speak()
        self._connect()
        self._forget()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._prepare()

    def go_to_fault(self) -> None:
        """Scroll to the place of the parse error in the text."""
        if self.form.currentIndex() == HEX:
            self.form.setCurrentIndex(TEXT)
        elif self._fault is not None:
            self.page.view.go_to(self._fault)

    def _fill(self) -> None:
        for chooser in (self.form, self.encoding):
            chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            chooser.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for words in ("", ""):
            self.form.addItem(words)
        self.encoding.addItem("", None)
        for name in ENCODINGS:
            self.encoding.addItem(name.upper(), name)

    def _lay_out(self) -> None:
        bar = FlowLayout(WIDE)
        bar.setContentsMargins(GAP, TIGHT, WIDE, TIGHT)
        for widget in (self.form, self.encoding, self.wrap, self.facts):
            bar.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.fault)
        column.addWidget(self.page, 1)
        self.setFocusProxy(self.page)

    def _connect(self) -> None:
        self.form.currentIndexChanged.connect(self._prepare)
        self.encoding.currentIndexChanged.connect(self._prepare)
        self.wrap.toggled.connect(self._arrange)
        self.page.view.resized.connect(self._rewrap)
        self.fault.wanted.connect(self.go_to_fault)
        self._selection.entry_changed.connect(self._forget)
        self._session.language_changed.connect(self._speak)

    def _forget(self, _entry: object = None) -> None:
        self._session.background.cancel(self)
        self._raw, self._fault, self._is_stale = None, None, True
        self.page.show_notice(PREPARING)
        self.facts.change("")
        self.fault.show_error(self._selection.entry.error if self._selection.entry else None)
        if self.isVisible():
            self._prepare()

    def _prepare(self) -> None:
        self._is_stale = False
        entry = self._selection.entry
        if entry is None or entry.given is None:
            reason = entry.error.message if entry and entry.error else ""
            self.page.show_notice(Message(NO_BYTES.id, {"reason": reason}) if entry else NOTHING_OPEN)
            return
        work = partial(read_text, entry, entry.given, self.encoding.currentData())
        self._session.background.run(lambda job: work(job.check), self._decoded, self)

    def _decoded(self, raw: RawText) -> None:
        self._raw = raw
        self._arrange()
        self._describe()

    def _rewrap(self) -> None:
        if self._cells and self._cells != self._fitting_cells():
            self._arrange()

    def _fitting_cells(self) -> int:
        return self.page.view.cells_beside(len(str(len(self._raw.lines)))) if self._raw else 0

    def _arrange(self) -> None:
        entry, raw = self._selection.entry, self._raw
        if raw is None or entry is None or entry.given is None:
            return
        is_text = self.form.currentIndex() == TEXT
        self.wrap.setVisible(is_text)
        self.page.make_room()
        self._cells = self._fitting_cells() if is_text and self.wrap.isChecked() else 0
        if is_text:
            work = partial(raw_rows, raw, self._cells or None)
            self._session.background.run(lambda job: work(job.check), self._show_text, self)
        else:
            self._fault = None
            self.page.show_rows(HexRows(entry.given.content, raw.encoding))

    def _show_text(self, rows: RawRows) -> None:
        view, before = self.page.view, self.page.view.rows
        offsets = []
        if isinstance(before, RawRows) and before.text is rows.text:
            offsets = [before.offset(place) for place in (view.caret, view.top)]
        self.page.show_rows(rows)
        self._mark_fault(rows)
        if offsets:
            view.go_to(rows.place(offsets[0]))
            view.scroll_to_row(rows.place(offsets[1]).row)
        else:
            view.go_to(self._fault or rows.place(self._raw.document if self._raw else 0))

    def _mark_fault(self, rows: RawRows) -> None:
        entry = self._selection.entry
        offset = fault_offset(entry, entry.given, rows) if entry and entry.given else None
        self._fault = None if offset is None else rows.place(offset)
        if self._fault is not None:
            self.page.view.mark(self._fault.row, self._fault.row)
            self.page.view.show_fault(self._fault)

    def _describe(self) -> None:
        entry = self._selection.entry
        if entry is None or entry.given is None or self._raw is None:
            return
        size = len(entry.given.content)
        facts = {
            "size": byte_size(size),
            "bytes": f"{size:,}",
            "lines": f"{len(self._raw.lines):,}",
            "encoding": self._raw.encoding.upper(),
        }
        self.facts.change(Message("{size} · lines: {lines} · {encoding}", facts))
        self.facts.explain(Message("{size} ({bytes} bytes) · lines: {lines} · {encoding}", facts))

    def _speak(self) -> None:
        say = self._session.say
        self.form.setItemText(TEXT, say(Message("Text")))
        self.form.setItemText(HEX, say(Message("Hex")))
        self.encoding.setItemText(0, say(Message("Detected encoding")))
        self.wrap.setText(say(Message("Wrap lines")))
        for chooser in (self.form, self.encoding):
            chooser.updateGeometry()  # new words change its width, but by themselves not the layout
        self.form.setAccessibleName(say(Message("Text or hex dump")))
        self.encoding.setAccessibleName(say(Message("Encoding")))
        self.wrap.setAccessibleName(say(Message("Wrap lines")))
        self.page.view.setAccessibleName(say(Message("The bytes as they came")))
