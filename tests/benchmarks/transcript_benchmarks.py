"""What is measured of a transcript, and within which bound."""

from pathlib import Path

from benchmarks import Benchmark, Measure, python

PROBES = Path(__file__).parent / "transcript_probes.py"


def _transcript_probe(name: str) -> Measure:
    return lambda file: float(python(PROBES, name, file))


def _of_a_million_words(
    name: str, meaning: str, probe_name: str, bound: float | None = None, unit: str = "ms"
) -> Benchmark:
    ours = _transcript_probe(probe_name)
    return Benchmark(name, meaning, "million-words.xml", ours=ours, bound=bound, unit=unit, rounds=3)


TRANSCRIPT = (
    Benchmark(
        "findings-statistics",
        "all findings and statistics of 10^5 words, of all, by speaker and by sentence",
        "speech.xml",
        ours=_transcript_probe("findings_and_statistics"),
        bound=500,
    ),
    _of_a_million_words(
        "detail-columns",
        "10^6 words in 1600 columns: number, coverage, worst and flags of each, at the slowest zoom",
        "detail_columns",
        bound=2,
    ),
    _of_a_million_words(
        "visible-and-hit",
        "the words of 10 s of 10^6 and the one under the pointer, in every row",
        "visible_and_hit",
        bound=200,
        unit="µs",
    ),
    _of_a_million_words(
        "index-memory",
        "what lanes, columns, flags and measures of 10^6 words keep beyond the transcript, for each word",
        "index_memory",
        bound=64,
        unit="bytes",
    ),
    _of_a_million_words("index-build", "the time for all of these of 10^6 words", "index_build"),
)
