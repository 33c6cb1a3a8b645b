"""What an export did to times and texts, and the warnings that say so."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from callback_lens.errors import Message
from callback_lens.transcript.columns import Transcript


class Note(NamedTuple):
    """``what`` was done, and for each time that it was the place of the sentence in the transcript."""

    what: Message
    sentences: NDArray[np.integer]


def warnings_of(notes: Sequence[Note], transcript: Transcript) -> list[Message]:
    """A warning for each ``what``: how often it was, to sentences and words, and the path of the sentence that is
    the first of them as written.
    """
    kinds = {note.what.id: note.what for note in notes if len(note.sentences)}
    warnings = []
    for id_, what in kinds.items():
        sentences = np.concatenate([note.sentences for note in notes if note.what.id == id_])
        (first,) = transcript.sentence_nodes([int(sentences.min())])
        values = {"what": what, "count": len(sentences), "path": first.path}
        warnings.append(Message("{what}: {count}, the first in {path}", values))
    return warnings
