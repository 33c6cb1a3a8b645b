"""``captures replay``: captures sent again, to wherever the user wants them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from callback_lens.cli.arguments import AddParser
from callback_lens.cli.captured import kept
from callback_lens.cli.captures.selection import add_filter, selected
from callback_lens.cli.context import Context
from callback_lens.errors import Message, UserError
from callback_lens.i18n import Words

if TYPE_CHECKING:
    from callback_lens.listener.posting import Post, Reply
    from callback_lens.store.store import Store


def add_replay(add: AddParser, words: Words) -> ArgumentParser:
    """Add the command to the parser."""
    about = words(Message("send captures again: method, headers and body as they came"))
    parser = add("replay", help=about, description=about)
    add_filter(parser, words, least="+")
    parser.add_argument("--to", metavar="URL", required=True, help=words(Message("where to send them")))
    parser.set_defaults(run=replay)
    return parser


def replay(arguments: Namespace, context: Context) -> int:
    """Send the captures that fit to ``arguments.to``, the oldest first; 0 when all were taken (2xx), otherwise 1.

    Raises UserError where one did not arrive whole, and at the first that is not answered.
    """
    import asyncio

    return asyncio.run(_replay(selected(arguments.filter, context)[::-1], arguments.to, context))


async def _replay(ids: Iterable[int], url: str, context: Context) -> int:
    from callback_lens.listener.posting import posting
    from callback_lens.store.opening import open_store

    are_taken = True
    with open_store(context.captures) as store:
        async with posting(url) as post:
            for capture_id in ids:
                reply = await _send(capture_id, url, post, store)
                context.print(f"id:{capture_id}  {reply.status}  {reply.milliseconds:.1f} ms")
                are_taken = are_taken and reply.is_success
    return 0 if are_taken else 1


async def _send(capture_id: int, url: str, post: "Post", store: "Store") -> "Reply":
    """Send one capture, and keep on its row what came of it."""
    from callback_lens.listener.posting import Outgoing, end_to_end
    from callback_lens.store.model import header_fields

    capture, details = kept(store, capture_id)
    if not capture.is_complete:
        raise UserError(Message("it did not arrive whole, and is not sent again"), source=f"id:{capture_id}")
    outgoing = Outgoing(capture.method, end_to_end(header_fields(details.headers)), store.body(capture_id))
    try:
        reply = await post(outgoing)
    except UserError as error:
        _keep(store, capture_id, url, error=str(error))
        raise
    _keep(store, capture_id, url, status=reply.status)
    return reply


def _keep(store: "Store", capture_id: int, url: str, status: int | None = None, error: str | None = None) -> None:
    from callback_lens.store.model import Forward, microseconds

    _, details = kept(store, capture_id)
    attempt = 1 + sum(forward.url == url for forward in details.forwards)
    with store.writing() as writer:
        writer.forwarded(Forward(capture_id, url, attempt, microseconds(datetime.now(UTC)), status, error))
