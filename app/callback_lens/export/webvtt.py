"""WebVTT subtitles (.vtt), with the time of each word if asked for."""

from html import escape
from itertools import pairwise

from callback_lens.export.cues import Export, ExportOptions, Level, positive_spans, sentence_cues
from callback_lens.export.notes import Note, warnings_of
from callback_lens.export.times import LONGEST_CLOCK, TOO_LONG, with_clocks
from callback_lens.export.word_stamps import StampedWords, stamped_words
from callback_lens.transcript.columns import Transcript

# Stand for < and > of markup until all text is escaped; no text of a cue has control characters.
OPEN, CLOSE = "\1", "\2"


def export_webvtt(transcript: Transcript, options: ExportOptions) -> Export:
    """A cue for each sentence, at the level of words with a timestamp before each word.

    ``options.speakers`` marks whose voice it is.
    """
    cues = sentence_cues(transcript)
    spans = positive_spans(cues)
    notes = [*cues.notes, *spans.notes, Note(TOO_LONG, cues.sentence[spans.end >= LONGEST_CLOCK])]
    texts = cues.text
    if options.level is Level.WORD:
        words = stamped_words(transcript, cues, spans)
        texts = [stamped or text for stamped, text in zip(_stamped_texts(words), texts, strict=True)]
        notes += words.notes
    lines = [""] * (3 * len(texts))
    lines[0::3] = with_clocks(f"{{}} --{CLOSE} {{}}", ".", spans.start, spans.end)
    lines[1::3] = cues.with_speakers(f"{OPEN}v {{}}{CLOSE}{{}}{OPEN}/v{CLOSE}", texts) if options.speakers else texts
    blocks = escape("\n".join(lines), quote=False).replace(OPEN, "<").replace(CLOSE, ">")
    return Export(["WEBVTT", *(["", blocks.removesuffix("\n")] if texts else [])], warnings_of(notes, transcript))


def _stamped_texts(words: StampedWords) -> list[str]:
    """The text of each cue with its timestamps, "" for a cue without words."""
    parts = [""] * (2 * len(words.text))
    parts[0::2] = with_clocks(f"{OPEN}{{}}{CLOSE}", ".", words.stamp)
    parts[1::2] = words.text
    return ["".join(parts[2 * first : 2 * end]) for first, end in pairwise(words.first)]
