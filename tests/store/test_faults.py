import sqlite3
from errno import EACCES, EIO, ENOSPC, EROFS
from pathlib import Path

import pytest
from callback_lens.store.faults import (
    FaultsNamed,
    Interrupted,
    Reason,
    StoreUnavailable,
    damage_note,
    system_faults_named,
)


def error_of(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("something")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (sqlite3.SQLITE_FULL, Reason.FULL),
        (sqlite3.SQLITE_READONLY_DBMOVED, Reason.READ_ONLY),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Reason.LOCKED),
        (sqlite3.SQLITE_NOTADB, Reason.DAMAGED),
        (sqlite3.SQLITE_CORRUPT_INDEX, Reason.DAMAGED),
        (sqlite3.SQLITE_IOERR_WRITE, Reason.IO_ERROR),
        (sqlite3.SQLITE_IOERR_FSYNC, Reason.IO_ERROR),
        (sqlite3.SQLITE_CANTOPEN, Reason.IO_ERROR),
    ],
)
def test_faults_of_the_environment_are_told_apart(tmp_path: Path, code: int, reason: Reason) -> None:
    path, attached = tmp_path / "a.db", tmp_path / "b.db"
    with pytest.raises(StoreUnavailable) as caught, FaultsNamed(path, attached):
        raise error_of(code)
    assert (caught.value.reason, caught.value.path) == (reason, path)
    assert str(path) in str(caught.value)
    assert caught.value.hint is not None
    assert [damage_note(place).exists() for place in (path, attached)] == [reason is Reason.DAMAGED] * 2


@pytest.mark.parametrize(
    "mistake", [sqlite3.ProgrammingError("no such table"), error_of(sqlite3.SQLITE_ERROR), ValueError("ours")]
)
def test_mistakes_stay_what_they_are(tmp_path: Path, mistake: Exception) -> None:
    with pytest.raises(type(mistake)) as caught, FaultsNamed(tmp_path / "a.db"):
        raise mistake
    assert caught.value is mistake


def test_an_interrupted_query_is_no_fault(tmp_path: Path) -> None:
    with pytest.raises(Interrupted), FaultsNamed(tmp_path / "a.db"):
        raise error_of(sqlite3.SQLITE_INTERRUPT)


@pytest.mark.parametrize(
    ("number", "reason"),
    [(ENOSPC, Reason.FULL), (EACCES, Reason.READ_ONLY), (EROFS, Reason.READ_ONLY), (EIO, Reason.IO_ERROR)],
)
def test_faults_of_the_system_are_told_apart(tmp_path: Path, number: int, reason: Reason) -> None:
    with pytest.raises(StoreUnavailable) as caught, system_faults_named(tmp_path):
        raise OSError(number, "something")
    assert caught.value.reason is reason
