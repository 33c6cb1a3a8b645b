"""Names and values of a block."""

from PySide6.QtWidgets import QWidget

from callback_lens.blocks.model import Fields
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.field_table import FieldTable


class FieldsPane(FieldTable):
    """Shows a Fields block."""

    def __init__(self, block: Fields, session: Session, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(block.fields, session, selection, block.title, parent)
