"""What exports are measured, and within which bounds."""

from pathlib import Path

from benchmarks import Benchmark, Measure, python

PROBES = Path(__file__).parent / "export_probes.py"


def _probe(what: str, to: str, level: str) -> Measure:
    return lambda file: float(python(PROBES, what, to, level, file))


def _export(to: str) -> Benchmark:
    return Benchmark(
        f"export-{to}",
        f"a transcript of 10^5 words to {to} on the disk ÷ writing the same bytes from a ready list of lines",
        "speech.xml",
        ours=_probe("export", to, "sentence"),
        reference=_probe("write", to, "sentence"),
        bound=3,
        rounds=25,  # a disk now and then takes twice its time
    )


def _export_words(to: str) -> Benchmark:
    return Benchmark(
        f"export-{to}-words",
        "the same with the time of each word, in less than a second whatever the ratio",
        "speech.xml",
        ours=_probe("export", to, "word"),
        reference=_probe("write", to, "word"),
        bound=1000,
        is_of_ours=True,
    )


MEASURED = ("srt", "vtt", "textgrid", "csv")
EXPORTS = (*map(_export, MEASURED), *map(_export_words, MEASURED))
