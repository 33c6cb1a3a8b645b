"""One SQLite connection: opened so that a commit is on disk, its faults named."""

import os
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote

from callback_lens.store.faults import FaultsNamed

PATIENCE = 5.0  # seconds that a statement waits for another connection's lock
LARGEST_LOG = 64 << 20  # bytes the write-ahead log keeps on disk once it was larger
PAGES_LOGGED = 4000  # after which a commit takes the time to empty the log, if nobody else has
PAGE_BYTES = 8192  # some bodies fit into one: fewer pages for each commit than of SQLite's usual 4096
INSERTED = 32  # rows by one statement, which takes a quarter less time than a statement for each

Value = int | str | bytes | bytearray | None
Values = Sequence[Value] | dict[str, Value]
Row = tuple[Any, ...]


class Database:
    """A connection to the database at ``path``. Every method raises StoreUnavailable for what is no fault of ours.

    One thread at a time may use it, whichever. Texts may hold lone surrogates: bind them as ``text`` makes them.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._faults = FaultsNamed(path)

    def execute(self, sql: str, values: Values = ()) -> int | None:
        """Run one statement; the row id if it was an INSERT."""
        with self._faults:
            return self._connection.execute(sql, values).lastrowid

    def execute_many(self, sql: str, rows: Iterable[Values]) -> int:
        """Run one statement for each of ``rows``; how many rows of the table it changed."""
        with self._faults:
            return self._connection.executemany(sql, rows).rowcount

    def insert(self, into: str, places: str, rows: Sequence[Values]) -> None:
        """Run ``into`` (``INSERT INTO captures (id, target)``) for ``rows``; ``places`` (``?, ?``) are those of one.

        Bytes take less time as ``bytearray``: for bytes, None and bool sqlite3 looks for adapters, in vain.
        """
        one, many = _inserts(into, places)
        whole = len(rows) - len(rows) % INSERTED
        with self._faults:
            for first in range(0, whole, INSERTED):
                self._connection.execute(many, [*chain.from_iterable(rows[first : first + INSERTED])])
            self._connection.executemany(one, rows[whole:])

    def rows(self, sql: str, values: Values = ()) -> Generator[Row, None, None]:
        """The rows of a query, fetched as they are asked for."""
        with self._faults:
            yield from self._connection.execute(sql, values)

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query."""
        with self._faults:
            found: Row | None = self._connection.execute(sql, values).fetchone()
            return found

    def value(self, sql: str, values: Values = ()) -> Any:
        """The first value of a query's first row; None where there is no row."""
        row = self.row(sql, values)
        return row[0] if row else None

    def writing(self) -> AbstractContextManager[None]:
        """One transaction: all of what is done in it is on disk behind it, or nothing, when it raises."""
        return self._transaction("BEGIN IMMEDIATE", "COMMIT")

    def reading(self) -> AbstractContextManager[None]:
        """All that is read in it is as it was at one moment."""
        return self._transaction("BEGIN", "ROLLBACK")

    @contextmanager
    def _transaction(self, begin: str, end: str) -> Iterator[None]:
        with self._faults:
            self._connection.execute(begin)
            try:
                yield
                self._connection.execute(end)
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def attach(self, path: Path, name: str) -> None:
        """Read the database at ``path`` as well, under ``name``."""
        with FaultsNamed(path):
            self._connection.execute(f"ATTACH ? AS {name}", (f"{_uri(path)}?mode=ro",))
        self._faults = FaultsNamed(self.path, path)

    def checkpoint(self) -> None:
        """Bring what is in the write-ahead log into the file, as far as that makes nobody wait."""
        with self._faults:
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    @property
    def changes(self) -> int:
        """How many rows this connection has changed."""
        return self._connection.total_changes

    def interrupt(self) -> None:
        """End the running query, from whatever thread; it raises Interrupted."""
        self._connection.interrupt()

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()


def connect(path: Path, *, is_network: bool, is_derived: bool = False, patience: float = PATIENCE) -> Database:
    """Open the database at ``path``, made where there is none.

    A commit returns when the system says that it is on disk; what ``is_derived`` may lose the last ones. On a network
    file system there is no write-ahead log: it needs memory that all its users share. ``patience`` is in seconds.
    """
    with FaultsNamed(path):
        connection = sqlite3.connect(
            _uri(path), uri=True, timeout=patience, isolation_level=None, check_same_thread=False
        )
        try:
            connection.text_factory = _text
            _prepare(connection, "DELETE" if is_network else "WAL", "NORMAL" if is_derived else "FULL")
        except BaseException:
            connection.close()
            raise
    return Database(path, connection)


def text(value: str | None) -> bytes | None:
    """The ``value`` for a ``CAST(? AS TEXT)``: sqlite3 does not bind lone surrogates, SQLite keeps them."""
    return None if value is None else value.encode("utf-8", "surrogatepass")


@lru_cache(maxsize=16)
def _inserts(into: str, places: str) -> tuple[str, str]:
    """The statements for one row, and for INSERTED."""
    one = f"{into} VALUES ({places})"
    return one, f"{one}{f', ({places})' * (INSERTED - 1)}"


def _uri(path: Path) -> str:
    """The address of ``path`` for SQLite, which knows no hosts: those of Windows' network paths belong to the path."""
    absolute = path.absolute().as_posix()
    return f"file:///{quote(os.fsencode(absolute.removeprefix('/')))}"


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogatepass")


def _prepare(connection: sqlite3.Connection, journal: str, synchronous: str) -> None:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    if pages == 0:  # later it would be a write of its own, without effect
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    for setting in (
        f"journal_mode = {journal}",
        f"journal_size_limit = {LARGEST_LOG}",
        f"wal_autocheckpoint = {PAGES_LOGGED}",
        f"synchronous = {synchronous}",
        "temp_store = MEMORY",  # not on a disk that may be full when that of the captures is not
        "fullfsync = ON",  # macOS: without it the disk's own cache may lose a commit
        "checkpoint_fullfsync = ON",
    ):
        connection.execute(f"PRAGMA {setting}").fetchall()
