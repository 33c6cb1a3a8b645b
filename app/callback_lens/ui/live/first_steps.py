"""What the window shows while it has nothing to show: three ways to begin."""

from dataclasses import asdict
from enum import IntEnum

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, ROOMY, TIGHT, WIDE, line_height
from callback_lens.ui.widgets.button import Button
from callback_lens.ui.widgets.card import Card
from callback_lens.ui.widgets.elided_label import ElidedLabel
from callback_lens.ui.widgets.icon_label import IconLabel
from callback_lens.ui.widgets.label import Heading, Label

ICON = 28  # pixels beside text of the usual size
WIDEST, BESIDE = 54, 38  # heights of a line: how wide the page gets, and from where on its cards stand side by side
DOWN, ACROSS = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
BUTTON_STYLE = """
QToolButton { background: %(selection)s; color: %(text)s; border: 1px solid %(selection)s; border-radius: 4px;
    padding: 5px 14px; }
QToolButton:hover { border-color: %(accent)s; }
QToolButton:pressed { background: %(base)s; }
QToolButton:disabled { background: %(raised)s; color: %(muted)s; border-color: %(border)s; }
"""
CARDS = (  # icon, title, what comes of it, what the button says
    (
        "transcript",
        Message("Look at a sample"),
        Message("A finished speech job: transcript, timeline, findings."),
        Message("Open the sample"),
    ),
    (
        "listen",
        Message("Receive a callback"),
        Message("Start listening and send yourself one, the way CI would."),
        Message("Start listening"),
    ),
    (
        "paste",
        Message("Paste your own"),
        Message("Copy a callback from a log or a console, XML or JSON."),
        Message("Paste"),
    ),
)
LISTENING = Message("Listening at {url}")
STEPS = (  # to be done, and done
    (Message("Start listening"), LISTENING),
    (Message("Send a sample"), Message("A sample was sent")),
    (Message("See it arrive"), Message("It arrived")),
)
DONE, UNDER_WAY, TO_COME = ("success", "success"), ("waiting", "info"), ("to-do", "muted")


class Step(IntEnum):
    """How far one is with sending oneself a callback; the number is how many of ``STEPS`` are done."""

    STARTING = 0
    LISTENING = 1
    SENT = 2
    ARRIVED = 3


class FirstSteps(QScrollArea):
    """Cards side by side where there is room, otherwise one below the other; files can be dropped on the window."""

    sample_wanted = Signal()
    listen_wanted = Signal()
    paste_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        page = QWidget(self)
        self.sample, self.listen, self.paste = self._cards = [StepCard(session, *card, page) for card in CARDS]
        self.open = Button(session, Message("Open files…"), "open", page)
        self._progress = Progress(session, page)
        self._row = QBoxLayout(ACROSS)
        self._arrange(page)
        self.setFocusProxy(self.sample.button)
        for button, wanted in (
            (self.sample.button, self.sample_wanted),
            (self.listen.button, self.listen_wanted),
            (self.paste.button, self.paste_wanted),
            (self.open, self.open_wanted),
        ):
            button.clicked.connect(lambda _=False, wanted=wanted: wanted.emit())
        session.theme_changed.connect(self._fit)
        session.language_changed.connect(self._speak)
        self._speak()

    def show_progress(self, step: Step | None, url: str = "") -> None:
        """Show how far sending oneself a callback is; None where nobody is about it, or it failed.

        ``url`` is where the listener listens, its token masked.
        """
        self.listen.button.setEnabled(step in (None, Step.ARRIVED))
        self._progress.show_step(step, url)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _arrange(self, page: QWidget) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self._body = QWidget(page)
        sides = QHBoxLayout(page)
        sides.setContentsMargins(ROOMY, ROOMY, ROOMY, ROOMY)
        sides.addStretch(1)
        sides.addWidget(self._body, 1000)
        sides.addStretch(1)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(2)
        column.addWidget(Heading(self._session, Message("See what your callbacks say"), page, 1.7, wraps=True))
        column.addWidget(Label(self._session, Message("Three ways to begin:"), page, "muted", wraps=True))
        column.addSpacing(ROOMY)
        self._row.setSpacing(WIDE)
        for card in self._cards:
            self._row.addWidget(card, 1)
        column.addLayout(self._row)
        column.addSpacing(GAP)
        column.addWidget(self._progress)
        column.addSpacing(ROOMY)
        column.addLayout(self._drop_hint(page))
        column.addStretch(3)
        self.setWidget(page)

    def _drop_hint(self, page: QWidget) -> QBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.open)
        words = Message("or drop files and folders anywhere in this window")
        line.addWidget(Label(self._session, words, page, "muted", wraps=True), 1)
        return line

    def _speak(self) -> None:
        self.setAccessibleName(self._session.say(Message("First steps")))

    def _fit(self) -> None:
        """Lay the page out for its width and the size of the text."""
        self._body.setMaximumWidth(WIDEST * line_height())
        is_wide = self.viewport().width() >= BESIDE * line_height()
        self._row.setDirection(ACROSS if is_wide else DOWN)
        self._progress.line.setDirection(ACROSS if is_wide else DOWN)
        for card in self._cards:
            card.box.setDirection(DOWN if is_wide else ACROSS)


class StepCard(Card):
    """Something to do: what it is, what comes of it, and a button, which a click anywhere on the card stands for."""

    def __init__(
        self, session: Session, icon: str, title: Message, line: Message, action: Message, parent: QWidget
    ) -> None:
        super().__init__(session, parent)
        self.button = StepButton(session, action, parent=self)
        self.column.setContentsMargins(ROOMY, ROOMY, ROOMY, ROOMY)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.box = QBoxLayout(DOWN)
        self.box.setSpacing(WIDE)
        self.box.addWidget(IconLabel(session, icon, "accent", ICON, self), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(TIGHT)
        words.addWidget(Heading(session, title, self, 1.15, wraps=True))
        words.addWidget(Label(session, line, self, "muted", wraps=True))
        words.addStretch(1)
        words.addSpacing(GAP)
        words.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addLayout(words, 1)
        self.column.addLayout(self.box, 1)

    def enterEvent(self, _event: QEnterEvent) -> None:
        self._frame("accent")

    def leaveEvent(self, _event: QEvent) -> None:
        self._frame("border")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # only who takes it hears of the release

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.button.click()

    def _frame(self, edge: str) -> None:
        self._edge = edge
        self.update()


class StepButton(Button):
    """Larger and calmer than others."""

    def _draw(self) -> None:
        super()._draw()
        self.setStyleSheet(BUTTON_STYLE % asdict(self._session.theme.colors))


class Progress(QWidget):
    """What is done of ``STEPS``, what is under way, what is to come; its place is kept while there is nothing."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.line = QBoxLayout(ACROSS, self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(WIDE)
        self._steps = [(IconLabel(session, *TO_COME, parent=self), ElidedLabel(session, "", self)) for _ in STEPS]
        for icon, words in self._steps:
            step = QHBoxLayout()
            step.setSpacing(TIGHT)
            step.addWidget(icon)
            step.addWidget(words, 1)
            self.line.addLayout(step, 1)
        self.hide()

    def show_step(self, step: Step | None, url: str) -> None:
        """Show that ``step`` is reached; nothing for None."""
        for number, ((icon, words), (to_do, done)) in enumerate(zip(self._steps, STEPS, strict=True)):
            is_done, is_next = step is not None and number < step, number == step
            icon.change(*(DONE if is_done else UNDER_WAY if is_next else TO_COME))
            words.change(Message(done.id, {"url": url}) if is_done else to_do)
        self.setVisible(step is not None)
