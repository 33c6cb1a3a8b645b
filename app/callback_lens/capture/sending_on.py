"""Forwarding of what is in the store, its results kept there."""

from socket import socket

from callback_lens.capture.keeping import Keeper
from callback_lens.errors import Message, UserError
from callback_lens.listener.addresses import reaches
from callback_lens.listener.forwarding import Attempt, Forwarder
from callback_lens.listener.posting import Outgoing, checked_url, destination, end_to_end
from callback_lens.store.model import Forward, header_fields
from callback_lens.store.store import Store


def forwarder_to(url: str, keeper: Keeper) -> Forwarder:
    """A Forwarder for ``url`` that reads what ``keeper`` has kept, and has it keep the results."""

    async def load(capture_id: int) -> Outgoing | None:
        return await keeper.run(lambda store: _outgoing(store, capture_id))

    def record(attempt: Attempt) -> None:
        keeper.forwarded(Forward(attempt.request_id, url, attempt.number, attempt.at, attempt.status, attempt.error))

    return Forwarder(load, record)


def check_forward(url: str, sockets: list[socket]) -> None:
    """Raises UserError where ``url`` is none to send to, or leads back to one of ``sockets``."""
    checked_url(url)
    if reaches(*destination(url), sockets):
        raise UserError(Message("captures cannot be forwarded to the listener itself"))


def _outgoing(store: Store, capture_id: int) -> Outgoing | None:
    capture, details = store.get(capture_id), store.details(capture_id)
    if capture is None or details is None:
        return None
    return Outgoing(capture.method, end_to_end(header_fields(details.headers)), store.body(capture_id))
