"""``captures list``: a line for each capture, the newest first."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from callback_lens.cli.arguments import AddParser, whole_number
from callback_lens.cli.captures.selection import add_filter, add_secrets, are_ids, open_caught_up, parsed, selected
from callback_lens.cli.context import Context
from callback_lens.errors import Message
from callback_lens.export.json_line import as_json
from callback_lens.i18n import Words

if TYPE_CHECKING:
    from callback_lens.store.filters.model import Filter
    from callback_lens.store.index import Index
    from callback_lens.store.model import Capture

PAGE = 100  # captures: their lines are aligned


def add_list(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("list captures, a line for each, the newest first"))
    parser = add("list", help=about, description=about)
    add_filter(parser, words)
    parser.add_argument("--json", action="store_true", help=words(Message("a JSON object on each line")))
    parser.add_argument(
        "--limit", metavar="N", type=whole_number(1), help=words(Message("the newest N of them (default: all)"))
    )
    add_secrets(parser, words)
    parser.set_defaults(run=list_captures)
    return parser


def list_captures(arguments: Namespace, context: Context) -> int:
    """Print the captures that fit; 0, also where there are none."""
    from callback_lens.capture.describing import capture_json
    from callback_lens.cli.captures.rows import capture_cells
    from callback_lens.export.layout import columns

    language = replace(context.language, hides_secrets=not arguments.secrets)
    ids = selected(arguments.filter, context) if are_ids(arguments.filter) else None
    wanted = None if ids else parsed(arguments.filter)
    with open_caught_up(context) as index:
        pages = _pages_of_ids(index, ids[: arguments.limit]) if ids else _pages(index, wanted, arguments.limit)
        for page in pages:
            if arguments.json:
                lines = [as_json(capture_json(capture, language)) for capture in page]
            else:
                lines = columns([capture_cells(capture, language) for capture in page], indent="")
            for line in lines:
                context.print(line)
    return 0


def _pages_of_ids(index: "Index", ids: list[int]) -> "Iterator[list[Capture]]":
    yield [capture for capture_id in ids if (capture := index.get(capture_id))]


def _pages(index: "Index", wanted: "Filter | None", limit: int | None) -> "Iterator[list[Capture]]":
    """The newest ``limit`` captures that fit, some at a time."""
    before = None
    while page := index.page(wanted, before=before, limit=PAGE if limit is None else min(limit, PAGE)):
        yield page
        before = page[-1].id
        limit = limit and limit - len(page)
        if limit == 0:
            return
