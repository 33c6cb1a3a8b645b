"""The statistics of a transcript as JSON values.

Needs numpy, as ``transcript.statistics`` does.
"""

from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from callback_lens.transcript.columns import Transcript
from callback_lens.transcript.measures import measure
from callback_lens.transcript.statistics import (
    Statistics,
    real_time_factor,
    statistics_by_sentence,
    statistics_by_speaker,
    statistics_of_all,
)
from callback_lens.transcript.time_grid import time_grid

SPEEDS = ("spoken_by_sentences", "spoken_by_words", "all_by_sentences", "all_by_words")
DIGITS = 3


def statistics_json(transcript: Transcript, run_ms: int | None) -> dict[str, Any]:
    """All of it, by speaker and by sentence (in the order of ``transcript``); null where nothing says how much."""
    measures = measure(transcript)
    speakers, by_speaker = statistics_by_speaker(measures)
    grid, factor = time_grid(transcript), real_time_factor(run_ms, transcript.audio_ms)
    return {
        "all": _groups(statistics_of_all(measures))[0],
        "speakers": [
            {"speaker": speaker} | group for speaker, group in zip(speakers, _groups(by_speaker), strict=True)
        ],
        "sentences": _groups(statistics_by_sentence(measures)),
        "time_grid": {"step_ms": grid.step_ms or None, "changes": [change._asdict() for change in grid.changes]},
        "real_time_factor": None if factor is None else round(factor, DIGITS),
    }


def _groups(statistics: Statistics) -> list[dict[str, Any]]:
    """For each group its numbers by part: speech, chars_per_second, paces, pauses, overlaps."""
    parts = {name: part._asdict() for name, part in statistics._asdict().items()}
    speeds = dict(zip(SPEEDS, statistics.speech.speeds(), strict=True))
    parts["chars_per_second"] = speeds | {"reported": parts["speech"].pop("reported_speed")}
    slowest = statistics.paces.slowest
    parts["paces"]["slowest"] = np.where(slowest < 0, np.nan, slowest)
    rows = (_rows(part) for part in parts.values())
    return [dict(zip(parts, group, strict=True)) for group in zip(*rows, strict=True)]


def _rows(columns: dict[str, NDArray[np.number]]) -> list[dict[str, float | None]]:
    values = [map(_plain, column.tolist()) for column in columns.values()]
    return [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]


def _plain(value: float) -> float | None:
    if isnan(value):
        return None
    return int(value) if value == int(value) else round(value, DIGITS)
