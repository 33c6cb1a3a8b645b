"""What the keys do; what this program is."""

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QTreeWidget, QTreeWidgetItem, QWidget

from callback_lens import __version__
from callback_lens.errors import Message
from callback_lens.ui.actions import MENUS, Action, Menu
from callback_lens.ui.dialogs.plain_dialog import PlainDialog
from callback_lens.ui.menus import plain
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, ROOMY

KEYBOARD = Message("Keyboard")
ABOUT = Message("About Callback Lens")


class KeyboardDialog(PlainDialog):
    """Every action with its keys, by menu."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, KEYBOARD, parent)
        self.table = QTreeWidget(self)
        self.table.setHeaderLabels(
            [session.say(title) for title in (Message("Action"), Message("Keys"), Message("What it does"))]
        )
        self.table.setAccessibleName(session.say(KEYBOARD))
        self.table.setUniformRowHeights(True)
        self.table.setAlternatingRowColors(True)
        for menu in MENUS:
            self._add(menu, self.table.invisibleRootItem())
        self.table.expandAll()
        for column in range(3):
            self.table.resizeColumnToContents(column)
            self.table.setColumnWidth(column, self.table.columnWidth(column) + ROOMY)
        self.body.addWidget(self.table)
        self.add_button(Message("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        width = sum(map(self.table.columnWidth, range(3))) + 4 * ROOMY
        self.resize(width, self.fontMetrics().height() * 34)

    def _add(self, menu: Menu, above: QTreeWidgetItem) -> None:
        item = QTreeWidgetItem(above, [plain(self.session.say(menu.text))])
        for child in menu.items:
            if isinstance(child, Menu) and child.items:
                self._add(child, item)
            elif isinstance(child, Action):
                QTreeWidgetItem(item, self._line(child))

    def _line(self, action: Action) -> list[str]:
        keys = QKeySequence(action.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        return [plain(self.session.say(action.text)), keys, self.session.say(action.tooltip)]


class AboutDialog(PlainDialog):
    """Name, purpose, version, licence."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, ABOUT, parent)
        picture = QLabel(self)
        picture.setPixmap(session.theme.icon("app").pixmap(64, 64))
        text = QLabel(self._text(), self)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.setSpacing(ROOMY + GAP)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        self.body.addLayout(row)
        self.add_button(Message("Close"), QDialogButtonBox.ButtonRole.RejectRole)

    def _text(self) -> str:
        say = self.session.say
        return "\n".join(
            (
                f"Callback Lens {__version__}",
                say(Message("Reads the callbacks of Tencent Cloud CI media jobs and says what they mean.")),
                "",
                say(Message("Qt {version} under the LGPL", {"version": qVersion()})),
                say(Message("Callback Lens is under the MIT licence")),
            )
        )
