"""What is measured, against what, and within which bound."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from rows import Row

HERE = Path(__file__).parent
Measure = Callable[[Path], float]


@dataclass(frozen=True)
class Benchmark:
    """A measurement in ``unit`` of a file that inputs.py makes, and of a reference that runs in turn with it."""

    name: str
    meaning: str
    file: str
    ours: Measure
    reference: Measure | None = None
    bound: float | None = None
    unit: str = "ms"
    rounds: int = 5

    def run(self, folder: Path, rounds: int | None) -> Row:
        """Measure, by default as often as this benchmark needs; files in ``folder`` are made once."""
        file = folder / self.file
        if not file.exists():
            _python(HERE / "inputs.py", file)
        ours: list[float] = []
        reference: list[float] = []
        for _ in range(rounds or self.rounds):
            ours.append(self.ours(file))
            if self.reference:
                reference.append(self.reference(file))
        return Row(self.name, self.unit, ours, reference, self.bound)


def _python(*arguments: str | Path) -> bytes:
    """What a new interpreter prints. Raises CalledProcessError if it fails; its complaints go to stderr."""
    return subprocess.run([sys.executable, *arguments], stdout=subprocess.PIPE, check=True).stdout


def _probe(name: str) -> Measure:
    return lambda file: float(_python(HERE / "probes.py", name, file))


def _process(arguments: Callable[[Path], Sequence[str | Path]]) -> Measure:
    """The ms of a whole process, from the start of the interpreter to its end."""

    def measure(file: Path) -> float:
        start = perf_counter()
        _python(*arguments(file))
        return (perf_counter() - start) * 1000

    return measure


def _megabytes(file: Path) -> float:
    return file.stat().st_size / 1e6


_show = _process(lambda file: ("-m", "callback_lens", "--profile", file.parent / "profile", "show", file))
_import_xmltodict = _process(lambda _: ("-c", "import xmltodict"))

ALL = (
    Benchmark(
        "read-xml",
        "10^5 words of XML from file to document, envelope and transcript ÷ xmltodict.parse alone",
        *("speech.xml", _probe("read"), _probe("xmltodict_parse"), 0.6),
    ),
    Benchmark(
        "read-json",
        "the same of JSON ÷ json.loads alone",
        *("speech.json", _probe("read"), _probe("json_loads"), 4),
    ),
    Benchmark(
        "show-small",
        "callback-lens show of a 2 kB file, the whole process ÷ python -c 'import xmltodict'",
        *("callback.xml", _show, _import_xmltodict, 3),
        rounds=15,
    ),
    Benchmark(
        "small-files",
        "1,000 small files of XML to documents and envelopes ÷ xmltodict.parse alone",
        *("small-files", _probe("read"), _probe("xmltodict_parse"), 1.5),
    ),
    Benchmark(
        "small-files-summarized",
        "the same files to all that is said about them, findings included ÷ xmltodict.parse alone",
        *("small-files", _probe("read_and_summarize"), _probe("xmltodict_parse")),
    ),
    Benchmark(
        "memory-xml",
        "the most memory that reading 10^5 words of XML takes ÷ the size of the file",
        *("speech.xml", _probe("peak_memory"), _megabytes, 15, "MB", 3),
    ),
    Benchmark(
        "memory-json",
        "the same of JSON ÷ the size of the file",
        *("speech.json", _probe("peak_memory"), _megabytes, 15, "MB", 3),
    ),
    Benchmark(
        "hold-xml",
        "the longest that a 1 ms timer waits while a thread reads 10^5 words of XML and drops them",
        *("speech.xml", _probe("longest_hold"), None, 50),
    ),
    Benchmark(
        "hold-json",
        "the same of JSON",
        *("speech.json", _probe("longest_hold"), None, 50),
    ),
    Benchmark(
        "summarize-xml",
        "10^5 words of XML from file to all that is said about them, findings included",
        *("speech.xml", _probe("read_and_summarize")),
        rounds=3,
    ),
    Benchmark(
        "show-xml",
        "callback-lens show of 10^5 words of XML, the whole process",
        *("speech.xml", _show),
        rounds=3,
    ),
    Benchmark(
        "read-million-words",
        "10^6 words of XML from file to document, envelope and transcript, beyond the usual limits",
        *("million-words.xml", _probe("read")),
        rounds=1,
    ),
)
