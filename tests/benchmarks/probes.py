"""Each thing that is measured in a process of its own: ``probes.py NAME FILE`` prints one number."""

import gc
import json
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from threading import Event
from time import perf_counter

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
    """ms from a file to its documents, envelopes and transcripts."""
    return _milliseconds(lambda: list(_transcripts(path)))


def read_and_summarize(path: Path) -> float:
    """ms from a file, or one file after the other of a folder, to all that is said about it, findings included."""
    return _milliseconds(lambda: _drop_each(map(summarize, _documents(path))))


def read_envelopes(folder: Path) -> float:
    """ms from one file after the other to documents and envelopes."""
    return _milliseconds(lambda: _drop_each(read_envelope(document.payload) for document in _documents(folder)))


def xmltodict_parse(path: Path) -> float:
    """ms that xmltodict alone takes for the bytes of a file."""
    content = path.read_bytes()
    return _milliseconds(lambda: xmltodict.parse(content))


def xmltodict_parse_each(folder: Path) -> float:
    """ms that xmltodict alone takes for the bytes of one file after the other."""
    contents = [path.read_bytes() for path in folder.iterdir()]
    return _milliseconds(lambda: _drop_each(map(xmltodict.parse, contents)))


def json_loads(path: Path) -> float:
    """ms that json.loads alone takes for the bytes of a file."""
    content = path.read_bytes()
    return _milliseconds(lambda: json.loads(content))


def peak_memory(path: Path) -> float:
    """MB that a file's documents, envelopes and transcripts take at most while they are read and afterwards."""
    before = _peak_memory()
    kept = list(_transcripts(path))
    peak = _peak_memory() - before
    del kept
    return peak


def longest_hold(path: Path) -> float:
    """ms that a 1 ms timer waits at most while another thread reads a file, collects garbage and drops what it read."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        reading = pool.submit(_read_collect_and_drop, path)
        ticks = [perf_counter()]
        never = Event()
        while not reading.done():
            never.wait(TICK)
            ticks.append(perf_counter())
    reading.result()
    return max(after - before for before, after in pairwise(ticks)) * 1000


def _read_collect_and_drop(path: Path) -> None:
    kept = list(_transcripts(path))
    gc.collect()  # sooner or later the collector runs by itself
    del kept


def _transcripts(path: Path) -> Iterator[tuple[Document, Envelope, list[Transcript | None]]]:
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


def _drop_each(results: Iterable[object]) -> None:
    """Go through ``results`` as the command line does, never holding two of them."""
    deque(results, maxlen=0)


def _milliseconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    kept = work()  # so that dropping it is not measured
    took = perf_counter() - start
    del kept
    return took * 1000


def _peak_memory() -> float:
    """MB, the most that was ever resident of this process."""
    import resource  # Windows has none

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


PROBES = (
    read,
    read_and_summarize,
    read_envelopes,
    xmltodict_parse,
    xmltodict_parse_each,
    json_loads,
    peak_memory,
    longest_hold,
)

if __name__ == "__main__":
    _, name, measured = sys.argv
    print({probe.__name__: probe for probe in PROBES}[name](Path(measured)))
