"""What was said: the sentences as a text to read, the words as a table."""

from functools import cached_property

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from callback_lens.blocks.model import TranscriptBlock
from callback_lens.errors import Message
from callback_lens.transcript.columns import Transcript
from callback_lens.ui.memo import Memo
from callback_lens.ui.models.sentence_model import SPEAKER, TEXT, SentenceModel
from callback_lens.ui.models.word_model import WordModel
from callback_lens.ui.selection import NodeSelected, Selection
from callback_lens.ui.session import Session
from callback_lens.ui.theme import GAP
from callback_lens.ui.widgets.node_table import NodeTable
from callback_lens.ui.widgets.speaker_delegate import SpeakerDelegate
from callback_lens.ui.widgets.switch import Switch


class TranscriptPane(QWidget):
    """Shows a Transcript block, its timeline on top."""

    def __init__(
        self, block: TranscriptBlock, session: Session, selection: Selection, parent: QWidget | None = None
    ) -> None:
        from callback_lens.ui.timeline.speech_jobs import speech_job_of
        from callback_lens.ui.timeline.timeline_pane import TimelinePane  # loads numpy: other panes do without

        super().__init__(parent)
        self._session = session
        self._selection = selection
        self._transcript = transcript = block.transcript
        entry = selection.entry
        speech = speech_job_of(entry.summary if entry else None, transcript)
        self.timeline = TimelinePane(speech, entry.scenes if entry else Memo(), session, selection, self)
        self.switch = Switch(session, Message("Transcript as"), (Message("Text"), Message("Words")), self)
        self.switch.chosen.connect(self._show)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.timeline)
        column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        QTimer.singleShot(0, self, lambda: self.sentences)

    @cached_property
    def sentences(self) -> "SentenceTable":
        """Made in the window's next turn: all at once would hold it for long."""
        sentences = SentenceTable(self._transcript, self._session, self._selection, self)
        self._column.addWidget(sentences)
        return sentences

    @cached_property
    def words(self) -> "WordTable":
        """Made when it is first looked at: the Overview is there sooner without."""
        words = WordTable(self._transcript, self._session, self._selection, self)
        words.hide()
        self._column.addWidget(words)
        return words

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
        self._follow(NodeSelected(selection.node, None))


class WordTable(NodeTable):
    """A row for each word, sortable."""

    def __init__(self, transcript: Transcript, session: Session, selection: Selection, parent: QWidget) -> None:
        super().__init__(WordModel(session, transcript), session, selection, Message("Words"), parent)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        self._follow(NodeSelected(selection.node, None))
