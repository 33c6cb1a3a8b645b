"""What every command is given: the language, the limits, the streams, the names of what it reads."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from callback_lens.errors import UserError
from callback_lens.export.layout import one_line
from callback_lens.export.summary_text import Language
from callback_lens.payload.document import Document
from callback_lens.payload.inputs import read_inputs
from callback_lens.payload.limits import Limits
from callback_lens.payload.reader import read_documents


@dataclass(frozen=True, slots=True)
class Context:
    """Built once in ``main`` and passed down."""

    language: Language
    limits: Limits
    stdin: BinaryIO
    stdout: TextIO
    stderr: TextIO

    def documents(self, names: Iterable[str]) -> Iterator[Document | UserError]:
        """What the user named, read; each thing that cannot be read is reported to stderr as it is met."""
        for given in read_inputs(names, self.limits, self.stdin):
            for result in [given] if isinstance(given, UserError) else read_documents(given, self.limits):
                if isinstance(result, UserError):
                    self.report(result)
                yield result

    def print(self, line: str = "") -> None:
        """One line to standard output."""
        print(line, file=self.stdout)

    def report(self, error: UserError) -> None:
        """One line to standard error: ``error: FILE:LINE:COL: what (hint)``."""
        self.stdout.flush()
        print(f"error: {error_line(error, self.language)}", file=self.stderr)


def error_line(error: UserError, language: Language) -> str:
    """``FILE:LINE:COL: what (hint)``, each part where there is one."""
    place = one_line(error.source or "")
    if error.position is not None:
        place += f":{error.position.line}:{error.position.column}"
    hint = f" ({one_line(language.words(error.hint))})" if error.hint else ""
    return f"{place + ': ' if place else ''}{one_line(language.words(error.message))}{hint}"


def use_utf8() -> None:
    """Output is UTF-8 on every system; what UTF-8 cannot say (lone surrogates) is written as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
