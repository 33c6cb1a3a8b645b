"""Asks for the path of a node."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QWidget

from callback_lens.errors import Message
from callback_lens.payload.unpack import visible
from callback_lens.ui.dialogs.plain_dialog import PlainDialog
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import mono_font
from callback_lens.ui.tree.tree_pane import TreePane

EXAMPLE = "JobsDetail[0].Operation.Output"


class GoToDialog(PlainDialog):
    """Selects the node at the path typed in; says so where there is none and lets the user go on typing."""

    def __init__(self, session: Session, selection: Selection, tree: TreePane, parent: QWidget | None = None) -> None:
        super().__init__(session, Message("Go to path"), parent)
        self._tree = tree
        self.path = QLineEdit(selection.node.path if selection.node else "", self)
        self.path.setFont(mono_font())
        self.path.setPlaceholderText(EXAMPLE)
        self.path.setMinimumWidth(self.fontMetrics().averageCharWidth() * 64)
        self.path.selectAll()
        label = QLabel(session.say(Message("Path, XPath, JSONPath or Python accessor of the node:")), self)
        label.setBuddy(self.path)
        self.path.setAccessibleName(label.text())
        self._problem = QLabel(self)
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setStyleSheet(f"color: {session.theme.colors.error};")
        for widget in (label, self.path, self._problem):
            self.body.addWidget(widget)
        self.add_button(Message("Go to"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.add_button(Message("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.path.textChanged.connect(self._problem.clear)

    def accept(self) -> None:
        """Select the node; stay open where there is none."""
        if self._tree.go_to(self.path.text()):
            super().accept()
        else:
            path = visible(self.path.text())
            self._problem.setText(self.session.say(Message("there is no node at {path}", {"path": path})))
            self._problem.setAccessibleName(self._problem.text())
