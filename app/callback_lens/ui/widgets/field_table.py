"""Fields one below the other: name, value, how a number reads, what the node means."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from callback_lens.blocks.model import Field
from callback_lens.errors import Message
from callback_lens.ui.models.field_model import READABLE, TERM, VALUE, FieldModel
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.node_table import SAMPLE, NodeTable
from callback_lens.ui.widgets.object_menu import Choice


class FieldTable(NodeTable):
    """A table without a header; how a number reads stands behind its value."""

    def __init__(
        self,
        fields: Sequence[Field],
        session: Session,
        selection: Selection,
        name: Message,
        parent: QWidget | None = None,
    ) -> None:
        self.fields = FieldModel(session, fields)
        super().__init__(
            self.fields, session, selection, name, parent, wrapped=VALUE, copied=VALUE, choices=self._secret_choices
        )
        self.horizontalHeader().hide()
        self._hide_empty()
        session.language_changed.connect(self._hide_empty)

    def _secret_choices(self, place: int) -> Iterable[Choice]:
        if self.fields.is_masked(place):
            yield Message("Show the secret"), partial(self.fields.reveal, place)

    def _hide_empty(self) -> None:
        rows = range(min(self.fields.rowCount(), SAMPLE))
        self.setColumnHidden(READABLE, True)
        self.setColumnHidden(TERM, not any(self.fields.text(row, TERM) for row in rows))
