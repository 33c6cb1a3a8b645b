"""What is measured of captures in the window, and within which bound."""

from operator import itemgetter
from pathlib import Path

from benchmarks import Benchmark, Measure, part, python, since_start
from capture_benchmarks import of_million

PROBES = Path(__file__).parent / "live_probes.py"
ARRIVING = "500 callbacks a second arrive for 20 s and 14 MB are opened"


def _probe(name: str) -> Measure:
    return lambda folder: float(python(PROBES, name, folder))


def _arriving(name: str, meaning: str, what: str, bound: float) -> Benchmark:
    return Benchmark(
        name,
        f"{meaning} while {ARRIVING}",
        "speech.xml",
        part(PROBES, "arrive", itemgetter(what)),
        bound=bound,
        rounds=3,
    )


LIVE = (
    of_million(
        "live-start",
        "start to the newest of 10^6 captures painted and the window answering",
        since_start(PROBES, "start"),
        1500,
    ),
    of_million(
        "live-scroll",
        "the 99th percentile of a frame of 10^6 captures, scrolled by notches, pages or long jumps, at worst",
        _probe("scroll"),
        16,
    ),
    of_million(
        "live-filter",
        "the last key of a Tag that one in a thousand of 10^6 captures has to the newest of those painted",
        _probe("filter_tag"),
        300,
    ),
    of_million("live-filter-body", "the same of a word that one in 10^5 holds", _probe("filter_word"), 300),
    _arriving("live-gap", "the 99.9th percentile between two calls of a 1 ms timer of the window", "gap", 30),
    _arriving("live-p99", "the 99th percentile of the time from a callback to its answer", "p99", 50),
)
