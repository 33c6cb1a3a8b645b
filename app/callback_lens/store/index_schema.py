"""The tables of index.db: all in it is derived, and made anew when in doubt."""

from callback_lens.store.database import Database

VERSION = 1  # another number, and the index is made anew
WINDOW_BITS = 16  # a full-text table holds that many bits of ids; with its last capture it goes
TABLES = (
    """CREATE TABLE facts (
        id INTEGER PRIMARY KEY, family TEXT, event TEXT, tag TEXT COLLATE NOCASE, state TEXT COLLATE NOCASE,
        job_id TEXT COLLATE NOCASE, object TEXT, started TEXT, ended TEXT, is_understood INTEGER NOT NULL,
        delivery INTEGER NOT NULL, digest BLOB NOT NULL)""",
    "CREATE INDEX facts_tag ON facts (tag)",
    "CREATE INDEX facts_state ON facts (state)",
    "CREATE INDEX facts_job ON facts (job_id, digest, delivery) WHERE job_id IS NOT NULL",
    "CREATE INDEX facts_redelivered ON facts (id) WHERE delivery > 1",
    # The captures up to `indexed` are in the index; `identity` is that of their captures.db.
    "CREATE TABLE progress (indexed INTEGER NOT NULL, identity BLOB NOT NULL)",
)


def search_table(capture_id: int) -> str:
    """The name of the full-text table that the capture belongs to."""
    return f"search_{capture_id >> WINDOW_BITS}"


def ids_of(table: str) -> tuple[int, int]:
    """The first and the last id that belong into a full-text table."""
    number = int(table.removeprefix("search_"))
    return number << WINDOW_BITS, ((number + 1) << WINDOW_BITS) - 1


def search_tables(database: Database) -> set[str]:
    """The full-text tables there are."""
    tables = database.rows("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%'")
    return {name for (name,) in tables}


def make_search_table(database: Database, name: str) -> None:
    """Make the full-text table ``name`` unless it is there; it does not keep the texts, which captures.db has."""
    database.execute(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5 (body, content = '', tokenize = 'unicode61')"
    )


def is_current(database: Database) -> bool:
    """Whether the index is of this version, and made for the captures.db that is attached as ``wire``.

    One that knows more captures than were ever kept was made for a later state of it (a backup was put back).
    """
    if database.value("PRAGMA user_version") != VERSION:
        return False
    kept = "SELECT coalesce(max(seq), 0) FROM wire.sqlite_sequence WHERE name = 'captures'"
    return bool(
        database.value(
            f"SELECT identity = (SELECT value FROM wire.identity) AND indexed <= ({kept}) FROM progress"  # noqa: S608 - our own names
        )
    )


def make_anew(database: Database) -> None:
    """Forget all that is derived. Within a transaction."""
    for name in search_tables(database):
        database.execute(f"DROP TABLE {name}")
    tables = database.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    for (name,) in list(tables):
        database.execute(f"DROP TABLE {name}")
    for statement in TABLES:
        database.execute(statement)
    database.execute("INSERT INTO progress SELECT 0, value FROM wire.identity")
    database.execute(f"PRAGMA user_version = {VERSION}")
