"""Fields one below the other: name, value, how a number reads, what the node means."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from callback_lens.blocks.model import Field
from callback_lens.errors import Message
from callback_lens.ui.models.field_model import NAME, READABLE, TERM, VALUE, FieldModel
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.node_table import SAMPLE, SHARE_BESIDE, NodeTable
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._hide_empty()
        super().resizeEvent(event)

    def _hide_empty(self) -> None:
        """Hide what has no text, and the terms where they would leave no room: the tooltips have them."""
        rows = range(min(self.fields.rowCount(), SAMPLE))
        is_narrow = self._widths[NAME] + self._widths[TERM] > self.width() * SHARE_BESIDE
        self.setColumnHidden(READABLE, True)
        self.setColumnHidden(TERM, is_narrow or not any(self.fields.text(row, TERM) for row in rows))
