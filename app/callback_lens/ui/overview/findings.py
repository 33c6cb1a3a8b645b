"""What does not add up, first of all: choosing a finding selects its node."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from callback_lens.errors import Message
from callback_lens.payload.findings import Finding
from callback_lens.ui.models.finding_model import MESSAGE, FindingModel
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.widgets.node_table import NodeTable


class FindingList(NodeTable):
    """Severity, sentence, path; worst first."""

    def __init__(
        self, findings: Sequence[Finding], session: Session, selection: Selection, parent: QWidget | None = None
    ) -> None:
        model = FindingModel(session, findings)
        super().__init__(model, session, selection, Message("Findings"), parent, wrapped=MESSAGE, copied=MESSAGE)
        self.horizontalHeader().hide()
