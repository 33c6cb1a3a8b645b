"""What is measured of captures in the window, and within which bound."""

import json
from operator import itemgetter
from pathlib import Path
from time import perf_counter

from benchmarks import Benchmark, Measure, part, python
from capture_benchmarks import MILLION, TAKES_MINUTES

PROBES = Path(__file__).parent / "live_probes.py"
ARRIVING = "500 callbacks a second arrive for 20 s and 14 MB are opened"


def _probe(name: str) -> Measure:
    return lambda folder: float(json.loads(python(PROBES, name, folder)))


def _start(folder: Path) -> float:
    """The ms from the start of the interpreter to the clock that the probe gives."""
    before = perf_counter()
    return (_probe("start")(folder) - before) * 1000


def _of_million(name: str, meaning: str, ours: Measure, bound: float) -> Benchmark:
    return Benchmark(name, meaning, MILLION, ours=ours, bound=bound, left_out=TAKES_MINUTES)


def _arriving(name: str, meaning: str, pick: str, bound: float) -> Benchmark:
    return Benchmark(name, meaning, "speech.xml", part(PROBES, "capture", itemgetter(pick)), bound=bound, rounds=3)


LIVE = (
    _of_million("live-start", "start to the newest of 10^6 captures painted and the window answering", _start, 1500),
    _of_million(
        "live-scroll",
        "the 99th percentile of a frame while 10^6 captures are scrolled by notches, pages and long jumps",
        _probe("scroll"),
        16,
    ),
    _of_million(
        "live-filter",
        "the last key of a Tag that one of 1,000 has to the first of 10^6 captures that fit, painted",
        _probe("filter_tag"),
        300,
    ),
    _of_million("live-filter-body", "the same of a word that one in 10^5 holds", _probe("filter_word"), 300),
    _arriving(
        "live-gap",
        f"the 99.9th percentile between two calls of a 1 ms timer of the window while {ARRIVING}",
        "gap",
        30,
    ),
    _arriving("live-p99", "the 99th percentile of the time from a callback to its answer meanwhile", "p99", 50),
)
