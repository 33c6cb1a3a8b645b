"""What is measured, against what, and within which bound."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

from rows import Row

HERE = Path(__file__).parent
Measure = Callable[[Path], float]


@dataclass(frozen=True)
class Benchmark:
    """A measurement in ``unit`` of a file that inputs.py makes, and of a reference that runs in turn with it.

    ``bound`` and ``is_of_ours`` are those of ``Row``; ``left_out`` is why it is measured only when it is named.
    """

    name: str
    meaning: str
    file: str
    ours: Measure
    reference: Measure | None = None
    bound: float | None = None
    is_of_ours: bool = False
    unit: str = "ms"
    rounds: int = 5
    left_out: str | None = None

    def run(self, folder: Path, rounds: int | None) -> Row:
        """Measure, by default as often as this benchmark needs; files in ``folder`` are made once."""
        file = made(folder / self.file)
        ours: list[float] = []
        reference: list[float] = []
        for _ in range(rounds or self.rounds):
            ours.append(self.ours(file))
            if self.reference:
                reference.append(self.reference(file))
        return Row(self.name, self.unit, ours, reference, self.bound, self.is_of_ours)


def made(file: Path) -> Path:
    """``file``, of those that inputs.py makes; it is made where it is not there yet."""
    if not file.exists():
        python(HERE / "inputs.py", file)
    return file


def python(*arguments: str | Path) -> bytes:
    """What a new interpreter prints. Raises CalledProcessError if it fails; its complaints go to stderr.

    It may keep what it compiles: else each start would compile what of ours has changed, but not the reference.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run([sys.executable, *arguments], stdout=subprocess.PIPE, check=True, env=environment).stdout


def probe(name: str) -> Measure:
    """What the probe of that name prints."""
    return lambda file: float(python(HERE / "probes.py", name, file))


def since_start(probes: Path, name: str) -> Measure:
    """The ms from the start of the interpreter to the clock that a probe gives."""

    def measure(file: Path) -> float:
        start = perf_counter()
        return (float(python(probes, name, file)) - start) * 1000

    return measure


def part(probes: Path, name: str, pick: Callable[[Any], float], file: str | None = None) -> Measure:
    """``pick`` of the JSON that a probe prints, which runs once in each round for all that want a part of it.

    It is given ``file`` instead of the benchmark's own.
    """
    rounds = count()
    return lambda given: pick(_found(probes, name, given.with_name(file) if file else given, next(rounds)))


@cache
def _found(probes: Path, name: str, file: Path, _round: int) -> Any:
    return json.loads(python(probes, name, made(file)))


def _process(arguments: Callable[[Path], Sequence[str | Path]]) -> Measure:
    """The ms of a whole process, from the start of the interpreter to its end."""

    def measure(file: Path) -> float:
        start = perf_counter()
        python(*arguments(file))
        return (perf_counter() - start) * 1000

    return measure


def megabytes(file: Path) -> float:
    """The size of ``file``."""
    return file.stat().st_size / 1e6


_show = _process(lambda file: ("-m", "callback_lens", "--profile", file.parent / "profile", "show", file))
_import_xmltodict = _process(lambda _: ("-c", "import xmltodict"))

SPEED = (
    Benchmark(
        "read-xml",
        "10^5 words of XML from file to document, envelope and transcript ÷ xmltodict.parse alone",
        "speech.xml",
        ours=probe("read"),
        reference=probe("xmltodict_parse"),
        bound=0.6,
    ),
    Benchmark(
        "read-json",
        "the same of JSON ÷ json.loads alone",
        "speech.json",
        ours=probe("read"),
        reference=probe("json_loads"),
        bound=4,
    ),
    Benchmark(
        "show-small",
        "callback-lens show of a 2 kB file, the whole process ÷ python -c 'import xmltodict'",
        "callback.xml",
        ours=_show,
        reference=_import_xmltodict,
        bound=3,
        rounds=15,
    ),
    Benchmark(
        "small-files",
        "1,000 small files of XML to documents and envelopes ÷ xmltodict.parse alone",
        "small-files",
        ours=probe("read_envelopes"),
        reference=probe("xmltodict_parse_each"),
        bound=1.5,
        rounds=9,
    ),
)
MEMORY = (
    Benchmark(
        "memory-xml",
        "the most memory that reading 10^5 words of XML takes ÷ the size of the file",
        "speech.xml",
        ours=probe("peak_memory"),
        reference=megabytes,
        bound=15,
        unit="MB",
        rounds=3,
    ),
    Benchmark(
        "memory-json",
        "the same of JSON ÷ the size of the file",
        "speech.json",
        ours=probe("peak_memory"),
        reference=megabytes,
        bound=15,
        unit="MB",
        rounds=3,
    ),
)
HOLDS = (
    Benchmark(
        "hold-xml",
        "the longest wait of a 1 ms timer while a thread reads 10^5 words of XML, collects garbage, drops them",
        "speech.xml",
        ours=probe("longest_hold"),
        bound=50,
    ),
    Benchmark(
        "hold-json",
        "the same of JSON",
        "speech.json",
        ours=probe("longest_hold"),
        bound=50,
    ),
)
INFORMATION = (
    Benchmark(
        "small-files-summarized",
        "1,000 small files to all that is said about them, findings included ÷ xmltodict.parse alone",
        "small-files",
        ours=probe("read_and_summarize"),
        reference=probe("xmltodict_parse_each"),
        rounds=3,
    ),
    Benchmark(
        "summarize-xml",
        "10^5 words of XML from file to all that is said about them, findings included",
        "speech.xml",
        ours=probe("read_and_summarize"),
        rounds=3,
    ),
    Benchmark(
        "show-xml",
        "callback-lens show of 10^5 words of XML, the whole process",
        "speech.xml",
        ours=_show,
        rounds=3,
    ),
    Benchmark(
        "read-million-words",
        "10^6 words of XML from file to document, envelope and transcript, beyond the usual limits",
        "million-words.xml",
        ours=probe("read"),
        rounds=1,
    ),
)
MEASURABLE_MEMORY = () if sys.platform == "win32" else MEMORY  # its Python cannot tell the peak
ALL: tuple[Benchmark, ...] = (*SPEED, *MEASURABLE_MEMORY, *HOLDS, *INFORMATION)
