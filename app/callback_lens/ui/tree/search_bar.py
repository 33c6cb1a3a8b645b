"""The line above the tree: what to look for, how, and how many there are."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from callback_lens.errors import Message
from callback_lens.payload.query import Query, Scope
from callback_lens.ui.models.plain import tooltip
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.button import Button, RingedButton
from callback_lens.ui.widgets.search_field import SearchField

TYPING_PAUSE = 150  # milliseconds
PLACEHOLDER = Message("Search names and values")
WHERE = Message("Where to look")
SCOPES = {
    Scope.BOTH: (Message("All"), Message("Names and values")),
    Scope.NAMES: (Message("Names"), Message("Names only")),
    Scope.VALUES: (Message("Values"), Message("Values only")),
}


class SearchBar(QWidget):
    """``searched`` carries the Query once the user pauses, ``stepped`` +1 or -1, ``filter_toggled`` whether to filter.

    ``left`` and ``escaped`` say that the user wants back to the tree.
    """

    searched = Signal(object)
    stepped = Signal(object)
    filter_toggled = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.field = SearchField(session, PLACEHOLDER, self)
        self.case = self._toggle(Message("Match case"), "case")
        self.pattern = self._toggle(Message("Regular expression"), "regex")
        self.scope = self._scope_button()
        self.filter = self._toggle(Message("Show only matches and what they stand in"), "filter")
        self.previous = Button(session, Message("Previous match"), "previous", self, shows_words=False)
        self.next = Button(session, Message("Next match"), "next", self, shows_words=False)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._arrange()
        self._connect()
        self._speak()

    @property
    def query(self) -> Query:
        """What the line says to look for."""
        scope = next(scope for scope, action in self._scopes.items() if action.isChecked())
        return Query(self.field.text(), self.pattern.isChecked(), self.case.isChecked(), scope)

    def search_now(self) -> None:
        """Do not wait for a pause in typing."""
        self._pause.stop()
        self.searched.emit(self.query)

    def _toggle(self, words: Message, icon: str) -> Button:
        button = Button(self._session, words, icon, self, shows_words=False)
        button.setCheckable(True)
        return button

    def _scope_button(self) -> QToolButton:
        button = RingedButton(self._session, self)
        button.setAutoRaise(True)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        self._scopes: dict[Scope, QAction] = {}
        for scope in SCOPES:
            action = menu.addAction("")
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, scope=scope: self._choose(scope))
            self._scopes[scope] = action
        self._scopes[Scope.BOTH].setChecked(True)
        button.setMenu(menu)
        return button

    def _choose(self, chosen: Scope) -> None:
        for scope, action in self._scopes.items():
            action.setChecked(scope is chosen)
        self._speak()
        self.search_now()

    def _arrange(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.field, 1)
        for widget in (self.case, self.pattern, self.scope, self.filter, self.previous, self.next):
            layout.addWidget(widget)
        self.setFocusProxy(self.field)

    def _connect(self) -> None:
        self.field.textChanged.connect(lambda _: self._pause.start())
        self._pause.timeout.connect(self.search_now)
        self.field.stepped.connect(self._step)
        for button in (self.case, self.pattern):
            button.toggled.connect(lambda _: self.search_now())
        self.filter.toggled.connect(self.filter_toggled.emit)
        self.previous.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        self._session.language_changed.connect(self._speak)

    def _step(self, by: int) -> None:
        if self._pause.isActive():
            self.search_now()
        else:
            self.stepped.emit(by)

    def _speak(self) -> None:
        say = self._session.say
        for scope, action in self._scopes.items():
            action.setText(say(SCOPES[scope][1]))
            if action.isChecked():
                self.scope.setText(say(SCOPES[scope][0]))
        self.scope.setToolTip(tooltip(say(WHERE)))
        self.scope.setAccessibleName(say(WHERE))
