"""What does not add up, worst first."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont

from callback_lens.errors import Message
from callback_lens.payload.findings import Finding, Severity
from callback_lens.ui.models.plain import tooltip
from callback_lens.ui.models.row_model import Role, RowModel
from callback_lens.ui.session import Session
from callback_lens.ui.theme import mono_font

SEVERITY, MESSAGE, PATH = range(3)
COLUMNS = (Message("Severity"), Message("What"), Message("Where"))
SEVERITIES = {
    Severity.ERROR: Message("error"),
    Severity.WARNING: Message("warning"),
    Severity.INFO: Message("info"),
}


class FindingModel(RowModel):
    """A row for each finding: icon and word, the sentence, the path."""

    def __init__(self, session: Session, findings: Sequence[Finding], parent: QObject | None = None) -> None:
        super().__init__(session, COLUMNS, len(findings), parent)
        self._findings = sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
        self._font = mono_font()

    def path(self, place: int) -> str:
        return self._findings[place].path

    def text(self, place: int, column: int) -> str:
        finding = self._findings[place]
        if column == SEVERITY:
            return self.session.say(SEVERITIES[finding.severity])
        return self.session.say(finding.message) if column == MESSAGE else finding.path

    def look(self, place: int, column: int, role: int) -> Any:
        meaning = self._findings[place].severity.value
        if column == SEVERITY and role == Role.DecorationRole:
            return self.session.theme.icon(meaning, meaning)
        if column == SEVERITY and role == Role.ForegroundRole:
            return self.session.theme.color(meaning)
        if column == PATH and role == Role.ForegroundRole:
            return self.session.theme.color("muted")
        if column == PATH and role == Role.FontRole:
            return QFont(self._font)
        if role == Role.ToolTipRole:
            sentence = f"{self._findings[place].code}: {self.text(place, MESSAGE)}"
            return tooltip(self.text(place, PATH) if column == PATH else sentence)
        return None

    def place_of(self, node: object) -> None:
        """None: a finding is only selected by the user; several may be about one node."""
