"""A transcript as lines of text, one for each sentence."""

from collections.abc import Iterator

from callback_lens.export.layout import columns, one_line
from callback_lens.payload.units import clock
from callback_lens.transcript.columns import Transcript, known_times


def transcript_lines(transcript: Transcript) -> Iterator[str]:
    """For each sentence where it starts and ends, who speaks, and its text."""
    sentences = transcript.sentences
    spans = zip(known_times(sentences.start), known_times(sentences.end), strict=True)
    rows = [
        (f"{_clock(start)} – {_clock(end)}", one_line(speaker or ""), one_line(text))
        for (start, end), speaker, text in zip(spans, sentences.speaker, sentences.text, strict=True)
    ]
    yield from columns(rows)


def _clock(time: int | None) -> str:
    return "?" if time is None else clock(time)
