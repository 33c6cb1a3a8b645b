"""The tables of captures.db, and how a file of an older version gets them."""

import secrets

from callback_lens.errors import Message, UserError
from callback_lens.store.database import Database

APPLICATION_ID = 0x43424C43  # CBLC, where the system's `file` looks for it
# Numbered from 1; each brings a file of the version before to its own, and is never changed once it was released.
MIGRATIONS = (
    (
        # Ids ascend in the order of commits, and are never used again. Bodies have tables of their own: this one is
        # read through from end to end when captures are looked for.
        """CREATE TABLE captures (
            id INTEGER PRIMARY KEY AUTOINCREMENT, arrived INTEGER NOT NULL, committed INTEGER NOT NULL,
            answered INTEGER, method TEXT NOT NULL, target BLOB NOT NULL, http_version TEXT NOT NULL,
            peer TEXT NOT NULL, size INTEGER NOT NULL, sha256 BLOB NOT NULL, upload_id INTEGER, status INTEGER,
            is_complete INTEGER NOT NULL, refused TEXT, is_pinned INTEGER NOT NULL DEFAULT 0, note TEXT,
            headers BLOB NOT NULL, trailers BLOB NOT NULL, answer BLOB NOT NULL)""",
        "CREATE INDEX captures_pinned ON captures (id) WHERE is_pinned",
        "CREATE INDEX captures_refused ON captures (id) WHERE refused IS NOT NULL",
        "CREATE INDEX captures_noted ON captures (id) WHERE note IS NOT NULL",
        "CREATE TABLE bodies (capture_id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
        # What is still arriving; its row goes when the capture's comes, its chunks stay.
        """CREATE TABLE uploads (
            id INTEGER PRIMARY KEY AUTOINCREMENT, arrived INTEGER NOT NULL, method TEXT NOT NULL, target BLOB NOT NULL,
            http_version TEXT NOT NULL, peer TEXT NOT NULL, headers BLOB NOT NULL)""",
        """CREATE TABLE chunks (
            upload_id INTEGER NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL,
            PRIMARY KEY (upload_id, number))""",
        """CREATE TABLE forwards (
            id INTEGER PRIMARY KEY, capture_id INTEGER NOT NULL, url TEXT NOT NULL, attempt INTEGER NOT NULL,
            at INTEGER NOT NULL, status INTEGER, error TEXT)""",
        "CREATE INDEX forwards_capture ON forwards (capture_id)",
        # Deleted captures that the index still knows, or whose chunks are still there (upload_id).
        "CREATE TABLE deleted (id INTEGER PRIMARY KEY, upload_id INTEGER)",
        "CREATE INDEX deleted_uploads ON deleted (upload_id) WHERE upload_id IS NOT NULL",
        # By it the index knows the file that it was made for.
        "CREATE TABLE identity (value BLOB NOT NULL)",
    ),
    (
        # In place of captures.answered, which is of older captures: a row is added in a fifth of the time that it
        # takes to change one, whose page also would have to be written once more.
        "CREATE TABLE answers (capture_id INTEGER PRIMARY KEY, at INTEGER NOT NULL)",
    ),
)


def migrate(database: Database) -> None:
    """Give ``database`` the tables of this version.

    Raises UserError for a file of a newer version, and for one of another program.
    """
    if _version(database) == len(MIGRATIONS):
        return
    with database.writing():
        version = _version(database)
        for number, statements in enumerate(MIGRATIONS[version:], version + 1):
            for statement in statements:
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {number}")
        if version == 0:
            database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            database.execute("INSERT INTO identity (value) VALUES (?)", (secrets.token_bytes(16),))


def _version(database: Database) -> int:
    """The version of the file, 0 for an empty one."""
    version = int(database.value("PRAGMA user_version"))
    is_empty = database.value("SELECT count(*) FROM sqlite_schema") == 0
    if not is_empty and database.value("PRAGMA application_id") != APPLICATION_ID:
        raise UserError(
            Message("{file} is another program's database", {"file": str(database.path)}),
            Message("move it away, or choose another folder with --profile"),
        )
    if version > len(MIGRATIONS):
        raise UserError(
            Message("{file} was written by a newer version of Callback Lens", {"file": str(database.path)}),
            Message("please update"),
        )
    return version
