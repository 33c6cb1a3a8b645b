"""A sentence in place of something that cannot be shown."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from callback_lens.blocks.model import Notice
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP, TIGHT
from callback_lens.ui.widgets.icon_label import IconLabel
from callback_lens.ui.widgets.label import Label


class NoticePane(QWidget):
    """Shows a Notice block."""

    def __init__(self, block: Notice, session: Session, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(TIGHT, 0, TIGHT, TIGHT)
        line.setSpacing(GAP)
        icon = IconLabel(session, block.severity.value, block.severity.value, parent=self)
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(session, block.message, self, wraps=True, selectable=True), 1)
