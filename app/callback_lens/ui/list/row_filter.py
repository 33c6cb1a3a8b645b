"""The filter language on opened entries, which no index knows."""

from collections.abc import Callable
from datetime import datetime

from callback_lens.store.filters.model import And, Filter, Key, Not, Or, Term
from callback_lens.store.filters.values import parse_moment, parse_size
from callback_lens.ui.list.rows import Row, Text
from callback_lens.ui.states import is_failed

Say = Callable[[Text], str]


def fits(row: Row, wanted: Filter, say: Say) -> bool:
    """Whether the row of an entry fits; words are looked for in what the row says and in the name of its file."""
    match wanted:
        case Term():
            return CONDITIONS[wanted.key](row, wanted.value, say)
        case Not():
            return not fits(row, wanted.part, say)
        case And():
            return all(fits(row, part, say) for part in wanted.parts)
        case Or():
            return any(fits(row, part, say) for part in wanted.parts)


def _word(row: Row, value: str, say: Say) -> bool:
    return row.has(value, say)


def _request(row: Row, value: str, _: Say) -> bool:
    request = row.entry.given.request if row.entry and row.entry.given else None
    return request is not None and value.casefold() in request.start_line.casefold()


def _header(row: Row, value: str, _: Say) -> bool:
    request = row.entry.given.request if row.entry and row.entry.given else None
    return request is not None and any(value.casefold() in f"{n}: {v}".casefold() for n, v in request.headers)


def _is_before(row: Row, value: str, _: Say) -> bool:
    moment, limit = row.time.moment if row.time else None, parse_moment(value, datetime.now().astimezone())
    return moment is not None and limit is not None and moment < limit


def _is_after(row: Row, value: str, _: Say) -> bool:
    moment, limit = row.time.moment if row.time else None, parse_moment(value, datetime.now().astimezone())
    return moment is not None and limit is not None and moment >= limit


CONDITIONS: dict[Key, Callable[[Row, str, Say], bool]] = {
    Key.WORD: _word,
    Key.BODY: _word,
    Key.TAG: lambda row, value, _: row.tag.casefold() == value.casefold(),
    Key.STATE: lambda row, value, _: row.written_state.casefold() == value.casefold(),
    Key.JOB: lambda row, value, _: row.job_id.casefold().startswith(value.casefold()),
    Key.OBJECT: lambda row, value, _: value.casefold() in row.object.casefold(),
    Key.PATH: _request,
    Key.HEADER: _header,
    Key.LARGER: lambda row, value, _: (row.size or 0) > (parse_size(value) or 0),
    Key.BEFORE: _is_before,
    Key.AFTER: _is_after,
    Key.IS: lambda row, value, _: value.casefold() == "failed" and is_failed(row.written_state),
}
