"""What is measured of capturing, against what, and within which bound."""

import sys
from importlib.util import find_spec
from pathlib import Path

from benchmarks import Benchmark, Measure, python
from servers import MITMDUMP

PROBES = Path(__file__).parent / "capture_probes.py"
CALLBACK = "compact-callback.xml"
MILLION = "million-captures"
TAKES_MINUTES = "to make a store of 10^6 captures takes some minutes and 5 GB of disk"
NO_UVICORN = None if find_spec("uvicorn") and find_spec("uvloop") else "uvicorn or uvloop is not installed"
NO_MITMDUMP = None if MITMDUMP else "there is no mitmdump on the PATH"
NO_PROC = None if sys.platform == "linux" else "another process's peak memory is read from /proc"


def _probe(name: str) -> Measure:
    return lambda file: float(python(PROBES, name, file))


def of_million(name: str, meaning: str, ours: Measure, bound: float) -> Benchmark:
    """A benchmark of a store of 10^6 captures."""
    return Benchmark(name, meaning, MILLION, ours=ours, bound=bound, left_out=TAKES_MINUTES)


RATE = (
    Benchmark(
        "capture-rate",
        "time for each callback of 1.6 kB on 64 connections (by wrk if there) ÷ of uvicorn, which stores nothing",
        CALLBACK,
        ours=_probe("quiet_request"),
        reference=_probe("uvicorn_request"),
        bound=1.66,  # 0.6 of its rate
        unit="µs",
        left_out=NO_UVICORN,
    ),
    Benchmark(
        "capture-rate-printed",
        "the same while the listener prints a line for each",
        CALLBACK,
        ours=_probe("printed_request"),
        reference=_probe("uvicorn_request"),
        unit="µs",
        rounds=3,
        left_out=NO_UVICORN,
    ),
    Benchmark(
        "capture-mitmdump",
        "the same ÷ of mitmdump, which answers by itself; 0.1: ten times its rate",
        CALLBACK,
        ours=_probe("quiet_request"),
        reference=_probe("mitmdump_request"),
        bound=0.1,
        unit="µs",
        rounds=3,
        left_out=NO_MITMDUMP,
    ),
    Benchmark(
        "capture-p99",
        "the 99th percentile of the time from a callback to its answer on 64 connections, each always waiting for one",
        CALLBACK,
        ours=_probe("listener_p99"),
        bound=50,
    ),
)
MEMORY = (
    Benchmark(
        "capture-memory",
        "the most memory that the listener's process takes for 10^5 captures",
        CALLBACK,
        ours=_probe("memory"),
        bound=100,
        unit="MB",
        rounds=1,
        left_out=NO_PROC,
    ),
    Benchmark(
        "capture-large",
        "the most memory that a body of 60 MB adds to the listener's process, without the one that indexes it",
        CALLBACK,
        ours=_probe("large_body"),
        bound=20,
        unit="MB",
        rounds=3,
        left_out=NO_PROC,
    ),
)
INDEX_LAG = Benchmark(
    "index-lag",
    "from the last answer of 10^4 callbacks in a burst to all of them indexed",
    CALLBACK,
    ours=_probe("index_lag"),
    bound=2000,
    rounds=3,
)
LARGE_STORE = (
    of_million("list-first-page", "from opening a store of 10^6 captures to the newest 100", _probe("first_page"), 200),
    of_million("filter-tag", "the same of those with a Tag that one in a thousand has", _probe("tag_page"), 200),
    of_million("body-search", "the same of those with a word that one in 10^5 holds", _probe("word_page"), 1000),
    of_million("listen-start", "callback-lens listen on 10^6 captures to the address it gives", _probe("start"), 1000),
)
CAPTURE = (*RATE, *MEMORY, INDEX_LAG, *LARGE_STORE)
