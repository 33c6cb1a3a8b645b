"""What the keys do; what this program is."""

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from callback_lens import __version__
from callback_lens.errors import Message
from callback_lens.ui.actions import MENUS
from callback_lens.ui.actions.action import Action, Menu
from callback_lens.ui.actions.timeline_menu import GESTURES
from callback_lens.ui.dialogs.plain_dialog import PlainDialog
from callback_lens.ui.menus import plain
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, LARGEST_ICON, ROOMY, line_height

KEYBOARD = Message("Keyboard")
ABOUT = Message("About Callback Lens")
MOUSE = Message("Mouse and touchpad in the timeline")
NAME_SCALE = 1.3


class KeyboardDialog(PlainDialog):
    """Every action with its keys, by menu, and what the mouse does in the timeline."""

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
        self._add_gestures()
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
        item.setSizeHint(0, QSize(0, line_height() + GAP))
        for child in menu.items:
            if isinstance(child, Menu) and child.items:
                self._add(child, item)
            elif isinstance(child, Action):
                QTreeWidgetItem(item, self._line(child))

    def _add_gestures(self) -> None:
        item = QTreeWidgetItem(self.table, [self.session.say(MOUSE)])
        for gesture in GESTURES:
            QTreeWidgetItem(item, [self.session.say(words) for words in gesture])

    def _line(self, action: Action) -> list[str]:
        keys = QKeySequence(action.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        return [plain(self.session.say(action.text)), keys, self.session.say(action.tooltip)]


class AboutDialog(PlainDialog):
    """Name, purpose, version, licence."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, ABOUT, parent)
        picture = QLabel(self)
        picture.setPixmap(session.theme.icon("app", size=LARGEST_ICON).pixmap(LARGEST_ICON, LARGEST_ICON))
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(ROOMY + GAP)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        for text, size in ((f"Callback Lens {__version__}", NAME_SCALE), (self._text(), 1)):
            words.addWidget(self._label(text, size))
        self.body.addLayout(row)
        self.add_button(Message("Close"), QDialogButtonBox.ButtonRole.RejectRole)

    def _label(self, text: str, size: float) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = QFont(label.font())
        font.setPointSizeF(font.pointSizeF() * size)
        font.setWeight(QFont.Weight.DemiBold if size > 1 else QFont.Weight.Normal)
        label.setFont(font)
        return label

    def _text(self) -> str:
        say = self.session.say
        return "\n".join(
            (
                say(Message("Reads the callbacks of Tencent Cloud CI media jobs and says what they mean.")),
                "",
                say(Message("Qt {version} under the LGPL", {"version": qVersion()})),
                say(Message("Callback Lens is under the MIT licence")),
            )
        )
