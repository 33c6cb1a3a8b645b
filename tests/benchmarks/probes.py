"""Each thing that is measured in a process of its own: ``probes.py NAME FILE`` prints one number."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from threading import Event
from time import perf_counter
from typing import Any

import xmltodict

from callback_lens.errors import UserError
from callback_lens.payload.document import Document
from callback_lens.payload.envelope import Envelope, read_envelope
from callback_lens.payload.inputs import read_inputs
from callback_lens.payload.limits import Limits
from callback_lens.payload.reader import read_documents
from callback_lens.tags import summarize
from callback_lens.transcript.columns import Transcript
from callback_lens.transcript.reading import read_transcript

NO_LIMITS = Limits(document_bytes=1 << 40, nodes=1 << 40)
RESULT = "Operation.SpeechRecognitionResult"
TICK = 0.001  # seconds


def read(path: Path) -> float:
    """ms from the file to its documents, envelopes and transcripts."""
    return _milliseconds(lambda: list(_read(path)))


def read_and_summarize(path: Path) -> float:
    """ms from the file to all that is said about its documents, findings included."""
    return _milliseconds(lambda: list(map(summarize, _documents(path))))


def xmltodict_parse(path: Path) -> float:
    """ms that xmltodict alone takes for the file's bytes, or for those of each file in a folder."""
    contents = [file.read_bytes() for file in (path.iterdir() if path.is_dir() else [path])]
    return _milliseconds(lambda: list(map(xmltodict.parse, contents)))


def json_loads(path: Path) -> float:
    """ms that json.loads alone takes for the file's bytes."""
    import json

    content = path.read_bytes()
    return _milliseconds(lambda: json.loads(content))


def peak_memory(path: Path) -> float:
    """MB by which reading raises the most memory that this process ever had resident."""
    before = _peak_memory()
    kept = list(_read(path))
    peak = _peak_memory() - before
    del kept
    return peak


def longest_hold(path: Path) -> float:
    """ms that a timer beside the thread that reads the file, and drops what it read, was kept waiting at most."""
    never = Event()
    with ThreadPoolExecutor(max_workers=1) as pool:
        reading = pool.submit(lambda: len(list(_read(path))))
        ticks = [perf_counter()]
        while not reading.done():
            never.wait(TICK)
            ticks.append(perf_counter())
    reading.result()
    return max(after - before for before, after in pairwise(ticks)) * 1000


def _read(path: Path) -> Iterator[tuple[Document, Envelope, list[Transcript | None]]]:
    for document in _documents(path):
        envelope = read_envelope(document.payload)
        results = [result for job in envelope.jobs for result in job.node.all(RESULT)]
        yield document, envelope, list(map(read_transcript, results))


def _documents(path: Path) -> Iterator[Document]:
    for given in read_inputs([str(path)], NO_LIMITS, sys.stdin.buffer):
        for document in [given] if isinstance(given, UserError) else read_documents(given, NO_LIMITS):
            if isinstance(document, UserError):
                raise document
            yield document


def _milliseconds(work: Callable[[], Any]) -> float:
    start = perf_counter()
    kept = work()  # so that no time goes into dropping it
    took = perf_counter() - start
    del kept
    return took * 1000


def _peak_memory() -> float:
    import resource  # Windows has none

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e6 / 1024)


PROBES = {probe.__name__: probe for probe in (read, read_and_summarize, xmltodict_parse, json_loads, peak_memory, longest_hold)}

if __name__ == "__main__":
    print(PROBES[sys.argv[1]](Path(sys.argv[2])))
