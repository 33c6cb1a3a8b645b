"""What to send to whoever can mend a fault: the error, versions, the last lines of the log."""

import platform
import re
import sys
import traceback
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QWidget

from callback_lens import __version__
from callback_lens.errors import Message
from callback_lens.payload.unpack import visible
from callback_lens.ui.dialogs.plain_dialog import PlainDialog
from callback_lens.ui.entries import Entry
from callback_lens.ui.session import Session
from callback_lens.ui.theme import mono_font

LOG_LINES = 60
LOG_BYTES = 32768
LONGEST_PAYLOAD = 65536
RECORD = re.compile(r"\d{4}-\d\d-\d\d ")  # the first line of a record; tracebacks follow


class ReportDialog(PlainDialog):
    """Shows the report before it is copied; nothing is sent anywhere. The payload is in it only if ticked."""

    def __init__(
        self, session: Session, error: BaseException, log: Path, entry: Entry | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, Message("Report a fault"), parent)
        self._error, self._log, self._entry = error, log, entry
        about = QLabel(session.say(Message("Nothing is sent. Copy this text, and give it to whoever can help.")), self)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setFont(mono_font())
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(session.say(Message("The report")))
        self.with_payload = QCheckBox(session.say(Message("with the text of the payload that is open")), self)
        self.with_payload.setEnabled(entry is not None and entry.summary is not None)
        for widget in (about, self.text, self.with_payload):
            self.body.addWidget(widget)
        self.copy = QPushButton(session.say(Message("Copy")), self)
        self.buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.add_button(Message("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        self.with_payload.toggled.connect(self._write)
        self.resize(self.fontMetrics().averageCharWidth() * 100, self.fontMetrics().height() * 28)
        self._write()

    def _write(self) -> None:
        summary = self._entry.summary if self._entry and self.with_payload.isChecked() else None
        payload = summary.document.text[:LONGEST_PAYLOAD] if summary else None
        self.text.setPlainText(report_text(self._error, last_lines(self._log), payload))


def report_text(error: BaseException, log: str, payload: str | None) -> str:
    """The report; where ``payload`` is None, so are the words of errors, here and in the log: they may quote it."""
    parts = [
        f"Callback Lens {__version__}",
        f"Python {sys.version.split()[0]}, Qt {qVersion()}, {platform.platform()}",
        "",
        "".join(traceback.format_tb(error.__traceback__)) + _name(error, payload is not None),
        "",
        "Log:",
        log if payload is not None else "\n".join(line for line in log.splitlines() if RECORD.match(line)),
    ]
    if payload is not None:
        parts += ["", "Payload:", payload]
    return "\n".join(parts)


def _name(error: BaseException, in_full: bool) -> str:
    return f"{type(error).__name__}: {visible(str(error))}" if in_full else type(error).__name__


def last_lines(log: Path) -> str:
    """The end of the log; "" where there is none."""
    try:
        with log.open("rb") as file:
            file.seek(max(log.stat().st_size - LOG_BYTES, 0))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-LOG_LINES:])
