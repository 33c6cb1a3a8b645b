"""The words of a transcript over its columns: nothing is made for a word that nobody looks at."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from callback_lens.errors import Message
from callback_lens.payload.nodes import Node
from callback_lens.transcript.columns import NO_TIME, Transcript, WordKind
from callback_lens.ui.models.row_model import Role, RowModel
from callback_lens.ui.models.sentence_model import UNKNOWN, time_text
from callback_lens.ui.models.transcript_places import word_at
from callback_lens.ui.session import Session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

START, END, DURATION, WORD, KIND, SPEAKER, PACE = range(7)
COLUMNS = (
    Message("Start"),
    Message("End"),
    Message("Duration (ms)"),
    Message("Word"),
    Message("Kind"),
    Message("Speaker"),
    Message("ms per character"),
)
KINDS = {
    WordKind.WORD: Message("word"),
    WordKind.PUNCTUATION: Message("punctuation"),
    WordKind.OTHER: Message("other"),
}
NUMBERS = (START, END, DURATION, PACE)


class WordModel(RowModel):
    """A row for each word; times are ms in the audio."""

    def __init__(self, session: Session, transcript: Transcript, parent: QObject | None = None) -> None:
        super().__init__(session, COLUMNS, len(transcript.words.text), parent)
        self._transcript = transcript

    def path(self, place: int) -> str:
        return self._transcript.word_nodes([place])[0].path

    def place_of(self, node: Node) -> int | None:
        return word_at(self._transcript, node)

    def text(self, place: int, column: int) -> str:
        words = self._transcript.words
        start, end = int(words.start[place]), int(words.end[place])
        known = NO_TIME not in (start, end)
        match column:
            case 0:
                return time_text(start)
            case 1:
                return time_text(end)
            case 2:
                return str(end - start) if known else UNKNOWN
            case 3:
                return words.text[place]
            case 4:
                return self.session.say(KINDS[WordKind(int(words.kind[place]))])
            case 5:
                return self._transcript.sentences.speaker[int(words.sentence[place])] or ""
        spoken = known and words.kind[place] == WordKind.WORD and words.text[place]
        return str(round((end - start) / len(words.text[place]))) if spoken else ""

    def look(self, place: int, column: int, role: int) -> Any:
        if role == Role.TextAlignmentRole and column in NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ForegroundRole and self._transcript.words.kind[place] != WordKind.WORD:
            return self.session.theme.color("muted")
        return super().look(place, column, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if role == Role.TextAlignmentRole and section in NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super().headerData(section, orientation, role)

    def sorted_places(self, column: int) -> list[int]:
        import numpy as np

        places: list[int] = np.argsort(self._keys(column), kind="stable").tolist()
        return places

    def _keys(self, column: int) -> "NDArray[np.integer]":
        import numpy as np

        words, sentences = self._transcript.words, self._transcript.sentences
        if column in (START, END):
            return words.start if column == START else words.end
        if column == KIND:
            return words.kind.astype(np.int64)
        if column == WORD:
            return _ranks(words.text)
        if column == SPEAKER:
            return _ranks([speaker or "" for speaker in sentences.speaker])[words.sentence]
        lasting = np.where((words.start == NO_TIME) | (words.end == NO_TIME), -1, words.end - words.start)
        if column == DURATION:
            return lasting
        lengths = np.fromiter(map(len, words.text), np.int64, len(words.text))
        return np.where((words.kind != WordKind.WORD) | (lengths == 0), -1, lasting * 1000 // np.maximum(lengths, 1))


def _ranks(texts: list[str]) -> "NDArray[np.integer]":
    """The place of each text among all that differ: words repeat, so few need to be sorted."""
    import numpy as np

    rank = {text: place for place, text in enumerate(sorted(set(texts)))}
    ranks = np.fromiter(map(rank.__getitem__, texts), np.int64, len(texts))
    return ranks.astype(np.uint16) if len(rank) <= 2**16 else ranks  # the short ones are sorted in a tenth of the time
