"""One option of the listener in a dialog: a name, what is typed, and what it means or why it cannot be so."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from callback_lens.capture.options import LIMITS, OPTIONS, fault
from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT
from callback_lens.ui.widgets.label import Label

BY_NAME = {option.name: option for option in (*OPTIONS, *LIMITS)}


class Shown(NamedTuple):
    """How the option ``name`` is shown: its title, its meaning in a line, and what is taken where nothing is typed."""

    name: str
    title: Message
    meaning: Message
    usual: Message | str = ""
    choices: Sequence[str] = ()


class OptionField(QObject):
    """A title, an editor and a line below; ``changed`` carries what is typed now, and ``fault`` says what is wrong."""

    changed = Signal(object)

    def __init__(self, session: Session, shown: Shown, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = shown.name
        self._meaning = shown.meaning
        self._chooser = QComboBox(parent) if shown.choices else None
        self.editor = self._editor(shown.choices, parent)
        self._title = QLabel(session.say(shown.title), parent)
        self._title.setBuddy(self.editor)
        self.note = Label(session, shown.meaning, parent, "muted", wraps=True)
        self.editor.setPlaceholderText(shown.usual if isinstance(shown.usual, str) else session.say(shown.usual))
        self.editor.setText(text)
        self.editor.setAccessibleName(self._title.text())
        self.editor.textChanged.connect(self._check)
        self._check(text)

    @property
    def text(self) -> str:
        """What is typed; nothing is the option's default."""
        return self.editor.text().strip()

    @property
    def is_wrong(self) -> bool:
        """Whether that cannot be."""
        return fault(BY_NAME[self.name], self.text) is not None

    def add_to(self, grid: QGridLayout, *buttons: QWidget) -> None:
        """Put it below what is in ``grid``, with ``buttons`` behind the editor."""
        row, line = grid.rowCount(), QHBoxLayout()
        line.setSpacing(TIGHT)
        line.addWidget(self._chooser or self.editor, 1)
        for button in buttons:
            line.addWidget(button)
        grid.addWidget(self._title, row, 0)
        grid.addLayout(line, row, 1)
        grid.addWidget(self.note, row + 1, 1)
        grid.setRowMinimumHeight(row + 2, GAP)

    def warn(self, warning: Message | None) -> None:
        """Say ``warning`` in place of the meaning, as long as there is one."""
        if not self.is_wrong:
            self.note.change(warning or self._meaning)
            self.note.recolor("warning" if warning else "muted")

    def _editor(self, choices: Sequence[str], parent: QWidget) -> QLineEdit:
        if self._chooser is None:
            return QLineEdit(parent)
        self._chooser.setEditable(True)
        self._chooser.addItems(list(choices))
        editor = self._chooser.lineEdit()
        assert editor is not None  # noqa: S101 - an editable one has it
        return editor

    def _check(self, _text: str) -> None:
        wrong = fault(BY_NAME[self.name], self.text)
        self.note.change(wrong.message if wrong else self._meaning)
        self.note.recolor("error" if wrong else "muted")
        self.changed.emit(self.text)
