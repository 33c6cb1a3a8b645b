"""Tables of sentences or words: CSV as RFC 4180 has it, and the same columns divided by tabs."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from callback_lens.errors import Message
from callback_lens.export.cues import Export, ExportOptions, Level
from callback_lens.export.notes import Note, warnings_of
from callback_lens.export.plain_text import labels, places_with, plain_notes, plain_texts
from callback_lens.export.table_rows import sentence_rows, word_rows
from callback_lens.export.times import in_decimal
from callback_lens.transcript.columns import Transcript

HEADERS = {
    Level.SENTENCE: "sentence speaker start_ms end_ms dur_ms text chars ms_per_char gap_before_ms flags path",
    Level.WORD: "sentence speaker start_ms end_ms dur_ms voice_type word chars ms_per_char gap_before_ms flags path",
}
WRITTEN = ("speaker", "text", "word")  # by the payload: it says the other texts nowhere, so they are plain
NEEDS_QUOTES = '",\n\r'
FORMULA_STARTS = ("=", "+", "-", "@")

# From texts, and the sentence of each, to cells of a table.
Cells = Callable[[Sequence[str], NDArray[np.integer]], tuple[list[str], Note | None]]


def export_csv(transcript: Transcript, options: ExportOptions) -> Export:
    """A row for each sentence, or for each entry of Words and each sentence without any: the numbers as they are.

    ``sentence`` counts from 1; ``path`` is where the sentence or word stands in the payload; a gap counts from the end
    of the one ahead; what is not known is empty. With ``options.excel`` no text can be taken for a formula.
    """
    return _table(transcript, options.level, ",", _quoted_for_excel if options.excel else _quoted)


def export_tsv(transcript: Transcript, options: ExportOptions) -> Export:
    """The table of ``export_csv``, but nothing is quoted: line ends and tabs in texts become spaces."""
    return _table(transcript, options.level, "\t", labels)


def _table(transcript: Transcript, level: Level, separator: str, cells: Cells) -> Export:
    rows = (word_rows if level is Level.WORD else sentence_rows)(transcript)
    by_name = rows._asdict() | {"sentence": rows.sentence + 1, "word": rows.text}
    names = HEADERS[level].split()
    columns: list[Any] = []
    notes: list[Note | None] = []
    for name in names:
        column = by_name[name]
        if name in WRITTEN:
            plain = plain_texts(column)
            column, note = cells(plain.texts, rows.sentence)
            notes += [*plain_notes(plain, rows.sentence), note]
        columns.append(column)
    lines = [separator.join(names), *_rows(columns, separator)]
    return Export(lines, warnings_of([note for note in notes if note], transcript))


def _rows(columns: Sequence[Any], separator: str) -> list[str]:
    """All rows as one text, which is made in half the time of a text for each; nothing where there are none."""
    parts: list[list[str]] = []
    for are_texts, neighbours in groupby(columns, key=lambda column: isinstance(column, list)):
        run = list(neighbours)
        parts += run if are_texts else [in_decimal(run, separator)]
    count, width = len(parts[0]), 2 * len(parts)
    pieces = [separator] * (count * width)
    pieces[width - 1 :: width] = ["\n"] * count
    for place, part in enumerate(parts):
        pieces[2 * place :: width] = part
    return ["".join(pieces[:-1])] if pieces else []


def _quoted(texts: Sequence[str], _sentence: NDArray[np.integer]) -> tuple[list[str], None]:
    cells = list(texts)
    for place in places_with(NEEDS_QUOTES, texts):
        cells[place] = '"' + texts[place].replace('"', '""') + '"'
    return cells, None


def _quoted_for_excel(texts: Sequence[str], sentence: NDArray[np.integer]) -> tuple[list[str], Note]:
    """As ``_quoted`` has them, with an apostrophe before what a spreadsheet would take for a formula."""
    formulas = [place for place, text in enumerate(texts) if text.startswith(FORMULA_STARTS)]
    guarded = list(texts)
    for place in formulas:
        guarded[place] = f"'{texts[place]}"
    what = Message("texts that begin like formulas, written with an apostrophe before them")
    return _quoted(guarded, sentence)[0], Note(what, sentence[formulas])
