"""Captures sent again, to wherever the user wants them."""

from asyncio import CancelledError
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from callback_lens.capture.lock import running_listener
from callback_lens.capture.looking_up import kept
from callback_lens.errors import Message, UserError
from callback_lens.listener.addresses import is_this_computer
from callback_lens.listener.posting import Outgoing, Post, Reply, checked_url, destination, end_to_end, posting
from callback_lens.store.model import Forward, header_fields, microseconds
from callback_lens.store.store import Store

GIVEN_UP = Message("given up before an answer came")


def check_target(url: str, folder: Path) -> None:
    """Raises UserError where ``url`` is none to send to, or leads to the listener of the profile ``folder``."""
    checked_url(url)
    running = running_listener(folder)
    host, port = destination(url)
    if running and running.url and destination(running.url)[1] == port and is_this_computer(host, port):
        hint = Message("it has them already; send them to what is to receive them")
        raise UserError(Message("captures cannot be sent again to the listener itself"), hint)


async def send_again(ids: Iterable[int], url: str, store: Store, told: Callable[[int, Reply], None]) -> None:
    """Send captures in the order of ``ids``, each when the one before was answered; ``told`` hears each answer.

    What came of it is kept on their rows. Raises UserError where one did not arrive whole, and at the first that is
    not answered.
    """
    async with posting(url) as post:
        for capture_id in ids:
            told(capture_id, await _send(capture_id, url, post, store))


async def _send(capture_id: int, url: str, post: Post, store: Store) -> Reply:
    """Send one capture, and keep on its row what came of it."""
    capture, details = kept(store, capture_id)
    if not capture.is_complete:
        raise UserError(Message("it did not arrive whole, and is not sent again"), source=f"id:{capture_id}")
    outgoing = Outgoing(capture.method, end_to_end(header_fields(details.headers)), store.body(capture_id))
    try:
        reply = await post(outgoing)
    except (UserError, CancelledError) as error:
        _keep(store, capture_id, url, error=str(error if isinstance(error, UserError) else GIVEN_UP))
        raise
    _keep(store, capture_id, url, status=reply.status)
    return reply


def _keep(store: Store, capture_id: int, url: str, status: int | None = None, error: str | None = None) -> None:
    _, details = kept(store, capture_id)
    attempt = 1 + sum(forward.url == url for forward in details.forwards)
    with store.writing() as writer:
        writer.forwarded(Forward(capture_id, url, attempt, microseconds(datetime.now(UTC)), status, error))
