"""What is selected: one object that list, tree, panes and source share."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from callback_lens.payload.nodes import Node
from callback_lens.payload.path_dialects import neutral_path
from callback_lens.payload.paths import node_at
from callback_lens.ui.entries import Entry


@dataclass(frozen=True, slots=True, eq=False)
class NodeSelected:
    """A node was selected; ``origin`` is the widget it was selected in, which need not follow itself."""

    node: Node | None
    origin: QObject | None


class Selection(QObject):
    """The entry that is open, and the node selected in it.

    ``entry_changed`` carries the Entry or None, ``node_changed`` a NodeSelected, ``job_changed`` the job's index.
    """

    entry_changed = Signal(object)
    node_changed = Signal(object)
    job_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entry: Entry | None = None
        self.node: Node | None = None
        self.job_index = 0

    def open(self, entry: Entry | None) -> None:
        """Show ``entry``, with no node selected."""
        self.entry, self.node, self.job_index = entry, None, 0
        self.entry_changed.emit(entry)

    def select(self, node: Node | None, origin: QObject | None = None) -> None:
        """Select ``node``, and the job it stands in."""
        if node is not None and self.node is not None and node.path == self.node.path and node.kind is self.node.kind:
            return
        self.node = node
        self.node_changed.emit(NodeSelected(node, origin))
        job = self._job_of(node) if node is not None else None
        if job is not None:
            self.select_job(job)

    def select_path(self, path: str, origin: QObject | None = None) -> bool:
        """Select the node at a neutral path, an XPath, a JSONPath or a Python accessor; False where there is none."""
        summary = self.entry.summary if self.entry else None
        node = node_at(summary.document.payload, neutral_path(path)) if summary else None
        if node is None:
            return False
        self.select(node, origin)
        return True

    def select_job(self, index: int) -> None:
        """Show the job at ``index`` of a payload with several."""
        if index != self.job_index:
            self.job_index = index
            self.job_changed.emit(index)

    def _job_of(self, node: Node) -> int | None:
        summary = self.entry.summary if self.entry else None
        jobs = summary.envelope.jobs if summary else ()
        path = node.path
        return next((index for index, job in enumerate(jobs) if f"{path}.".startswith(f"{job.path}.")), None)
