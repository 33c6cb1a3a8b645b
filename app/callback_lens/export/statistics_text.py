"""The statistics of a transcript as lines of text.

Needs numpy, as ``transcript.statistics`` does.
"""

from collections.abc import Iterator, Sequence
from math import isnan

from callback_lens.errors import Message
from callback_lens.export.layout import columns, glance
from callback_lens.i18n import Words
from callback_lens.payload.units import clock, duration, rounded
from callback_lens.transcript.columns import Transcript
from callback_lens.transcript.measures import measure
from callback_lens.transcript.statistics import (
    Statistics,
    real_time_factor,
    statistics_by_speaker,
    statistics_of_all,
)
from callback_lens.transcript.time_grid import time_grid

Line = tuple[Message, Message]

UNKNOWN = "-"
BY_SPEAKER = (
    Message("Speaker"),
    Message("Sentences"),
    Message("Words"),
    Message("Characters"),
    Message("Characters per second"),
    Message("ms per character"),
    Message("Slow words"),
    Message("Interruptions"),
)


def statistics_lines(transcript: Transcript, run_ms: int | None, words: Words) -> Iterator[str]:
    """A few lines about all of it, none for what there is nothing of; where several speak, one for each speaker."""
    measures = measure(transcript)
    of_all = statistics_of_all(measures)
    lines = (
        *_amounts(of_all),
        *_paces(of_all, transcript),
        *_pauses(of_all),
        *_overlaps(of_all),
        *_time_grid(transcript),
        *_real_time_factor(transcript, run_ms),
    )
    yield from columns([(words(label), words(value)) for label, value in lines])
    speakers, by_speaker = statistics_by_speaker(measures)
    if len(speakers) > 1:
        yield from columns([[words(title) for title in BY_SPEAKER], *_speaker_rows(speakers, by_speaker)])


def _amounts(statistics: Statistics) -> Iterator[Line]:
    speech = statistics.speech
    if not speech.sentences[0]:
        return
    spoken, spoken_by_words, all_, all_by_words = (_number(speed[0]) for speed in speech.speeds())
    chars = {"spoken": int(speech.spoken_chars[0]), "all": int(speech.chars[0])}
    yield Message("Characters"), Message("{spoken}, with punctuation {all}", chars)
    speeds = {
        "spoken": spoken,
        "spoken_by_words": spoken_by_words,
        "all": all_,
        "all_by_words": all_by_words,
        "reported": _number(speech.reported_speed[0]),
    }
    yield (
        Message("Characters per second"),
        Message(
            "{spoken} in sentences, {spoken_by_words} in words, with punctuation {all} and {all_by_words}; "
            "SpeechSpeed {reported}",
            speeds,
        ),
    )


def _paces(statistics: Statistics, transcript: Transcript) -> Iterator[Line]:
    median, deviation, worst, slowest = (column[0] for column in statistics.paces)
    if slowest >= 0:
        values = {
            "median": _whole(median),
            "deviation": _whole(deviation),
            "worst": _whole(worst),
            "word": glance(transcript.words.text[slowest]),
        }
        message = Message("median {median}, median deviation {deviation}, worst {worst} ({word})", values)
        yield Message("ms per character"), message


def _pauses(statistics: Statistics) -> Iterator[Line]:
    pauses = statistics.pauses
    if pauses.pauses[0] or pauses.hidden[0]:
        values = {
            "count": int(pauses.pauses[0]),
            "time": _time(pauses.ms[0]),
            "longest": _time(pauses.longest_ms[0]),
            "hidden": int(pauses.hidden[0]),
            "hidden_time": _time(pauses.hidden_ms[0]),
        }
        message = Message(
            "between sentences {count} ({time}, longest {longest}), in slow words {hidden} ({hidden_time})", values
        )
        yield Message("Pauses"), message


def _overlaps(statistics: Statistics) -> Iterator[Line]:
    counts = {name: int(column[0]) for name, column in statistics.overlaps._asdict().items()}
    if any(counts.values()):
        message = Message(
            "sentences with one of the same speaker {same_speaker}, of another {other_speaker}; words {words}", counts
        )
        yield Message("Overlaps"), message


def _time_grid(transcript: Transcript) -> Iterator[Line]:
    grid = time_grid(transcript)
    if grid.changes:
        values = {"step": grid.step_ms, "count": len(grid.changes)}
        yield Message("Time grid"), Message("multiples of {step} ms; times it changes: {count}", values)
    elif grid.step_ms:
        yield Message("Time grid"), Message("multiples of {step} ms", {"step": grid.step_ms})


def _real_time_factor(transcript: Transcript, run_ms: int | None) -> Iterator[Line]:
    factor = real_time_factor(run_ms, transcript.audio_ms)
    if factor is not None and run_ms is not None and transcript.audio_ms is not None:
        values = {"factor": rounded(factor), "run": duration(run_ms), "audio": clock(transcript.audio_ms)}
        yield Message("Real-time factor"), Message("{factor} ({run} for {audio})", values)


def _speaker_rows(speakers: Sequence[str | None], statistics: Statistics) -> Iterator[list[str]]:
    speech, (speed, *_) = statistics.speech, statistics.speech.speeds()
    counts = (speech.sentences, speech.words, speech.chars)
    for place, speaker in enumerate(speakers):
        yield [
            glance(speaker or UNKNOWN),
            *(str(column[place]) for column in counts),
            _number(speed[place]),
            _whole(statistics.paces.median[place]),
            str(statistics.pauses.hidden[place]),
            str(statistics.overlaps.other_speaker[place]),
        ]


def _number(value: float) -> str:
    return UNKNOWN if isnan(value) else rounded(value)


def _whole(value: float) -> str:
    """Rounded as in findings about words."""
    return UNKNOWN if isnan(value) else str(int(value + 0.5))


def _time(ms: float) -> str:
    return duration(round(ms))
