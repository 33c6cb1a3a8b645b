"""Each thing that is measured of a transcript, in a process of its own: ``transcript_probes.py NAME FILE``."""

import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

import numpy as np
from callback_lens.export.statistics_json import statistics_json
from callback_lens.payload.document import Document
from callback_lens.payload.envelope import read_envelope
from callback_lens.payload.inputs import Input
from callback_lens.payload.reader import read_documents
from callback_lens.transcript.checks import check_transcript
from callback_lens.transcript.columns import Transcript
from callback_lens.transcript.detail import Detail, columns, read_detail
from callback_lens.transcript.flags import Flags, word_flags
from callback_lens.transcript.lanes import Lanes, read_lanes
from callback_lens.transcript.measures import Measures, measure
from callback_lens.transcript.reading import read_transcript
from probes import NO_LIMITS, RESULT

WIDTH = 1600  # columns of a picture
ZOOM = 2  # from one range to the next
READABLE_MS = 10_000  # a range in which each word is drawn
NEAR_MS = 20  # 3 pixels of that range
TIMES = 20  # that each range is gone through


class Indexed(NamedTuple):
    """All that a transcript's pictures and statistics need beside it."""

    lanes: Lanes
    measures: Measures
    flags: Flags
    details: list[Detail]


def findings_and_statistics(path: Path) -> float:
    """ms for both, of a transcript that was only read."""
    transcript = read_one(path)
    start = perf_counter()
    check_transcript(transcript)
    statistics_json(transcript, run_ms=None)
    return (perf_counter() - start) * 1000


def detail_columns(path: Path) -> float:
    """ms for the columns of all rows, in the worst of the ranges from all of the audio down to a few seconds."""
    transcript = read_one(path)
    details = _indexed(transcript).details
    last = int(transcript.sentences.end.max())
    spans = [last]
    while spans[-1] > READABLE_MS:
        spans.append(spans[-1] // ZOOM)
    pictures = [last // 2 + np.linspace(-span / 2, span / 2, WIDTH + 1).astype(np.int64) for span in spans]
    return max(_usual_ms(lambda edges=edges: [columns(detail, edges) for detail in details]) for edges in pictures)


def visible_and_hit(path: Path) -> float:
    """µs for the words of all rows in a few seconds amid the audio, and the one under the pointer in each row."""
    transcript = read_one(path)
    rows = list(_indexed(transcript).lanes.rows())
    middle = int(transcript.sentences.end.max()) // 2

    def look() -> None:
        for row in rows:
            row.words.visible(middle, middle + READABLE_MS)
            row.words.nearest(middle + READABLE_MS // 2, NEAR_MS)

    return _usual_ms(look) * 1000


def index_memory(path: Path) -> float:
    """Bytes a word that all of it keeps, beyond the transcript."""
    transcript = read_one(path)
    tracemalloc.start()
    kept = _indexed(transcript)
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return taken / len(transcript.words.text)


def index_build(path: Path) -> float:
    """ms for all of it."""
    transcript = read_one(path)
    return _usual_ms(lambda: _indexed(transcript), times=3)


def read_one(path: Path) -> Transcript:
    """The transcript of a file that has one."""
    (document,) = read_documents(Input(path.name, None, path.read_bytes(), None), NO_LIMITS)
    assert isinstance(document, Document)
    transcript = read_transcript(read_envelope(document.payload).jobs[0].node.all(RESULT)[0])
    assert transcript is not None
    return transcript


def _indexed(transcript: Transcript) -> Indexed:
    lanes, measures = read_lanes(transcript), measure(transcript)
    flags = word_flags(transcript, measures.paces)
    details = [read_detail(row.words, measures.paces, flags) for row in lanes.rows()]
    return Indexed(lanes, measures, flags, details)


def _usual_ms(work: Callable[[], object], times: int = TIMES) -> float:
    """The median of several times, as a frame is one of many."""
    taken = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append((perf_counter() - start) * 1000)
    return median(taken)


PROBES = (findings_and_statistics, detail_columns, visible_and_hit, index_memory, index_build)

if __name__ == "__main__":
    _, name, measured = sys.argv
    print({probe.__name__: probe for probe in PROBES}[name](Path(measured)))
