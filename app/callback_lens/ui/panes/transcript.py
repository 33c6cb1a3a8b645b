"""What was said: the sentences as a text to read, the words as a table."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from callback_lens.blocks.model import TranscriptBlock
from callback_lens.errors import Message
from callback_lens.payload.units import clock
from callback_lens.transcript.columns import Transcript
from callback_lens.ui.models.sentence_model import SPEAKER, TEXT, SentenceModel
from callback_lens.ui.models.word_model import WordModel
from callback_lens.ui.selection import Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP
from callback_lens.ui.widgets.label import Label
from callback_lens.ui.widgets.node_table import NodeTable
from callback_lens.ui.widgets.speaker_delegate import SpeakerDelegate
from callback_lens.ui.widgets.switch import Switch


class TranscriptPane(QWidget):
    """Shows a Transcript block; ``timeline_place`` is where its timeline will be."""

    def __init__(
        self, block: TranscriptBlock, session: Session, selection: Selection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        transcript = block.transcript
        self.timeline_place = QWidget(self)
        self.timeline_place.setFixedHeight(0)
        self.sentences = SentenceTable(transcript, session, selection, self)
        self.words = WordTable(transcript, session, selection, self)
        self.switch = Switch(session, Message("Transcript as"), (Message("Text"), Message("Words")), self)
        self.switch.chosen.connect(self._show)
        self.facts = Label(session, _facts(transcript), self, "muted", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.timeline_place)
        column.addLayout(self.switch.line_with(self.facts))
        column.addWidget(self.sentences)
        column.addWidget(self.words)
        self._show(0)

    def _show(self, which: int) -> None:
        self.sentences.setVisible(which == 0)
        self.words.setVisible(which == 1)


class SentenceTable(NodeTable):
    """When, who, what; the text wraps."""

    def __init__(self, transcript: Transcript, session: Session, selection: Selection, parent: QWidget) -> None:
        model = SentenceModel(session, transcript)
        super().__init__(model, session, selection, Message("Sentences"), parent, wrapped=TEXT, copied=TEXT)
        self.setItemDelegateForColumn(SPEAKER, SpeakerDelegate(session, transcript.sentences.speaker, self))
        self.setColumnHidden(SPEAKER, not any(transcript.sentences.speaker))


class WordTable(NodeTable):
    """A row for each word, sortable."""

    def __init__(self, transcript: Transcript, session: Session, selection: Selection, parent: QWidget) -> None:
        super().__init__(WordModel(session, transcript), session, selection, Message("Words"), parent)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.setSortingEnabled(True)


def _facts(transcript: Transcript) -> Message:
    speakers = {speaker for speaker in transcript.sentences.speaker if speaker is not None}
    values = {
        "sentences": f"{len(transcript.sentences.text):,}",
        "words": f"{len(transcript.words.text):,}",
        "speakers": len(speakers),
        "time": "?" if transcript.audio_ms is None else clock(transcript.audio_ms),
    }
    return Message("{time} of audio · sentences: {sentences} · words: {words} · speakers: {speakers}", values)
