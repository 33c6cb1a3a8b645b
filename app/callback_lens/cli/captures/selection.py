"""Which captures a command is about: a filter or ids, looked up in the profile's store."""

import re
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from typing import TYPE_CHECKING

from callback_lens.capture.looking_up import kept
from callback_lens.cli.captured import id_named
from callback_lens.cli.context import Context
from callback_lens.errors import Message, UserError
from callback_lens.i18n import Words

if TYPE_CHECKING:
    from callback_lens.store.filters.model import Filter
    from callback_lens.store.index import Index

ID = re.compile("(?:id:)?[0-9]{1,18}")
LONG_WAIT = 5000  # captures, which take about a second to index
FILTER_NAME = "FILTER"


def add_filter(parser: ArgumentParser, words: Words, least: str = "*") -> None:
    """The argument ``filter``, ``least`` as argparse's ``nargs``."""
    about = words(
        Message(
            "ids; or words and conditions (tag: state: job: object: path: header: body: larger: before: after: is:)"
            " with NOT, OR, brackets"
        )
    )
    parser.add_argument("filter", metavar=FILTER_NAME, nargs=least, help=about)


def add_ids(parser: ArgumentParser, words: Words) -> None:
    """The argument ``ids``."""
    parser.add_argument("ids", metavar="ID", nargs="+", type=capture_id, help=words(Message("captures")))


def add_secrets(parser: ArgumentParser, words: Words) -> None:
    """The option ``secrets``."""
    about = words(Message("print passwords, signatures and tokens as they are"))
    parser.add_argument("--secrets", action="store_true", help=about)


def capture_id(text: str) -> int:
    """The type of ids: ``12`` or ``id:12``."""
    if not ID.fullmatch(text):
        raise ArgumentTypeError(f"{text!r} is no id such as 12")
    return id_named(text)


def open_caught_up(context: Context) -> "Index":
    """The index of the profile's captures, complete. Says so where that takes long."""
    from callback_lens.store.index import open_index

    index = open_index(context.captures)
    try:
        behind = index.behind()
        if behind > LONG_WAIT:
            context.warn(Message("captures to index first, which takes a while: {count}", {"count": behind}))
        _catch_up(index)
    except BaseException:
        index.close()
        raise
    return index


def _catch_up(index: "Index") -> None:
    """Index the rest, or wait while another process does: it may leave no gap in which to take a turn."""
    from callback_lens.store.faults import Reason, StoreUnavailable

    behind = None
    while behind != 0:
        try:
            index.catch_up()
        except StoreUnavailable as fault:
            before, behind = behind, index.behind()
            if fault.reason is not Reason.LOCKED or behind == before:
                raise
        else:
            return


def parsed(words: Sequence[str]) -> "Filter | None":
    """The filter that ``words`` say together, None for no words. Raises UserError, its source ``FILTER``."""
    from callback_lens.store.filters.parsing import parse

    try:
        return parse(" ".join(words)) if words else None
    except UserError as error:
        error.source = FILTER_NAME
        raise


def are_ids(words: Sequence[str]) -> bool:
    """Whether ``words`` are ids and no filter."""
    return bool(words) and all(map(ID.fullmatch, words))


def selected(words: Sequence[str], context: Context) -> list[int]:
    """The ids of the captures that ``words`` say, the newest first. Raises UserError where an id is none's."""
    from callback_lens.store.opening import open_store

    if not are_ids(words):
        wanted = parsed(words)
        with open_caught_up(context) as index:
            return list(index.ids(wanted))
    with open_store(context.captures) as store:
        return sorted({kept(store, id_named(word))[0].id for word in words}, reverse=True)
