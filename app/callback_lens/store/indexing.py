"""Filling index.db with what captures.db has."""

from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import islice
from time import perf_counter

from callback_lens.store.database import Database, text
from callback_lens.store.index_schema import ids_of, make_search_table, search_table, search_tables
from callback_lens.store.store import body_pieces
from callback_lens.store.text import search_text
from callback_lens.store.understanding import Understanding, understand

BATCH_SECONDS = 0.2  # then others see what was indexed, and another process may take its turn
FORGOTTEN_AT_ONCE = 1000
MOST_CHUNKS = 64  # of a body that are looked at: more is no callback
INSERT_FACTS = """
    INSERT INTO facts (id, family, event, tag, state, job_id, object, started, ended, is_understood, digest, delivery)
    VALUES (:id, :family, CAST(:event AS TEXT), CAST(:tag AS TEXT), CAST(:state AS TEXT), CAST(:job_id AS TEXT),
        CAST(:object AS TEXT), :started, :ended, :is_understood, :digest,
        CASE WHEN :job_id IS NULL THEN 0 ELSE 1 + coalesce((SELECT max(delivery) FROM facts
            WHERE job_id = CAST(:job_id AS TEXT) AND digest = :digest), 0) END)
"""


def catch_up(database: Database, stop: Callable[[], bool]) -> int:
    """Index what is not indexed yet, in batches, until ``stop`` says so; how many captures it were."""
    total = 0
    while not stop() and (count := _index_batch(database)):
        total += count
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
        filling = search_table(database.value("SELECT indexed FROM progress"))
        for table in ({search_table(capture_id) for capture_id in ids} & search_tables(database)) - {filling}:
            if database.value("SELECT id FROM facts WHERE id BETWEEN ? AND ?", ids_of(table)) is None:
                database.execute(f"DROP TABLE {table}")


def _index_batch(database: Database) -> int:
    end, count = perf_counter() + BATCH_SECONDS, 0
    with database.writing():
        indexed = int(database.value("SELECT indexed FROM progress"))
        captures = database.rows("SELECT id, headers FROM wire.captures WHERE id > ? ORDER BY id", (indexed,))
        with closing(captures):
            for indexed, headers in captures:
                _index(database, indexed, understand(indexed, headers, _body(database, indexed)))
                count += 1
                if perf_counter() > end:
                    break
        database.execute("UPDATE progress SET indexed = ?", (indexed,))
    return count


def _body(database: Database, capture_id: int) -> bytes:
    """The body, or as much of it as is looked at."""
    pieces = body_pieces(database, capture_id, "wire")
    return b"".join(islice(pieces, MOST_CHUNKS))


def _index(database: Database, capture_id: int, found: Understanding) -> None:
    facts = found.facts
    database.execute(
        INSERT_FACTS,
        {
            "id": capture_id,
            "family": facts.family,
            "started": facts.started,
            "ended": facts.ended,
            "is_understood": facts.is_understood,
            "digest": found.digest,
            **{name: text(getattr(facts, name)) for name in ("event", "tag", "state", "job_id", "object")},
        },
    )
    table = search_table(capture_id)
    make_search_table(database, table)
    database.execute(f"INSERT INTO {table} (rowid, body) VALUES (?, ?)", (capture_id, search_text(found.text)))  # noqa: S608
