"""Technical data of a media file: the container's fields, then its streams side by side."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from callback_lens.blocks.model import Media, Stream
from callback_lens.errors import Message
from callback_lens.ui.models.stream_model import StreamModel
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP
from callback_lens.ui.widgets.field_table import FieldTable
from callback_lens.ui.widgets.node_table import NodeTable


class MediaPane(QWidget):
    """Shows a Media block."""

    def __init__(self, block: Media, session: Session, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        if block.format:
            column.addWidget(FieldTable(block.format, session, selection, Message("Container"), self))
        if block.streams:
            column.addWidget(StreamTable(block.streams, session, selection, self))


class StreamTable(NodeTable):
    """A column for each stream."""

    def __init__(
        self, streams: tuple[Stream, ...], session: Session, selection: Selection, parent: QWidget | None = None
    ) -> None:
        self.streams = StreamModel(session, streams)
        super().__init__(self.streams, session, selection, Message("Streams"), parent)

    def path_at(self, index: QModelIndex) -> str:
        return self.streams.path_at(self.streams.place(index.row()), index.column())
