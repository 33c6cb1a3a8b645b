"""SubRip subtitles (.srt)."""

from callback_lens.errors import Message
from callback_lens.export.cues import Export, ExportOptions, cues_at, positive_spans
from callback_lens.export.notes import Note, warnings_of
from callback_lens.export.plain_text import places_with
from callback_lens.export.times import LONGEST_CLOCK, TOO_LONG, with_clocks
from callback_lens.transcript.columns import Transcript

# SubRip knows no escapes: these would be tags, or divide blocks.
REPLACEMENTS = (("-->", "→"), ("<", "＜"), ("{\\", "｛\\"))
SUSPICIOUS = "><{"


def export_srt(transcript: Transcript, options: ExportOptions) -> Export:
    """A numbered block for each cue; ``options.speakers`` puts the speaker before the text."""
    cues = cues_at(options.level, transcript)
    spans = positive_spans(cues)
    texts = cues.with_speakers("{}: {}", cues.text) if options.speakers else cues.text
    changed = _disarm(texts)
    lines = [""] * (4 * len(texts))
    lines[0::4] = map(str, range(1, len(texts) + 1))
    lines[1::4] = with_clocks("{} --> {}", ",", spans.start, spans.end)
    lines[2::4] = texts
    notes = (
        *cues.notes,
        *spans.notes,
        Note(TOO_LONG, cues.sentence[spans.end >= LONGEST_CLOCK]),
        Note(Message("text that players take for markup, written with other characters"), cues.sentence[changed]),
    )
    return Export(lines, warnings_of(notes, transcript))


def _disarm(texts: list[str]) -> list[int]:
    """Take from ``texts`` what players would obey; gives the places where there was any."""
    changed = []
    for place in places_with(SUSPICIOUS, texts):
        text = texts[place]
        for markup, harmless in REPLACEMENTS:
            text = text.replace(markup, harmless)
        if text != texts[place]:
            texts[place] = text
            changed.append(place)
    return changed
