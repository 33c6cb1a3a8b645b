"""Looking captures up, window of ids by window, the newest first."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from typing import NamedTuple

from callback_lens.store.database import Database, Row
from callback_lens.store.filters.model import Filter
from callback_lens.store.filters.sql import Sql, Window, condition
from callback_lens.store.index_schema import WINDOW_BITS, search_table, search_tables
from callback_lens.store.model import Capture, Facts
from callback_lens.store.rows import CAPTURE_COLUMNS, capture_of

FACTS_FIELDS = tuple(field.name for field in fields(Facts))
FACTS_COLUMNS = """family, event, tag, state, job_id, object, started, ended, is_understood, delivery,
    (SELECT max(delivery) FROM facts m WHERE m.job_id = f.job_id AND m.digest = f.digest),
    (SELECT min(digest) FROM facts m WHERE m.job_id = f.job_id)
        <> (SELECT max(digest) FROM facts m WHERE m.job_id = f.job_id)"""
EVERY_ID = range(1, 1 << 62)
NO_LIMIT = -1
CAPTURE = f"SELECT {CAPTURE_COLUMNS} FROM wire.captures WHERE id = ?"  # noqa: S608 - constants
FACTS = f"SELECT {FACTS_COLUMNS} FROM facts f WHERE id = ?"  # noqa: S608 - constants
ARRIVALS = """SELECT (SELECT count(*) FROM wire.captures WHERE id > ?),
    (SELECT count(*) FROM wire.captures WHERE refused IS NOT NULL AND id > ?), id, arrived
    FROM wire.captures WHERE id > ? ORDER BY id DESC LIMIT 1"""
LAST_BEFORE = "SELECT id FROM wire.captures WHERE arrived < ? ORDER BY id DESC LIMIT 1"


class Arrivals(NamedTuple):
    """Of some captures: how many, how many refused, the last one's id and the last time, None where there are none."""

    captures: int
    refused: int
    last_id: int | None
    last_arrived: int | None


def matching(
    database: Database,
    wanted: Filter | None,
    now: datetime,
    ids: range,
    *,
    is_ascending: bool = False,
    limit: int | None = None,
) -> Iterator[int]:
    """The captures of ``ids`` that fit ``wanted``, the newest first unless ``is_ascending``; ``limit`` at most."""
    order = f"ORDER BY c.id {'ASC' if is_ascending else 'DESC'} LIMIT ?"
    left = NO_LIMIT if limit is None else limit
    for window in _windows(database, ids, is_ascending):
        found = _select(database, "c.id", wanted, now, window, order, left)
        yield from (capture_id for (capture_id,) in found)
        left -= len(found) if limit is not None else 0
        if left == 0:
            return


def count(database: Database, wanted: Filter | None, now: datetime) -> int:
    """How many captures fit ``wanted``."""
    if wanted is None:
        return int(database.value("SELECT count(*) FROM wire.captures"))
    windows = _windows(database, EVERY_ID, is_ascending=False)
    return sum(_select(database, "count(*)", wanted, now, window)[0][0] for window in windows)


def arrivals(database: Database, after: int) -> Arrivals:
    """What arrived with ids above ``after``."""
    row = database.row(ARRIVALS, (after, after, after))
    return Arrivals(*row) if row else Arrivals(0, 0, None, None)


def last_before(database: Database, moment: int) -> int:
    """The last capture that arrived before ``moment``; 0 where there is none."""
    row = database.row(LAST_BEFORE, (moment,))
    return int(row[0]) if row else 0


def capture(database: Database, capture_id: int) -> Capture | None:
    """The capture with what is known of it; None where there is none."""
    wire = database.row(CAPTURE, (capture_id,))
    facts = database.row(FACTS, (capture_id,))
    return capture_of(wire, _facts(facts) if facts else None) if wire else None


def _facts(row: Row) -> Facts:
    values = dict(zip(FACTS_FIELDS, row, strict=True))
    booleans = {name: bool(values[name]) for name in ("is_understood", "has_variants")}
    return Facts(**{**values, **booleans, "deliveries": values["deliveries"] or 0})


def _windows(database: Database, ids: range, is_ascending: bool) -> Iterator[range]:
    """The ``ids`` that captures may have, cut where full-text tables end."""
    first = database.value("SELECT min(id) FROM wire.captures") or 0
    last = database.value("SELECT max(id) FROM wire.captures") or 0
    numbers = range(max(ids.start, first) >> WINDOW_BITS, (min(ids.stop - 1, last) >> WINDOW_BITS) + 1)
    for number in numbers if is_ascending else reversed(numbers):
        start = number << WINDOW_BITS
        yield range(max(ids.start, start), min(ids.stop, start + (1 << WINDOW_BITS)))


def _select(
    database: Database,
    what: str,
    wanted: Filter | None,
    now: datetime,
    ids: range,
    order: str = "",
    *values: int,
) -> list[Row]:
    """The rows of a query over the captures of ``ids`` that fit, all as they were at one moment."""
    with database.reading():
        table = search_table(ids.start)
        window = Window(ids.start, ids.stop - 1, table if table in search_tables(database) else None, now)
        fits = condition(wanted, window) if wanted else Sql("TRUE")
        where = f"c.id BETWEEN ? AND ? AND {fits.condition}"
        sql = f"SELECT {what} FROM wire.captures c WHERE {where} {order}"  # noqa: S608 - values are parameters
        return list(database.rows(sql, (window.first, window.last, *fits.values, *values)))
