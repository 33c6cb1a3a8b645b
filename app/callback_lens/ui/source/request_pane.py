"""The Request tab: the HTTP message the payload was saved as."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCheckBox, QHeaderView, QStackedWidget, QTableView, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.payload.http_message import HttpMessage
from callback_lens.payload.masking import masked
from callback_lens.payload.units import byte_size
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.source.header_model import NAME, VALUE, HeaderModel
from callback_lens.ui.text.placeholder import Placeholder
from callback_lens.ui.theme import GAP, TIGHT, WIDE, mono_font
from callback_lens.ui.widgets.button import Button
from callback_lens.ui.widgets.card import Card
from callback_lens.ui.widgets.elided_label import ElidedLabel
from callback_lens.ui.widgets.flow_layout import FlowLayout
from callback_lens.ui.widgets.focus_delegate import FocusDelegate
from callback_lens.ui.widgets.label import Label
from callback_lens.ui.widgets.row_tables import show_as_rows

NOTHING_OPEN = Message("Open a payload to see the request it came with here.")
NOT_SAVED = Message(
    "This payload was not saved as an HTTP message, so there is nothing to tell of its request. "
    "Save the request line, the headers, an empty line and the body in one file, and open that."
)
ROW_PADDING = 10
FIRST_WIDTH = 220


class RequestPane(QWidget):
    """Start line, headers and size of the body; copied as they are shown: masked unless secrets are."""

    def __init__(self, session: Session, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self.start_line = Label(session, "", self, selectable=True, wraps=True)
        self.body = ElidedLabel(session, "", self, "muted")
        self.secrets = QCheckBox(self)
        self.copier = Button(session, Message("Copy all headers"), "copy", self)
        self.model = HeaderModel(session, self)
        self.headers = QTableView(self)
        self.notice = Placeholder(session, "request", self)
        self._stack = QStackedWidget(self)
        self._set_up_table()
        self._lay_out()
        self._connect()
        self._speak()
        self._follow()

    def copy(self, rows: list[int]) -> None:
        """Copy the headers in ``rows`` as lines."""
        lines = [f"{self.model.text(row, NAME)}: {self.model.text(row, VALUE)}" for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        keys = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if not (event.type() in keys and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy)):
            return super().eventFilter(watched, event)
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            self.copy(sorted(index.row() for index in self.headers.selectionModel().selectedRows()))
        return True

    def _set_up_table(self) -> None:
        table = self.headers
        table.setModel(self.model)
        table.setItemDelegate(FocusDelegate(self._session, table))
        show_as_rows(table)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + ROW_PADDING)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        table.setColumnWidth(NAME, FIRST_WIDTH)
        table.installEventFilter(self)

    def _lay_out(self) -> None:
        self.start_line.setFont(mono_font())
        tools = FlowLayout(WIDE)
        for widget in (self.body, self.secrets, self.copier):
            tools.addWidget(widget)
        card = Card(self._session, self)
        card.column.setContentsMargins(TIGHT, GAP, TIGHT, GAP)
        card.column.addWidget(self.headers)
        message = QWidget(self)
        column = QVBoxLayout(message)
        column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        column.setSpacing(GAP)
        column.addWidget(self.start_line)
        column.addLayout(tools)
        column.addWidget(card, 1)
        self._stack.addWidget(self.notice)
        self._stack.addWidget(message)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        self.secrets.toggled.connect(self._follow)
        self.copier.clicked.connect(lambda: self.copy(list(range(self.model.rowCount()))))
        self._selection.entry_changed.connect(self._follow)
        self._session.language_changed.connect(self._speak)

    def _follow(self, _changed: object = None) -> None:
        entry = self._selection.entry
        request = entry.given.request if entry and entry.given else None
        self._stack.setCurrentIndex(1 if request else 0)
        if request is None:
            self.notice.change(NOT_SAVED if entry else NOTHING_OPEN)
            self.model.show_headers((), False)
        else:
            self._show(request)

    def _show(self, request: HttpMessage) -> None:
        shows_secrets = self.secrets.isChecked()
        self.start_line.change(request.start_line if shows_secrets else masked("", request.start_line))
        size = {"size": byte_size(len(request.body)), "bytes": f"{len(request.body):,}", "count": len(request.headers)}
        self.body.change(Message("Headers: {count} · body: {size} ({bytes} bytes)", size))
        self.model.show_headers(request.headers, shows_secrets)
        self.headers.setColumnWidth(NAME, min(self.headers.sizeHintForColumn(NAME) + WIDE, FIRST_WIDTH))

    def _speak(self) -> None:
        say = self._session.say
        self.secrets.setText(say(Message("Show secrets")))
        self.secrets.setAccessibleName(say(Message("Show secrets")))
        self.secrets.setToolTip(
            say(Message("Signatures, tokens and passwords are masked, here and in copies, until then"))
        )
        self.headers.setAccessibleName(say(Message("Headers")))
        self.model.retranslate()
