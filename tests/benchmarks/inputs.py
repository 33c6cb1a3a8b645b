"""The files that are measured: the same in every call, made where a benchmark first asks for one."""

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from callback_lens.resources import resource
from callback_lens.store.index import open_index
from callback_lens.store.model import Request, WireCapture
from callback_lens.store.opening import open_store
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_json, synthetic_speech_xml
from load import callbacks

SMALL_FILES = 1000
SMALL = 4096  # bytes
MILLION = 1_000_000
AT_ONCE = 10_000  # captures, in a transaction
HEADERS = (
    b"Host: example.com\r\nUser-Agent: Go-http-client/1.1\r\nContent-Type: application/xml\r\nAccept-Encoding: gzip\r\n"
)
SECOND = 1_000_000  # microseconds
TAG, RARE_TAG = "StreamExtract", "SmartCover"
RARE_WORD = "稀"


def _speech_xml(path: Path) -> None:
    path.write_bytes(synthetic_speech_xml(SyntheticSpeech()))


def _speech_json(path: Path) -> None:
    path.write_bytes(synthetic_speech_json(SyntheticSpeech()))


def _ten_thousand_words(path: Path) -> None:
    path.write_bytes(synthetic_speech_xml(SyntheticSpeech(sentences=450)))


def _million_words(path: Path) -> None:
    path.write_bytes(synthetic_speech_xml(SyntheticSpeech(sentences=45_000)))


def _callback(path: Path) -> None:
    shutil.copyfile(resource("samples") / "SmartCover" / "api-success.xml", path)


def _small_files(folder: Path) -> None:
    """Every small sample that is XML (the reference reads nothing else), again and again."""
    samples = [path for path in sorted(resource("samples").glob("*/*.xml")) if path.stat().st_size < SMALL]
    folder.mkdir()
    for number in range(SMALL_FILES):
        shutil.copyfile(samples[number % len(samples)], folder / f"{number}.xml")


def _compact_callback(path: Path) -> None:
    path.write_bytes(_compact())


def _compact() -> bytes:
    """A callback of 1.6 kB, on one line as CI sends it."""
    formatted = (resource("samples") / TAG / "api-success.xml").read_bytes()
    return re.sub(rb">\s+<", b"><", formatted)


def _million_captures(folder: Path) -> None:
    """A profile with as many captures, one a second, indexed."""
    captures = _captures(_compact())
    with open_store(folder) as store, open_index(folder) as index:
        while some := list(islice(captures, AT_ONCE)):
            store.add(some, some[-1].request.arrived)
        index.catch_up()


def _captures(callback: bytes) -> Iterator[WireCapture]:
    for number, body in enumerate(islice(callbacks(callback), MILLION)):
        request = Request(number * SECOND, "POST", b"/", "1.1", "127.0.0.1:50000", HEADERS)
        yield WireCapture(request, _marked(number, body), status=200)


def _marked(number: int, body: bytes) -> bytes:
    """One of a thousand gets RARE_TAG, one of a hundred thousand RARE_WORD."""
    if number % 100_000 == 0:
        body = body.replace(b"</UserData>", f"{RARE_WORD}</UserData>".encode())
    return body if number % 1000 else body.replace(TAG.encode(), RARE_TAG.encode())


MAKERS: dict[str, Callable[[Path], None]] = {
    "speech.xml": _speech_xml,
    "speech.json": _speech_json,
    "ten-thousand-words.xml": _ten_thousand_words,
    "million-words.xml": _million_words,
    "callback.xml": _callback,
    "small-files": _small_files,
    "compact-callback.xml": _compact_callback,
    "million-captures": _million_captures,
}


if __name__ == "__main__":
    made = Path(sys.argv[1])
    MAKERS[made.name](made)
