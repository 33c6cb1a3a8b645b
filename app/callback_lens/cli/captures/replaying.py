"""``captures replay``: captures sent again, to wherever the user wants them."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from callback_lens.cli.arguments import AddParser
from callback_lens.cli.captures.selection import add_filter, selected
from callback_lens.cli.context import Context
from callback_lens.errors import Message
from callback_lens.i18n import Words

if TYPE_CHECKING:
    from callback_lens.listener.posting import Reply


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

    Raises UserError where the address leads back to the listener of the profile, where a capture did not arrive whole,
    and at the first that is not answered.
    """
    import asyncio

    from callback_lens.capture.sending_again import check_target, send_again
    from callback_lens.store.opening import open_store

    replies: list[Reply] = []

    def tell(capture_id: int, reply: "Reply") -> None:
        replies.append(reply)
        context.print(f"id:{capture_id}  {reply.status}  {reply.milliseconds:.1f} ms")

    ids = selected(arguments.filter, context)[::-1]
    check_target(arguments.to, context.captures)
    with open_store(context.captures) as store:
        asyncio.run(send_again(ids, arguments.to, store, tell))
    return 0 if all(reply.is_success for reply in replies) else 1
