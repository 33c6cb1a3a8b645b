"""Removing captures in steps so short that a listener on the same profile hardly waits."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import partial
from threading import Event
from time import perf_counter

from callback_lens.store.database import Database
from callback_lens.store.model import MICROSECOND, Pruned

STEP = 0.01  # seconds of deleting before a commit
PAUSE = 0.01  # seconds between two steps: SQLite wakes nobody, who waits for the lock looks again every so often
BATCH = 500  # captures looked at for pruning at a time
ROW_BYTES = 512  # that a capture takes besides its body
FREE_SHARE = 4  # a file of which more than a quarter is free is made smaller
VACUUMED = 64  # pages given back at a time

Action = Callable[[], object]


def delete(database: Database, ids: Iterable[int]) -> int:
    """Remove the captures; how many there were."""
    removed: list[int] = []
    _in_short_steps(database, (partial(_delete_capture, database, capture_id, removed) for capture_id in ids))
    _in_short_steps(database, _chunk_deletions(database))
    shrink(database)
    return len(removed)


def prune(database: Database, max_bytes: int | None, max_age: timedelta | None, now: int) -> Pruned:
    """Remove the oldest captures, never pinned ones, until they take ``max_bytes`` and are ``max_age`` old at most."""
    pruned = Pruned()
    while surplus := _surplus(database, max_bytes, max_age, now):
        removed = delete(database, (capture_id for capture_id, _ in surplus))
        body_bytes = pruned.body_bytes + sum(size for _, size in surplus)
        pruned = Pruned(pruned.captures + removed, body_bytes, surplus[-1][0])
    return pruned


def shrink(database: Database) -> None:
    """Give unused space back to the system where too much of the file is."""
    _in_short_steps(database, _page_returns(database))


def used_bytes(database: Database) -> int:
    """The bytes of the file that are in use."""
    pages, free = _pages(database)
    return (pages - free) * int(database.value("PRAGMA page_size"))


def _delete_capture(database: Database, capture_id: int, removed: list[int]) -> None:
    count = database.execute_many(
        "INSERT INTO deleted (id, upload_id) SELECT id, upload_id FROM captures WHERE id = ?", [(capture_id,)]
    )
    if count:
        removed.append(capture_id)
        database.execute("DELETE FROM captures WHERE id = ?", (capture_id,))
        database.execute("DELETE FROM bodies WHERE capture_id = ?", (capture_id,))
        database.execute("DELETE FROM answers WHERE capture_id = ?", (capture_id,))
        database.execute("DELETE FROM forwards WHERE capture_id = ?", (capture_id,))


def _chunk_deletions(database: Database) -> Iterator[Action]:
    """What removes the chunks of deleted captures, also those that an earlier deletion did not come to."""
    uploads = database.rows("SELECT upload_id FROM deleted WHERE upload_id IS NOT NULL")
    for (upload_id,) in list(uploads):
        numbers = list(database.rows("SELECT number FROM chunks WHERE upload_id = ?", (upload_id,)))
        for (number,) in numbers:
            yield partial(
                database.execute, "DELETE FROM chunks WHERE upload_id = ? AND number = ?", (upload_id, number)
            )
        yield partial(database.execute, "UPDATE deleted SET upload_id = NULL WHERE upload_id = ?", (upload_id,))


def _page_returns(database: Database) -> Iterator[Action]:
    """What makes the file smaller while too much of it is free, and while that helps."""
    (pages, free), free_before = _pages(database), 0
    while free * FREE_SHARE > pages and free != free_before:
        yield lambda: list(database.rows(f"PRAGMA incremental_vacuum({VACUUMED})"))
        free_before = free
        pages, free = _pages(database)


def _pages(database: Database) -> tuple[int, int]:
    """How many pages the file has, and how many of them are free."""
    return int(database.value("PRAGMA page_count")), int(database.value("PRAGMA freelist_count"))


def _surplus(database: Database, max_bytes: int | None, max_age: timedelta | None, now: int) -> list[tuple[int, int]]:
    """The next captures to remove: ids and body sizes, oldest first."""
    oldest = database.rows("SELECT id, size, arrived FROM captures WHERE NOT is_pinned ORDER BY id LIMIT ?", (BATCH,))
    too_much = used_bytes(database) - max_bytes if max_bytes is not None else 0
    too_old = now - max_age // MICROSECOND if max_age is not None else 0
    surplus = []
    for capture_id, size, arrived in list(oldest):
        if too_much <= 0 and arrived >= too_old:
            break
        surplus.append((capture_id, size))
        too_much -= size + ROW_BYTES
    return surplus


def _in_short_steps(database: Database, actions: Iterator[Action]) -> None:
    """Run ``actions`` in transactions of STEP seconds, with pauses in which others get at the file."""
    is_first = True
    for action in actions:
        if not is_first:
            Event().wait(PAUSE)
        is_first = False
        with database.writing():
            _run_for(STEP, action, actions)


def _run_for(seconds: float, action: Action | None, following: Iterator[Action]) -> None:
    end = perf_counter() + seconds
    while action is not None:
        action()
        action = next(following, None) if perf_counter() < end else None
