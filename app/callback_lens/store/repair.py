"""A damaged captures.db: set aside as it is, and what can be read of it put into a new one."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from itertools import chain, count, islice
from pathlib import Path

from callback_lens.errors import Message
from callback_lens.store.database import Database, Row
from callback_lens.store.faults import Reason, StoreUnavailable, damage_note, system_faults_named
from callback_lens.store.store import body_pieces

TABLES = ("captures", "bodies", "uploads", "chunks", "answers", "forwards", "deleted")
MENTIONED_IDS = {  # and the tables and columns that have them, even where the row itself cannot be read
    "captures": (("captures", "id"), ("bodies", "capture_id"), ("forwards", "capture_id"), ("deleted", "id")),
    "uploads": (("uploads", "id"), ("chunks", "upload_id"), ("captures", "upload_id")),
}
ENDINGS = ("", "-wal", "-shm")
BATCH = 100  # rows in memory at a time; a chunk of a body takes 1 MiB
RECOVERED = Message("{file} was damaged: it is now {aside}, and {count} captures in it could be read")
Open = Callable[[], Database]


def is_sound(path: Path, open_database: Open) -> bool:
    """Whether the database opens and, where damage was met since it was opened last, SQLite finds none."""
    try:
        with closing(open_database()) as database:
            note = damage_note(path)
            if note.exists() and database.value("PRAGMA quick_check(1)") != "ok":
                return False
            note.unlink(missing_ok=True)
            return True
    except StoreUnavailable as fault:
        if fault.reason is not Reason.DAMAGED:
            raise
        return False


def recover(path: Path, now: datetime, open_database: Open) -> Message:
    """Set the database at ``path`` aside, fill a new one with what can be read of it, and say so."""
    aside = _set_aside(path, now)
    damage_note(path).unlink(missing_ok=True)
    with closing(open_database()) as database:
        _salvage(aside, database)
        found = _check_bodies(database)
    return Message(RECOVERED.id, {"file": str(path), "aside": aside.name, "count": found})


def _set_aside(path: Path, now: datetime) -> Path:
    """Rename the database and what belongs to it; nothing is overwritten."""
    stamp = f"{path.stem}-damaged-{now:%Y%m%dT%H%M%SZ}"
    names = (path.with_name(f"{stamp}{f'-{number}' if number else ''}{path.suffix}") for number in count())
    aside = next(name for name in names if not name.exists())
    with system_faults_named(path):
        for ending in ENDINGS:
            part = path.with_name(path.name + ending)
            if part.exists():
                part.rename(aside.with_name(aside.name + ending))
    return aside


def _salvage(aside: Path, database: Database) -> None:
    """Copy the rows that can be read, and see to it that no id is used again."""
    with closing(sqlite3.connect(aside)) as damaged:
        damaged.execute("PRAGMA writable_schema = ON")  # or SQLite refuses a file that was cut off
        damaged.text_factory = bytes
        for table in TABLES:
            _copy(damaged, database, table)
        last_ids = _readable(damaged, "SELECT name, seq FROM sqlite_sequence")
    with database.writing():
        database.execute("DELETE FROM answers WHERE capture_id NOT IN (SELECT id FROM captures)")
        _use_no_id_again(database, {name: seq for name, seq in last_ids if isinstance(seq, int)})


def _use_no_id_again(database: Database, last_ids: Mapping[bytes, int]) -> None:
    for table, mentions in MENTIONED_IDS.items():
        found = [database.value(f"SELECT max({column}) FROM {name}") or 0 for name, column in mentions]  # noqa: S608 - our own names
        database.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        last = max(*found, last_ids.get(table.encode(), 0))
        database.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))


def _copy(damaged: sqlite3.Connection, database: Database, table: str) -> None:
    columns = [(name.decode(), kind) for _, name, kind, *_ in _readable(damaged, f"PRAGMA table_info({table})")]
    if columns:
        names = ", ".join(name for name, _ in columns)
        places = ", ".join("CAST(? AS TEXT)" if kind == b"TEXT" else "?" for _, kind in columns)
        insert = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})"  # noqa: S608 - our own names
        rows = _readable_rows(damaged, table, names)
        while batch := list(islice(rows, BATCH)):
            with database.writing():
                database.execute_many(insert, batch)


def _readable(damaged: sqlite3.Connection, sql: str) -> list[Row]:
    """The rows of a query; none where they cannot be read."""
    try:
        return list(damaged.execute(sql))
    except sqlite3.DatabaseError:
        return []


def _readable_rows(damaged: sqlite3.Connection, table: str, columns: str) -> Iterator[Row]:
    """The rows that can be read: where one cannot, the range that it is in is halved until it stands alone."""
    select = f"SELECT rowid, {columns} FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"  # noqa: S608 - our own names
    ranges = [(1, _last_row(damaged, table))]
    while ranges:
        low, high = ranges.pop()
        try:
            for row in damaged.execute(select, (low, high)):
                low = row[0] + 1
                yield row[1:]
        except sqlite3.DatabaseError:
            middle = (low + high) // 2
            ranges += [(middle + 1, high), (low, middle)] if low < high else []


def _last_row(damaged: sqlite3.Connection, table: str) -> int:
    """The last row id; where it cannot be read, the last id that a capture was given."""
    found = chain(
        _readable(damaged, f"SELECT max(rowid) FROM {table}"),  # noqa: S608 - our own names
        _readable(damaged, "SELECT max(seq) FROM sqlite_sequence"),
    )
    return next((last for (last,) in found if last), 0)


def _check_bodies(database: Database) -> int:
    """Mark captures whose body is not what was received as incomplete; how many captures there are."""
    captures = list(database.rows("SELECT id, sha256 FROM captures WHERE is_complete"))
    broken = [(number,) for number, sha256 in captures if _digest(database, number) != sha256]
    with database.writing():
        database.execute_many("UPDATE captures SET is_complete = 0 WHERE id = ?", broken)
    return int(database.value("SELECT count(*) FROM captures"))


def _digest(database: Database, capture_id: int) -> bytes:
    digest = hashlib.sha256()
    for piece in body_pieces(database, capture_id):
        digest.update(piece)
    return digest.digest()
