"""The files that are measured: the same in every call, made where a benchmark first asks for one."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from callback_lens.resources import resource
from callback_lens.transcript.synthetic import SyntheticSpeech, synthetic_speech_json, synthetic_speech_xml

SMALL_FILES = 1000
SMALL = 4096  # bytes


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


MAKERS: dict[str, Callable[[Path], None]] = {
    "speech.xml": _speech_xml,
    "speech.json": _speech_json,
    "ten-thousand-words.xml": _ten_thousand_words,
    "million-words.xml": _million_words,
    "callback.xml": _callback,
    "small-files": _small_files,
}


if __name__ == "__main__":
    made = Path(sys.argv[1])
    MAKERS[made.name](made)
