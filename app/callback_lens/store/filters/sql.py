"""From a filter to a condition of SQL; values are parameters, never part of it."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from callback_lens.store.database import Value, text
from callback_lens.store.filters.model import And, Filter, Key, Not, Quality, Term
from callback_lens.store.filters.values import parse_moment, parse_size
from callback_lens.store.model import microseconds
from callback_lens.store.text import search_text


class Window(NamedTuple):
    """The captures that are looked at: those from ``first`` to ``last``, whose texts are in ``search_table``, if any.

    ``now`` is the aware time that relative times count from.
    """

    first: int
    last: int
    search_table: str | None
    now: datetime


class Sql(NamedTuple):
    """A condition on the row ``c`` of captures, and the values for its places. NULL counts as false."""

    condition: str
    values: tuple[Value, ...] = ()


Condition = Callable[[Term, Window], Sql]
LAST_CHARACTER = "\U0010ffff"


def condition(wanted: Filter, window: Window) -> Sql:
    """The condition that a capture in ``window`` fits ``wanted``; index.db is ``main``, captures.db ``wire``."""
    if isinstance(wanted, Term):
        return CONDITIONS[wanted.key](wanted, window)
    if isinstance(wanted, Not):
        part = condition(wanted.part, window)
        return Sql(f"({part.condition}) IS NOT TRUE", part.values)
    parts = [condition(part, window) for part in wanted.parts]
    operator = " AND " if isinstance(wanted, And) else " OR "
    return Sql(f"({operator.join(part.condition for part in parts)})", tuple(v for part in parts for v in part.values))


def _word(term: Term, window: Window) -> Sql:
    """In the body, or in the user's note."""
    body = _body(term, window)
    note = _among(
        "wire.captures WHERE note IS NOT NULL AND instr(lower(note), lower(CAST(? AS TEXT)))", window, term.value
    )
    return Sql(f"({body.condition} OR {note.condition})", (*body.values, *note.values))


def _body(term: Term, window: Window) -> Sql:
    table = window.search_table
    if table is None:
        return Sql("FALSE")
    words = search_text(term.value).replace('"', " ")
    return Sql(
        f"c.id IN (SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ?)",  # noqa: S608 - our name
        (f'"{words}"{" *" if term.is_prefix else ""}', window.first, window.last),
    )


def _job(term: Term, window: Window) -> Sql:
    """What begins with the value: a range, which the index serves."""
    return _among(
        "facts WHERE job_id >= CAST(? AS TEXT) AND job_id < CAST(? AS TEXT)",
        window,
        term.value,
        term.value + LAST_CHARACTER,
    )


def _facts(condition: str) -> Condition:
    return lambda term, window: _among(f"facts WHERE {condition}", window, term.value)


def _contains(column: str) -> Condition:
    sql = f"instr(lower(CAST({column} AS TEXT)), lower(CAST(? AS TEXT))) > 0"
    return lambda term, _: Sql(sql, (text(term.value),))


def _larger(term: Term, _: Window) -> Sql:
    return Sql("c.size > ?", (parse_size(term.value),))


def _arrived(comparison: str) -> Condition:
    def arrived(term: Term, window: Window) -> Sql:
        moment = parse_moment(term.value, window.now)
        return Sql(f"c.arrived {comparison} ?", (microseconds(moment) if moment else None,))

    return arrived


def _is(term: Term, window: Window) -> Sql:
    return _among(QUALITIES[Quality(term.value.lower())], window)


def _among(rows: str, window: Window, *texts: str) -> Sql:
    """Among the captures of ``rows``, a table with a condition."""
    return Sql(
        f"c.id IN (SELECT id FROM {rows} AND id BETWEEN ? AND ?)",  # noqa: S608 - constants
        (*map(text, texts), window.first, window.last),
    )


QUALITIES = {
    Quality.PINNED: "wire.captures WHERE is_pinned",
    Quality.REFUSED: "wire.captures WHERE refused IS NOT NULL",
    Quality.DUPLICATE: "facts WHERE delivery > 1",
    Quality.FAILED: "facts WHERE state = 'failed'",
}
CONDITIONS: dict[Key, Condition] = {
    Key.WORD: _word,
    Key.BODY: _body,
    Key.TAG: _facts("tag = CAST(? AS TEXT)"),
    Key.STATE: _facts("state = CAST(? AS TEXT)"),
    Key.JOB: _job,
    Key.OBJECT: _facts("instr(lower(object), lower(CAST(? AS TEXT)))"),
    Key.PATH: _contains("c.target"),
    Key.HEADER: _contains("c.headers"),
    Key.LARGER: _larger,
    Key.BEFORE: _arrived("<"),
    Key.AFTER: _arrived(">="),
    Key.IS: _is,
}
