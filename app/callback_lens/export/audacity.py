"""Audacity's label track (.txt): start, end and text of each label, divided by tabs."""

from callback_lens.errors import Message
from callback_lens.export.cues import Export, ExportOptions, cues_at
from callback_lens.export.notes import Note, warnings_of
from callback_lens.export.plain_text import labels
from callback_lens.export.times import decimal_seconds
from callback_lens.transcript.columns import Transcript

BEHIND_A_TIME = "000\t"  # makes six decimals of three: so many Audacity writes


def export_audacity(transcript: Transcript, options: ExportOptions) -> Export:
    """A label for each cue, in one track; a cue without length becomes a label of a point in time.

    With ``options.speakers`` the text begins with the speaker.
    """
    cues = cues_at(options.level, transcript)
    texts = cues.with_speakers("{} {}", cues.text) if options.speakers else cues.text
    one_line, of_lines = labels(texts, cues.sentence)
    rows = zip(decimal_seconds(cues.start), decimal_seconds(cues.end), one_line, strict=True)
    notes = (
        *cues.notes,
        of_lines,
        Note(Message("without length, written as points in time"), cues.sentence[cues.start == cues.end]),
        Note(Message("before the start of the audio"), cues.sentence[cues.start < 0]),
    )
    return Export(list(map(BEHIND_A_TIME.join, rows)), warnings_of(notes, transcript))
