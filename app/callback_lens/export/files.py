"""Files written whole or not at all."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from callback_lens.errors import Message, UserError


def encoded(lines: Sequence[str], bom: bool, crlf: bool) -> bytes:
    r"""The lines as UTF-8, each with a line end: ``\r\n`` for ``crlf``, otherwise ``\n``; after a byte order mark for
    ``bom``. What UTF-8 cannot say (lone surrogates) is written as an escape.
    """
    text = "\n".join([*lines, ""])
    if crlf:
        text = text.replace("\n", "\r\n")
    return text.encode("utf-8-sig" if bom else "utf-8", "backslashreplace")


def file_for(out: Path, name: str) -> Path:
    """``out`` itself, or the file called ``name`` in it where it is a folder. Raises UserError where it can be none."""
    with _writing(out):
        return out / name if out.is_dir() else out


def make_folder(folder: Path) -> None:
    """Make ``folder``, and those it is in, where there is none. Raises UserError where it cannot be made."""
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)


def check_target(file: Path, force: bool) -> None:
    """Raises UserError where ``file`` is there already (unless ``force``), is no file, or has no folder to be in."""
    with _writing(file):
        if file.exists() and not file.is_file():
            raise UserError(Message("{file} is no file", {"file": str(file)}))
        if file.exists() and not force:
            raise UserError(Message("{file} is there already", {"file": str(file)}), Message("--force replaces it"))
        folder = file.absolute().parent
        if not folder.is_dir():
            raise UserError(Message("there is no folder {folder}", {"folder": str(folder)}))


def write_file(file: Path, content: bytes, force: bool) -> None:
    """Have ``file`` hold ``content``; whatever happens meanwhile, it never holds a part of it.

    Raises UserError as ``check_target`` does, and where the system does not take the file.
    """
    check_target(file, force)
    unfinished = file.with_name(f".{os.getpid()}-{os.urandom(4).hex()}.tmp")
    with _writing(file):
        try:
            with unfinished.open("xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        values = {"file": str(file), "reason": error.strerror}
        raise UserError(Message("{file} cannot be written: {reason}", values)) from error
