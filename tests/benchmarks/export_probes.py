"""What an export costs, in a process of its own: ``export_probes.py export|write FORMAT LEVEL FILE`` prints ms."""

import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from callback_lens.export.cues import ExportOptions, Level
from callback_lens.export.files import encoded, write_file
from callback_lens.export.formats import FORMATS
from transcript_probes import read_one


def measure(what: str, to: str, level: str, file: str) -> float:
    """ms from a transcript to a file on the disk (``export``), or from the file's lines to it (``write``)."""
    transcript, options = read_one(Path(file)), ExportOptions(Level(level))

    def exported() -> Sequence[str]:
        return FORMATS[to].export(transcript, options).lines

    lines = "\n".join(exported()).split("\n") if what == "write" else None
    start = perf_counter()
    write_file(Path(f"{file}.{what}"), encoded(lines or exported(), bom=False, crlf=False), force=True)
    return (perf_counter() - start) * 1000


if __name__ == "__main__":
    print(measure(*sys.argv[1:]))
