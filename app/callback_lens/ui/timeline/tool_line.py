"""The tools above the timeline: what to look for, where to go."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from callback_lens.errors import Message
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP
from callback_lens.ui.widgets.button import Button
from callback_lens.ui.widgets.flow_layout import FlowLayout

Tool = tuple[Message, str, Callable[[], object]]


class ToolLine(QWidget):
    """``search`` and ``groups`` of buttons, each with its words, icon and act; in lines as far as there is room."""

    def __init__(self, session: Session, search: QWidget, groups: Sequence[Sequence[Tool]], parent: QWidget) -> None:
        super().__init__(parent)
        line = FlowLayout(GAP, self)
        line.addWidget(search)
        for tools in groups:
            group = QWidget(self)
            buttons = QHBoxLayout(group)
            buttons.setContentsMargins(0, 0, 0, 0)
            buttons.setSpacing(2)
            for tool in tools:
                buttons.addWidget(_button(session, tool, group))
            line.addWidget(group)


def _button(session: Session, tool: Tool, parent: QWidget) -> Button:
    words, icon, act = tool
    button = Button(session, words, icon, parent, shows_words=False)
    button.clicked.connect(lambda _: act())
    return button
