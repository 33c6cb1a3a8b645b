"""What every command is given: the language, the limits, the streams, the names of what it reads."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from callback_lens.cli.captured import is_capture_name
from callback_lens.errors import Message, UserError
from callback_lens.export.language import Language
from callback_lens.export.layout import one_line
from callback_lens.payload.limits import Limits

if TYPE_CHECKING:
    from callback_lens.payload.document import Document
    from callback_lens.payload.inputs import Input


@dataclass(frozen=True, slots=True)
class Context:
    """Built once in ``main`` and passed down; ``captures`` is the folder of the profile's captures."""

    language: Language
    limits: Limits
    stdin: BinaryIO
    stdout: TextIO
    stderr: TextIO
    captures: Path

    def documents(self, names: Iterable[str]) -> "Iterator[Document | UserError]":
        """What the user named, read; each thing that cannot be read is reported to stderr as it is met."""
        # Imported here: an empty window needs none of it.
        from callback_lens.payload.reader import read_documents

        for given in self._inputs(names):
            for result in [given] if isinstance(given, UserError) else read_documents(given, self.limits):
                if isinstance(result, UserError):
                    self.report(result)
                yield result

    def _inputs(self, names: Iterable[str]) -> "Iterator[Input | UserError]":
        from callback_lens.payload.inputs import read_inputs

        for name in names:
            if is_capture_name(name):
                from callback_lens.cli.captured import input_of_capture

                yield input_of_capture(name, self.captures, self.limits)
            else:
                yield from read_inputs([name], self.limits, self.stdin)

    def print(self, line: str = "") -> None:
        """One line to standard output. Raises UserError where the system does not take it."""
        with _writing():
            print(line, file=self.stdout)

    def write(self, content: bytes) -> None:
        """Bytes to standard output as they are. Raises UserError where the system does not take them."""
        with _writing():
            self.stdout.flush()
            self.stdout.buffer.write(content)

    def flush(self) -> None:
        """Have the system take what was printed. Raises UserError where it does not."""
        with _writing():
            self.stdout.flush()

    def report(self, error: UserError) -> None:
        """One line to standard error: ``error: FILE:LINE:COL: what (hint)``."""
        try:
            self.flush()
        except UserError as unwritten:  # from now on the output goes nowhere, which takes everything
            self.report(unwritten)
        print(f"error: {error_line(error, self.language)}", file=self.stderr)

    def warn(self, warning: Message) -> None:
        """One line to standard error: ``warning: what``."""
        print(f"warning: {one_line(self.language.words(warning))}", file=self.stderr)


@contextmanager
def _writing() -> Iterator[None]:
    """A full disk is the environment's fault; a reader who has enough (BrokenPipeError) is at no fault."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        discard_output()
        raise UserError(Message("the output cannot be written: {reason}", {"reason": error.strerror})) from error


def discard_output() -> None:
    """From now on standard output goes nowhere; without this Python complains when it closes what is broken."""
    _discard(sys.stdout)


def discard_errors() -> None:
    """From now on standard error goes nowhere; without this a broken one becomes the exit status."""
    _discard(sys.stderr)


def _discard(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def error_line(error: UserError, language: Language) -> str:
    """``FILE:LINE:COL: what (hint)``, each part where there is one."""
    place = one_line(error.source or "")
    if error.position is not None:
        place += f":{error.position.line}:{error.position.column}"
    hint = f" ({one_line(language.words(error.hint))})" if error.hint else ""
    return f"{place + ': ' if place else ''}{one_line(language.words(error.message))}{hint}"


def use_utf8() -> None:
    """Output is UTF-8 on every system; what UTF-8 cannot say (lone surrogates) is written as an escape.

    What is closed, as all is for a program without console on Windows, goes nowhere.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115  # for as long as the program runs
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
