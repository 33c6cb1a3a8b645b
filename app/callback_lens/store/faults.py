"""What keeps the store from working, told apart so that the listener can answer 503 and people know why."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from errno import EACCES, ENOSPC, EPERM, EROFS
from pathlib import Path
from types import TracebackType

from callback_lens.errors import Message, UserError


class Reason(StrEnum):
    """Why the store cannot be read or written now."""

    FULL = "full"
    READ_ONLY = "read-only"
    LOCKED = "locked"
    DAMAGED = "damaged"
    IO_ERROR = "io-error"


DENIED = (EACCES, EPERM, EROFS)
CODES = {
    sqlite3.SQLITE_FULL: Reason.FULL,
    sqlite3.SQLITE_READONLY: Reason.READ_ONLY,
    sqlite3.SQLITE_PERM: Reason.READ_ONLY,
    sqlite3.SQLITE_BUSY: Reason.LOCKED,
    sqlite3.SQLITE_LOCKED: Reason.LOCKED,
    sqlite3.SQLITE_CORRUPT: Reason.DAMAGED,
    sqlite3.SQLITE_NOTADB: Reason.DAMAGED,
    sqlite3.SQLITE_IOERR: Reason.IO_ERROR,
    sqlite3.SQLITE_CANTOPEN: Reason.IO_ERROR,
}
MESSAGES = {
    Reason.FULL: Message("the disk is full: {file} cannot grow"),
    Reason.READ_ONLY: Message("{file} cannot be written: it is read-only"),
    Reason.LOCKED: Message("{file} is locked by another program"),
    Reason.DAMAGED: Message("{file} is damaged"),
    Reason.IO_ERROR: Message("the system fails to read or write {file}"),
}
HINTS = {
    Reason.FULL: Message("free some space, or delete captures"),
    Reason.READ_ONLY: Message("check the permissions of the folder, or choose another one with --profile"),
    Reason.LOCKED: Message("close the program that holds it"),
    Reason.DAMAGED: Message(
        "stop what uses it and start the listener: it sets the file aside and recovers the captures"
    ),
    Reason.IO_ERROR: Message("check the disk and the permissions of the folder"),
}


class StoreUnavailable(UserError):  # noqa: N818 - it says what is the case
    """The store cannot do what was asked now; nothing was changed. The same call may succeed later."""

    def __init__(self, reason: Reason, path: Path) -> None:
        super().__init__(Message(MESSAGES[reason].id, {"file": str(path)}), HINTS[reason])
        self.reason = reason
        self.path = path


class Interrupted(Exception):  # noqa: N818 - not an error
    """Somebody asked for the query to end."""


class FaultsNamed:
    """Within it SQLite's complaints about the database at ``path`` become StoreUnavailable; mistakes stay as they are.

    Damage may be in any of those ``attached`` as well. A class, and used again and again: a generator would cost as
    much as a small statement.
    """

    def __init__(self, path: Path, *attached: Path) -> None:
        self._path = path
        self._attached = attached

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if not isinstance(error, sqlite3.Error):
            return
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
            raise Interrupted from error
        reason = _reason(error, self._path)
        if reason is Reason.DAMAGED:
            _note_damage(self._path, *self._attached)
        if reason is not None:
            raise StoreUnavailable(reason, self._path) from error


@contextmanager
def system_faults_named(path: Path) -> Iterator[None]:
    """The system's complaints about files beside the database at ``path`` become StoreUnavailable."""
    try:
        yield
    except OSError as error:
        reason = (
            Reason.FULL if error.errno == ENOSPC else Reason.READ_ONLY if error.errno in DENIED else Reason.IO_ERROR
        )
        raise StoreUnavailable(reason, path) from error


def damage_note(path: Path) -> Path:
    """The file that says that damage was met in the database at ``path``: to look for all of it takes too long."""
    return path.with_name(f"{path.name}-damaged")


def _reason(error: sqlite3.Error, path: Path) -> Reason | None:
    """The reason behind SQLite's ``error``; None for what is no fault of the environment."""
    code = getattr(error, "sqlite_errorcode", 0)  # not set by errors of the Python module itself
    if code & 0xFF == sqlite3.SQLITE_CANTOPEN and not os.access(path.parent, os.W_OK):
        return Reason.READ_ONLY
    return CODES.get(code & 0xFF)


def _note_damage(*paths: Path) -> None:
    with suppress(OSError):
        for path in paths:
            damage_note(path).touch()
