"""Measures what Callback Lens promises: its own times and memory beside those of a reference that runs in turn with it.

Ratios are medians over several pairs, so a slow or busy machine changes them little. Nothing is measured in a process
that has measured something else. The table goes to standard output, every single measurement to a JSON file.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import benchmarks
from benchmarks import Benchmark
from capture_benchmarks import CAPTURE
from export_benchmarks import EXPORTS
from live_benchmarks import LIVE
from rows import Row, heading
from timeline_benchmarks import TIMELINE
from transcript_benchmarks import TRANSCRIPT
from window_benchmarks import WINDOW

ALL = (*benchmarks.ALL, *TRANSCRIPT, *TIMELINE, *EXPORTS, *WINDOW, *CAPTURE, *LIVE)
RESULTS = Path(__file__).resolve().parents[2] / "bench-results" / "results.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; 0 unless ``--strict`` is given and a bound is exceeded."""
    options = _parser().parse_args(arguments)
    rows: list[Row] = []
    print(heading(), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for benchmark in options.benchmarks or [benchmark for benchmark in ALL if not benchmark.left_out]:
            rows.append(benchmark.run(Path(folder), options.rounds))
            print(rows[-1].line(), flush=True)
    if not options.benchmarks:
        _tell_left_out()
    _write(options.json, rows)
    return 1 if options.strict and any(row.is_over for row in rows) else 0


def _parser() -> argparse.ArgumentParser:
    meanings = [f"  {benchmark.name:24}{benchmark.meaning}" for benchmark in ALL]
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="\n".join(["benchmarks:", *meanings]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("benchmarks", nargs="*", metavar="NAME", type=_benchmark, help="what to measure (default: all not left out)")
    add("--json", type=Path, default=RESULTS, metavar="FILE", help="default: bench-results/results.json")
    add("--rounds", type=int, metavar="N", help="measure everything N times (default: as often as each needs)")
    add("--strict", action="store_true", help="exit with 1 if a bound is exceeded")
    return parser


def _tell_left_out() -> None:
    for benchmark in ALL:
        if benchmark.left_out:
            print(f"{benchmark.name:24}left out unless it is named: {benchmark.left_out}")


def _benchmark(name: str) -> Benchmark:
    for benchmark in ALL:
        if benchmark.name == name:
            return benchmark
    raise argparse.ArgumentTypeError(f"no benchmark is called {name}; --help lists them")


def _write(file: Path, rows: Sequence[Row]) -> None:
    machine = {"python": platform.python_version(), "system": platform.platform(), "processors": os.cpu_count()}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({**machine, "rows": [row.as_json() for row in rows]}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
