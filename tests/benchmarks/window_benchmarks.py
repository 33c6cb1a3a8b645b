"""What is measured of the window, against what, and within which bound."""

import sys
from operator import itemgetter
from pathlib import Path

from benchmarks import Benchmark, Measure, megabytes, part, probe, python, since_start

PROBES = Path(__file__).parent / "window_probes.py"
PHASES = ("loading", "searching", "filtering", "expanding", "switching")


def _window_probe(name: str) -> Measure:
    return lambda file: float(python(PROBES, name, file))


def _search(name: str, meaning: str, probe_name: str, bound: float) -> Benchmark:
    return Benchmark(name, meaning, "speech.xml", ours=_window_probe(probe_name), bound=bound)


def _gap_pair(phase: str) -> tuple[Benchmark, Benchmark]:
    meaning = f"between two calls of a 1 ms timer of the window while {phase} at 10^5 words"
    most, longest = (part(PROBES, phase, itemgetter(which)) for which in (0, 1))
    return (
        Benchmark(f"gap-{phase}", f"the 99.9th percentile {meaning}", "speech.xml", ours=most, bound=30, rounds=3),
        Benchmark(f"gap-{phase}-max", f"the longest time {meaning}", "speech.xml", ours=longest, bound=60, rounds=3),
    )


_xmltodict = probe("xmltodict_parse")

MEMORY = (
    Benchmark(
        "memory-window",
        "the most memory that opening 10^5 words of XML takes above the empty window ÷ the size of the file",
        "speech.xml",
        ours=_window_probe("memory"),
        reference=megabytes,
        bound=15,
        unit="MB",
        rounds=3,
    ),
)

WINDOW = (
    Benchmark(
        "window-start",
        "start to the empty window's first paint ÷ that of a bare PySide6 window with a tree view",
        "callback.xml",
        ours=since_start(PROBES, "first_paint"),
        reference=since_start(PROBES, "bare_first_paint"),
        bound=2.5,
        rounds=7,
    ),
    Benchmark(
        "window-open",
        "10^5 words of XML from file to tree and overview on the screen ÷ xmltodict.parse alone",
        "speech.xml",
        ours=_window_probe("open_file"),
        reference=_xmltodict,
        bound=0.8,
    ),
    Benchmark(
        "window-open-naive",
        "the same by ElementTree, a QStandardItemModel and a QTreeView ÷ xmltodict.parse alone",
        "speech.xml",
        ours=_window_probe("naive_open"),
        reference=_xmltodict,
        rounds=1,
    ),
    _search("search-first", "a query that many of 10^5 words match, to its first match in sight", "first_hit", 50),
    _search("search-all", "the same to its last match", "all_hits", 500),
    _search("search-nothing", "a query that no node matches, to knowing that", "no_hit", 500),
    *(benchmark for phase in PHASES for benchmark in _gap_pair(phase)),
    *(() if sys.platform == "win32" else MEMORY),  # its Python cannot tell the peak
)
