"""A transcript as lines of text: its statistics, then a line for each sentence."""

from collections.abc import Iterator

from callback_lens.blocks.model import TranscriptBlock
from callback_lens.errors import Message
from callback_lens.export.layout import columns, one_line
from callback_lens.i18n import Words
from callback_lens.payload.units import clock
from callback_lens.transcript.columns import known_times


def transcript_lines(block: TranscriptBlock, words: Words) -> Iterator[str]:
    """How much there is, then for each sentence where it starts and ends, who speaks, and its text."""
    # Needs numpy, which is loaded where there is a transcript.
    from callback_lens.export.statistics_text import statistics_lines

    transcript, sentences = block.transcript, block.transcript.sentences
    speakers = {speaker for speaker in sentences.speaker if speaker is not None}
    counts = {"sentences": len(sentences.text), "words": len(transcript.words.text), "speakers": len(speakers)}
    yield "  " + words(Message("sentences: {sentences}, words and marks: {words}, speakers: {speakers}", counts))
    yield from statistics_lines(transcript, block.run_ms, words)
    spans = zip(known_times(sentences.start), known_times(sentences.end), strict=True)
    rows = [
        (f"{_clock(start)} – {_clock(end)}", *([one_line(speaker or "-")] if speakers else []), one_line(text))
        for (start, end), speaker, text in zip(spans, sentences.speaker, sentences.text, strict=True)
    ]
    titles = (words(Message("Time")), *([words(Message("Speaker"))] if speakers else []), words(Message("Text")))
    yield from columns([titles, *rows] if rows else [])


def _clock(time: int | None) -> str:
    return "?" if time is None else clock(time)
