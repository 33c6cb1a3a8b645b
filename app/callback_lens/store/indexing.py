"""Filling index.db with what captures.db has."""

from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import groupby, islice
from time import perf_counter

from callback_lens.store.database import Database, Value, text
from callback_lens.store.index_schema import ids_of, make_search_table, search_table, search_tables
from callback_lens.store.store import body_pieces
from callback_lens.store.text import search_text
from callback_lens.store.understanding import Understanding, understand

BATCH_SECONDS = 0.2  # of reading bodies: then others see what was indexed
FORGOTTEN_AT_ONCE = 1000
MOST_CHUNKS = 64  # of a body that are looked at: more is no callback
# Not of what was deleted since it was read: the index has perhaps already forgotten it.
INSERT_FACTS = """
    INSERT INTO facts (id, family, event, tag, state, job_id, object, started, ended, is_understood, digest, delivery)
    SELECT :id, :family, CAST(:event AS TEXT), CAST(:tag AS TEXT), CAST(:state AS TEXT), CAST(:job_id AS TEXT),
        CAST(:object AS TEXT), :started, :ended, :is_understood, :digest,
        CASE WHEN :job_id IS NULL THEN 0 ELSE 1 + coalesce((SELECT max(delivery) FROM facts
            WHERE job_id = CAST(:job_id AS TEXT) AND digest = :digest), 0) END
    WHERE EXISTS (SELECT 1 FROM wire.captures WHERE id = :id)
"""
NEXT_BODIES = """
    SELECT captures.id, headers, upload_id, bytes FROM wire.captures LEFT JOIN wire.bodies ON capture_id = captures.id
    WHERE captures.id > ? ORDER BY captures.id
"""

Understood = tuple[int, Understanding]


def catch_up(database: Database, stop: Callable[[], bool]) -> int:
    """Index what is not indexed yet, in batches, until ``stop`` says so; how many captures it were."""
    total = 0
    while not stop() and (batch := _understood(database, indexed := last_indexed(database))):
        total += _add(database, indexed, batch)
    return total


def behind(database: Database) -> int:
    """How many captures are not indexed yet."""
    return int(database.value("SELECT count(*) FROM wire.captures WHERE id > (SELECT max(indexed) FROM main.progress)"))


def deleted(database: Database) -> list[int]:
    """Captures that were deleted, a batch of them."""
    ids = database.rows("SELECT id FROM wire.deleted WHERE upload_id IS NULL LIMIT ?", (FORGOTTEN_AT_ONCE,))
    return [capture_id for (capture_id,) in ids]


def forgotten(captures: Database, ids: Sequence[int]) -> None:
    """Tell captures.db that the index has forgotten what was deleted."""
    with captures.writing():
        captures.execute_many("DELETE FROM deleted WHERE id = ?", ((capture_id,) for capture_id in ids))


def forget(database: Database, ids: Sequence[int]) -> None:
    """Take deleted captures out of the index; a full-text table, which keeps no texts to delete, goes with its last."""
    with database.writing():
        database.execute_many("DELETE FROM facts WHERE id = ?", ((capture_id,) for capture_id in ids))
        filling = search_table(last_indexed(database))
        for table in ({search_table(capture_id) for capture_id in ids} & search_tables(database)) - {filling}:
            if database.value("SELECT id FROM facts WHERE id BETWEEN ? AND ?", ids_of(table)) is None:
                database.execute(f"DROP TABLE {table}")


def last_indexed(database: Database) -> int:
    """The id up to which all captures are in the index."""
    return int(database.value("SELECT indexed FROM progress"))


def _understood(database: Database, indexed: int) -> list[Understood]:
    """The next captures behind ``indexed``, as many as can be read in BATCH_SECONDS."""
    end, batch = perf_counter() + BATCH_SECONDS, []
    with closing(database.rows(NEXT_BODIES, (indexed,))) as captures:
        for capture_id, headers, upload_id, body in captures:
            content = _beginning(database, capture_id) if upload_id else body or b""
            batch.append((capture_id, understand(capture_id, headers, content)))
            if perf_counter() > end:
                break
    return batch


def _beginning(database: Database, capture_id: int) -> bytes:
    """As much of a large body as is looked at."""
    return b"".join(islice(body_pieces(database, capture_id, "wire"), MOST_CHUNKS))


def _add(database: Database, indexed: int, batch: Sequence[Understood]) -> int:
    """Put ``batch`` into the index, in a transaction so short that other processes hardly wait for it.

    How many captures that are: none, where another process was quicker and more than ``indexed`` is there already.
    """
    with database.writing():
        if last_indexed(database) != indexed:
            return 0
        database.execute_many(INSERT_FACTS, (_facts_row(*understood) for understood in batch))
        for table, window in groupby(batch, lambda understood: search_table(understood[0])):
            make_search_table(database, table)
            rows = ((capture_id, search_text(found.text)) for capture_id, found in window)
            database.execute_many(f"INSERT INTO {table} (rowid, body) VALUES (?, ?)", rows)  # noqa: S608 - our own names
        database.execute("UPDATE progress SET indexed = ?", (batch[-1][0],))
    return len(batch)


def _facts_row(capture_id: int, found: Understanding) -> dict[str, Value]:
    facts = found.facts
    return {
        "id": capture_id,
        "family": facts.family,
        "started": facts.started,
        "ended": facts.ended,
        "is_understood": facts.is_understood,
        "digest": found.digest,
        **{name: text(getattr(facts, name)) for name in ("event", "tag", "state", "job_id", "object")},
    }
