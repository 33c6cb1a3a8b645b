"""Captures exported into a folder that the user chooses."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from callback_lens.errors import Message
from callback_lens.export.language import Language
from callback_lens.ui.background import Job
from callback_lens.ui.live.errand import Errand
from callback_lens.ui.session import Session

if TYPE_CHECKING:  # an empty window starts faster without
    from callback_lens.ui.live.capture_store import CaptureStore

EXPORTING = Message("Exporting {number} of {count}…")


class Exporting(Errand):
    """Exports in the background; the list of captures in the folder has their secrets masked."""

    def __init__(self, session: Session, captures: "CaptureStore", parent: QObject | None = None) -> None:
        super().__init__(
            session,
            EXPORTING,
            Message("The export was stopped; the files that were written are still there"),
            parent,
        )
        self._folder = captures.folder

    def ask(self, ids: Sequence[int], parent: QWidget) -> None:
        """Ask for a folder, then export there."""
        dialog = QFileDialog(parent, self.session.say(Message("Export captures into a folder")))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda folder: self.export(ids, Path(folder)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, ids: Sequence[int], folder: Path) -> None:
        """Write bodies and list into ``folder``; nothing where files of these names are there already."""
        captures, language = self._folder, replace(self.session.language, hides_secrets=True)
        self.start(lambda job: _export(ids, folder, captures, language, job), self._tell, len(ids))

    def _tell(self, written: tuple[int, Path]) -> None:
        count, folder = written
        message = Message("captures written to {folder}: {count}", {"folder": str(folder), "count": count})
        self.session.messages.tell(message)


def _export(ids: Sequence[int], folder: Path, captures: Path, language: Language, job: Job) -> tuple[int, Path]:
    """With a store and an index of its own: the list is not to wait for it."""
    from callback_lens.capture.exporting import export_captures
    from callback_lens.store.index import open_index
    from callback_lens.store.opening import open_store

    def progress(fraction: float) -> None:
        job.report(fraction)
        job.check()

    with open_index(captures) as index, open_store(captures) as store:
        return export_captures(ids, folder, store, index, language, force=False, progress=progress), folder
