"""How the Request tab is laid out: start line, tools, times, headers, deliveries, attempts to send it on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.source.caption_grid import CaptionGrid
from callback_lens.ui.source.capture_record import CAPTIONS, DIGEST
from callback_lens.ui.source.cell_model import CellModel
from callback_lens.ui.source.cell_table import CellTable
from callback_lens.ui.theme import GAP, TIGHT, WIDE, mono_font
from callback_lens.ui.widgets.button import Button
from callback_lens.ui.widgets.card import Card, TitledCard
from callback_lens.ui.widgets.elided_label import ElidedLabel
from callback_lens.ui.widgets.flow_layout import FlowLayout
from callback_lens.ui.widgets.icon_label import IconLabel
from callback_lens.ui.widgets.label import Label

FIELDS = (Message("Header"), Message("Value"))
DELIVERIES = (Message("Arrived"), Message("Later"), Message("Answer"), Message("Delivery"))
FORWARDS = (Message("Time"), Message("Attempt"), Message("Answer"), Message("Address"))
TABS = "\t"


class RequestPage(QScrollArea):
    """The widgets; what they show is put into them by the pane. ``for_captures`` are those that only a capture has."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._page = QWidget(self)
        self._page.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # no wider than the viewport
        self.start_line = Label(session, "", self, selectable=True, wraps=True)
        self.trouble = Label(session, "", self, "error", selectable=True, wraps=True)
        self.body = ElidedLabel(session, "", self, "muted")
        self.secrets = QCheckBox(self)
        self.copy_headers = Button(session, Message("Copy all headers"), "copy", self)
        self.copy_curl = Button(session, Message("Copy as curl"), "copy", self)
        self.save_body = Button(session, Message("Save body…"), "save", self)
        self.save_request = Button(session, Message("Save request…"), "save", self)
        self.replay = Button(session, Message("Send again…"), "reload", self)
        self.facts = CaptionGrid(session, CAPTIONS, (DIGEST,), self)
        self.headers = self._table(FIELDS, Message("Headers"), mono=(1,), between=": ")
        self.trailers = self._table(FIELDS, Message("Trailers"), mono=(1,), between=": ")
        self.delivery = Label(session, "", self, "muted", wraps=True)
        self.deliveries = self._table(DELIVERIES, Message("Deliveries of this job"))
        self.forwards = self._table(FORWARDS, Message("Sent on"), mono=(3,))
        self._lay_out()
        session.language_changed.connect(self._speak)
        session.theme_changed.connect(self._draw)
        self._speak()
        self._draw()

    def _table(
        self, titles: tuple[Message, ...], name: Message, mono: tuple[int, ...] = (), between: str = TABS
    ) -> CellTable:
        return CellTable(self._session, CellModel(self._session, titles, mono), name, between, self)

    def _lay_out(self) -> None:
        self._trouble = self._trouble_line()
        facts, headers = Card(self._session, self._page), Card(self._session, self._page)
        facts.column.addWidget(self.facts)
        headers.column.setContentsMargins(GAP, GAP, GAP, GAP)
        headers.column.addWidget(self.headers)
        self.trailers_card = TitledCard(self._session, Message("Trailers"), self.trailers, self._page)
        self.deliveries_card = self._deliveries_card()
        self.forwards_card = TitledCard(self._session, Message("Sent on"), self.forwards, self._page)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        column.setSpacing(WIDE)
        column.addWidget(self.start_line)
        column.addWidget(self._trouble)
        column.addLayout(self._tools())
        for card in (facts, headers, self.trailers_card, self.deliveries_card, self.forwards_card):
            column.addWidget(card)
        column.addStretch(1)
        self.for_captures = (self.copy_curl, self.save_body, self.save_request, self.replay, facts)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusProxy(self.headers)
        self.setWidget(self._page)

    def show_trouble(self, words: Message | None) -> None:
        """Say what is wrong with the request, if anything is."""
        self.trouble.change(words or "")
        self._trouble.setVisible(words is not None)

    def _trouble_line(self) -> QWidget:
        whole = QWidget(self._page)
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(IconLabel(self._session, "error", "error", parent=whole), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.trouble, 1)
        return whole

    def _tools(self) -> FlowLayout:
        tools = FlowLayout(GAP)
        buttons = (self.copy_headers, self.copy_curl, self.save_body, self.save_request, self.replay)
        for widget in (self.body, self.secrets, *buttons):
            tools.addWidget(widget)
        return tools

    def _deliveries_card(self) -> TitledCard:
        content = QWidget(self._page)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self.delivery.setContentsMargins(TIGHT, 0, TIGHT, 0)
        column.addWidget(self.delivery)
        column.addWidget(self.deliveries)
        return TitledCard(self._session, Message("Deliveries of this job"), content, self._page)

    def _speak(self) -> None:
        say = self._session.say
        self.setAccessibleName(say(Message("Request")))
        self.secrets.setText(say(Message("Show secrets")))
        self.secrets.setAccessibleName(say(Message("Show secrets")))
        self.secrets.setToolTip(
            say(Message("Signatures, tokens and passwords are masked, here and in copies, until then"))
        )

    def _draw(self) -> None:
        self.start_line.setFont(mono_font())
