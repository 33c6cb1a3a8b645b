"""What stands between the filter box and the rows: how many there are, what is wrong with the filter."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from callback_lens.errors import Message, UserError
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT, icon_size
from callback_lens.ui.widgets.label import Label


class StatusLine(QWidget):
    """Shows what there is to say, a line for each; takes no room where there is nothing."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._icon = QLabel(self)
        self._problem = Label(session, "", self, "error", wraps=True, selectable=True)
        self._hint = Label(session, "", self, "warning", wraps=True)
        self._count = Label(session, "", self, "muted")
        problem = QHBoxLayout()
        problem.setSpacing(TIGHT)
        problem.addWidget(self._icon)
        problem.addWidget(self._problem, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, 0, GAP, TIGHT)
        column.setSpacing(TIGHT)
        column.addLayout(problem)
        column.addWidget(self._hint)
        column.addWidget(self._count)
        session.language_changed.connect(self._fit)
        session.theme_changed.connect(self._draw)
        self._draw()
        self._fit()

    def show_problem(self, error: UserError | None) -> None:
        """Say what is wrong with the filter, and where; None for nothing."""
        self._problem.change(_explained(error) if error else "")
        self._fit()

    def show_hint(self, words: Message | str) -> None:
        """Say something that the user should know; "" for nothing."""
        self._hint.change(words)
        self._fit()

    def show_count(self, words: Message | str) -> None:
        """Say how many rows there are; "" for nothing."""
        self._count.change(words)
        self._fit()

    def _fit(self) -> None:
        for label in (self._problem, self._hint, self._count):
            label.setVisible(bool(label.text()))
        self._icon.setVisible(bool(self._problem.text()))
        self.setVisible(any(label.text() for label in (self._problem, self._hint, self._count)))

    def _draw(self) -> None:
        self._icon.setPixmap(self._session.theme.icon("error", "error").pixmap(QSize(icon_size(), icon_size())))


def _explained(error: UserError) -> Message:
    values = {"place": error.position.column if error.position else 1, "what": error.message, "hint": error.hint}
    if error.hint is None:
        return Message("Character {place}: {what}", values)
    return Message("Character {place}: {what} ({hint})", values)
