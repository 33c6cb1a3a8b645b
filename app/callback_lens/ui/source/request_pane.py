"""The Request tab: the HTTP request that a payload came with, captured or saved, and what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.export.language import Language
from callback_lens.payload.http_message import HttpMessage
from callback_lens.payload.masking import masked_header, masked_target
from callback_lens.payload.units import byte_size
from callback_lens.ui.entries import Entry
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.source.capture_record import (
    Record,
    delivery_rows,
    delivery_summary,
    facts,
    forward_rows,
    read_record,
    start_line,
    trouble,
)
from callback_lens.ui.source.request_files import RequestFiles
from callback_lens.ui.source.request_page import RequestPage
from callback_lens.ui.text.placeholder import Placeholder

if TYPE_CHECKING:  # an empty window starts faster without
    from callback_lens.ui.live.capture_store import CaptureStore

NOTHING_OPEN = Message("Open a payload to see the request it came with here.")
NOT_SAVED = Message(
    "This payload was not saved as an HTTP message, so there is nothing to tell of its request. "
    "Save the request line, the headers, an empty line and the body in one file, and open that."
)


class RequestPane(QWidget):
    """Follows the selection, and while it is visible what changes of a capture; secrets are masked until shown.

    ``capture_wanted`` and ``replay_wanted`` carry the id of a capture: to be shown, to be sent again.
    """

    capture_wanted = Signal(object)
    replay_wanted = Signal(object)

    def __init__(
        self,
        session: Session,
        selection: Selection,
        parent: QWidget | None = None,
        captures: "CaptureStore | None" = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self._captures = captures
        self._record: Record | None = None
        self.page = RequestPage(session, self)
        self.notice = Placeholder(session, "request", self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.notice)
        self._stack.addWidget(self.page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self._connect()
        self._follow(selection.entry)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def _connect(self) -> None:
        page, headers = self.page, self.page.headers
        page.secrets.toggled.connect(self._show)
        page.copy_headers.clicked.connect(lambda: headers.copy(list(range(headers.cells.rowCount()))))
        page.replay.clicked.connect(self._want_replay)
        page.deliveries.chosen.connect(self._choose)
        self._selection.entry_changed.connect(self._follow)
        self._session.language_changed.connect(self._show)
        if self._captures is not None:
            self._captures.changed.connect(self._read)
            self._connect_files(RequestFiles(self._session, self._captures, self))

    def _connect_files(self, files: RequestFiles) -> None:
        page = self.page
        for button, act in (
            (page.copy_curl, lambda record: files.copy_curl(record, page.secrets.isChecked())),
            (page.save_body, lambda record: files.ask_to_save_body(record.capture)),
            (page.save_request, lambda record: files.ask_to_save_request(record, page.secrets.isChecked())),
        ):
            button.clicked.connect(lambda _=False, act=act: self._with_record(act))

    def _with_record(self, act: Callable[[Record], None]) -> None:
        if self._record is not None:
            act(self._record)

    def _want_replay(self) -> None:
        self._with_record(lambda record: self.replay_wanted.emit(record.capture.id))

    def _follow(self, entry: Entry | None) -> None:
        self._record = Record(entry.capture, entry.details) if entry and entry.capture and entry.details else None
        self._show()
        self._read()

    def _read(self) -> None:
        """Look what is known of the capture by now; who cannot see it can wait."""
        if self._captures is not None and self._record is not None and self.isVisible():
            capture_id = self._record.capture.id
            self._captures.run(lambda opened, _: read_record(opened, capture_id), self._take, self)

    def _take(self, record: Record | None) -> None:
        """What was deleted stays as it was read."""
        if record is not None and self._record is not None and record.capture.id == self._record.capture.id:
            self._record = record
            self._show()

    def _show(self, _changed: object = None) -> None:
        entry = self._selection.entry
        request = entry.given.request if entry and entry.given else None
        self._stack.setCurrentWidget(self.page if self._record or request else self.notice)
        for widget in self.page.for_captures:
            widget.setVisible(self._record is not None)
        if self._record is not None:
            self._show_record(self._record)
        elif request is not None:
            self._show_message(request)
        else:
            self.notice.change(NOT_SAVED if entry else NOTHING_OPEN)
            self.page.headers.cells.show_rows(())

    def _show_message(self, request: HttpMessage) -> None:
        shows_secrets = self.page.secrets.isChecked()
        self.page.start_line.change(request.start_line if shows_secrets else _masked_line(request.start_line))
        self.page.show_trouble(None)
        fields = [(name, value if shows_secrets else masked_header(name, value)) for name, value in request.headers]
        self._show_fields(fields, [], len(request.body))
        for card in (self.page.deliveries_card, self.page.forwards_card):
            card.hide()

    def _show_record(self, record: Record) -> None:
        from callback_lens.capture.describing import shown_fields

        page, language = self.page, self._language()
        page.start_line.change(start_line(record.capture, language))
        page.show_trouble(trouble(record.capture))
        fields, trailers = (
            shown_fields(lines, language) for lines in (record.details.headers, record.details.trailers)
        )
        self._show_fields(fields, trailers, record.capture.size)
        page.facts.change(facts(record))
        page.deliveries.cells.show_rows(delivery_rows(record, language))
        page.deliveries_card.setVisible(len(record.deliveries) > 1)
        page.delivery.change(delivery_summary(record))
        page.forwards.cells.show_rows(forward_rows(record, language))
        page.forwards_card.setVisible(bool(record.details.forwards))
        for button in (page.copy_curl, page.save_request):
            button.setEnabled(bool(record.capture.method))
        page.replay.setEnabled(record.capture.is_complete)

    def _show_fields(
        self, fields: Sequence[tuple[str, str]], trailers: Sequence[tuple[str, str]], body_size: int
    ) -> None:
        size = {"size": byte_size(body_size), "bytes": f"{body_size:,}", "count": len(fields)}
        self.page.body.change(Message("Headers: {count} · body: {size} ({bytes} bytes)", size))
        self.page.headers.cells.show_rows(fields)
        self.page.trailers.cells.show_rows(trailers)
        self.page.trailers_card.setVisible(bool(trailers))

    def _language(self) -> Language:
        return replace(self._session.language, hides_secrets=not self.page.secrets.isChecked())

    def _choose(self, row: int) -> None:
        if self._record is not None and self._record.deliveries[row].id != self._record.capture.id:
            self.capture_wanted.emit(self._record.deliveries[row].id)


def _masked_line(start_line: str) -> str:
    return " ".join(map(masked_target, start_line.split(" ")))
