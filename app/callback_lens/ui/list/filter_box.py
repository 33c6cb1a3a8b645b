"""The box to filter rows by: the store's filter language, completed and explained."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QToolButton, QWidget

from callback_lens.errors import Message, UserError
from callback_lens.ui.models.plain import tooltip
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP

if TYPE_CHECKING:  # an empty window starts faster without
    from callback_lens.store.filters.model import Filter

TYPING_PAUSE = 200  # ms
POPUP_KEYS = frozenset((Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab))
FILTER = Message("Filter rows")
EXAMPLE = Message("Filter rows, such as: tag:Transcode -is:failed")
TIP = Message(
    "Words, and tag: state: job: object: path: header: body: larger: before: after: is:\n"
    "side by side all must fit; OR, NOT or - in front, brackets, quotes; the beginning of a word with *\n"
    "In opened files words are looked for in what the row says and in the file's name, not in the payload."
)


class FilterBox(QLineEdit):
    """``changed`` carries the Filter, or None for an empty box; ``settled`` the same when the user pauses, and
    ``failed`` then what is wrong with it as a UserError, or None. ``left`` says that the user wants to the rows.
    ``seen`` gives the values of a key that are in the list.
    """

    changed = Signal(object)
    settled = Signal(object)
    failed = Signal(object)
    left = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.seen: Callable[[str], Iterable[str]] = lambda _: ()
        self._parsed: Filter | None = None
        self._error: UserError | None = None
        self._icon = QAction(self)
        self.addAction(self._icon, QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._pause.timeout.connect(self._settle)
        self.textChanged.connect(self._parse)
        self.textEdited.connect(self._offer)
        session.language_changed.connect(self._speak)
        session.theme_changed.connect(self._draw)
        self._speak()
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the box; the arrows go to the rows."""
        key = event.key()
        if key in POPUP_KEYS and self._completer and self._popup.isVisible():
            event.ignore()  # the completer takes what we do not
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pause.stop()
            self._settle()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @cached_property
    def _popup(self) -> QListView:
        """Made, with what shows it, when the user begins to type: the program starts faster without."""
        return QListView()

    @cached_property
    def _completer(self) -> QCompleter:
        completer = QCompleter(QStringListModel(self), self)
        completer.setPopup(self._popup)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setWidget(self)
        completer.activated.connect(self._complete)
        return completer

    def event(self, event: QEvent) -> bool:
        """Ctrl+Space offers what fits here."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if is_control and event.key() == Qt.Key.Key_Space:
                self._offer(is_asked=True)
                return True
        return super().event(event)

    def _parse(self, text: str) -> None:
        self._error, before = None, self._parsed
        try:
            self._parsed = parsed(text)
        except UserError as error:
            self._error = error
        if self._parsed != before:
            self.changed.emit(self._parsed)
        self._pause.start()
        if not text:
            self._settle()

    def _settle(self) -> None:
        self._pause.stop()
        self.failed.emit(self._error)
        if self._error is None:
            self.settled.emit(self._parsed)

    def _offer(self, _text: str = "", is_asked: bool = False) -> None:
        from callback_lens.ui.list.filter_words import completions, word_before

        word = word_before(self.text(), self.cursorPosition())
        offered = completions(word, self.seen) if word or is_asked else []
        completer, popup = self._completer, self._popup
        if not offered or offered == [word]:
            popup.hide()
            return
        completer.setModel(QStringListModel(offered, completer))
        completer.setCompletionPrefix("")
        place = self.cursorRect()
        place.setWidth(popup.sizeHintForColumn(0) + popup.verticalScrollBar().sizeHint().width() + GAP)
        completer.complete(place)

    def _complete(self, chosen: str) -> None:
        from callback_lens.ui.list.filter_words import word_before

        at = self.cursorPosition()
        start = at - len(word_before(self.text(), at))
        rest = self.text()[at:]
        behind = "" if chosen.endswith(":") or rest.startswith(" ") else " "
        self.setText(f"{self.text()[:start]}{chosen}{behind}{rest}")
        self.setCursorPosition(start + len(chosen) + len(behind))
        if chosen.endswith(":"):
            self._offer()

    def _speak(self) -> None:
        said = self._session.say(FILTER)
        self.setPlaceholderText(self._session.say(EXAMPLE))
        self.setToolTip("<br>".join(tooltip(line) for line in self._session.say(TIP).split("\n")))
        for named in (self, *self.findChildren(QToolButton)):  # the icon is a button for Qt
            named.setAccessibleName(said)

    def _draw(self) -> None:
        self._icon.setIcon(self._session.theme.icon("filter", "muted"))


def parsed(text: str) -> "Filter | None":
    """What the filter says; None where there is none. Raises UserError with its position."""
    if not text.strip():
        return None
    from callback_lens.store.filters.parsing import parse

    return parse(text)
