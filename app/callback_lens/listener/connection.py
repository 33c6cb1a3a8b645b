"""One connection: requests in, answers out in the same order, and an orderly end."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial
from typing import cast

from callback_lens.errors import UserError
from callback_lens.listener.access import has_token, is_greeted
from callback_lens.listener.addresses import endpoint
from callback_lens.listener.answers import OK, Answers
from callback_lens.listener.exchange import UNAVAILABLE, Exchange
from callback_lens.listener.faults import (
    STOPPED,
    Refusal,
    cut_off,
    no_token,
    slow_body,
    slow_head,
    too_many_connections,
)
from callback_lens.listener.limits import DRAINED_BYTES, DRAINED_SECONDS, LEAST_RATE, PIPELINED, Limits
from callback_lens.listener.reader import RequestReader
from callback_lens.listener.request import Outcome, Received, Sink, now

GREETING = b"Callback Lens listens here: send callbacks by POST.\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class State(Enum):
    """Where a connection is in its life."""

    OPEN = auto()
    REFUSING = auto()  # nothing is taken any more, answers are still to come
    ENDING = auto()  # all is answered; what the sender still sends is read and dropped
    LOST = auto()


class Hold(Enum):
    """Why nothing is read for the moment."""

    KEEPING = auto()  # a piece of a body waits for the sink
    PIPELINING = auto()  # many requests wait for their answers
    SENDING = auto()  # the sender does not read its answers


@dataclass(slots=True)
class Service:
    """What all connections of a listener share. ``connections`` are open, the oldest first."""

    sink: Sink
    answers: Answers
    limits: Limits
    token: bytes | None = None
    connections: "dict[Connection, None]" = field(default_factory=dict)
    is_stopping: bool = False
    is_empty: asyncio.Event = field(default_factory=asyncio.Event)


class Connection(asyncio.Protocol):
    """Speaks HTTP/1 with one sender.

    ``deadline`` is the loop's time at which patience ends, None while it is us for whom the sender waits.
    """

    def __init__(self, service: Service) -> None:
        self.deadline: float | None = None
        self._service = service
        self._loop = asyncio.get_running_loop()
        self._state = State.OPEN
        self._exchanges: deque[Exchange] = deque()
        self._holds: set[Hold] = set()
        self._begun: float | None = None  # when the request that is not complete yet began, in the loop's time
        self._has_pieces = False
        self._has_ended = False  # nothing will come any more
        self._dropped = 0  # bytes

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        limits, connections = self._service.limits, self._service.connections
        self._reader = RequestReader(endpoint(transport.get_extra_info("peername")), limits, self)
        self._wait_for_request()
        if len(connections) >= limits.connections and not any(other.close_if_idle() for other in connections):
            self._refuse(too_many_connections(limits.connections))
        connections[self] = None
        self._service.is_empty.clear()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's name for it
        is_cut_off = self._state is State.OPEN and self._reader.has_begun
        self._state = State.LOST
        self._service.connections.pop(self, None)
        if not self._service.connections:
            self._service.is_empty.set()
        self._exchanges.clear()
        if is_cut_off:
            request = self._reader.refused(cut_off())
            self._service.sink.keep(request, _nobody_waits)

    def data_received(self, data: bytes) -> None:
        if self._state is not State.OPEN:
            self._drop(len(data))
            return
        try:
            self._reader.feed(data)
        except Refusal as refusal:
            self._refuse(refusal)
            return
        if self._reader.has_begun:
            self._wait_for_rest()
        if len(self._exchanges) > PIPELINED:
            self._hold(Hold.PIPELINING)

    def eof_received(self) -> bool:
        self._has_ended = True
        if self._state is State.OPEN and self._reader.has_begun:
            self._refuse(cut_off())
        elif self._exchanges:
            self._exchanges[-1].keeps_open = False
        else:
            self._transport.close()
        return True  # answers can still be sent

    def pause_writing(self) -> None:
        self._hold(Hold.SENDING)
        self.deadline = self._loop.time() + self._service.limits.slow_seconds

    def resume_writing(self) -> None:
        self.deadline = None
        self._let_go(Hold.SENDING)

    def head_read(self, request: Received) -> None:
        token = self._service.token
        if token is not None and not is_greeted(request) and not has_token(request.target, token):
            raise no_token()

    def continue_expected(self, request: Received) -> None:
        self._exchanges.append(Exchange(request, self._send, keeps_open=True, response=CONTINUE))
        self._send()

    def piece_read(self, request: Received, piece: bytes) -> None:
        if is_greeted(request):
            return
        if not self._has_pieces:
            self._service.answers.choose(request, piece)
            self._has_pieces = True
        self._hold(Hold.KEEPING)
        self._service.sink.keep_piece(request, piece, partial(self._piece_kept, request))

    def _piece_kept(self, request: Received, outcome: Outcome) -> None:
        if isinstance(outcome, UserError):
            refusal = Refusal(UNAVAILABLE, outcome.message)
            if self._state is State.OPEN and self._reader.has_begun and self._reader.request is request:
                self._refuse(refusal)
            else:  # all of it has arrived meanwhile, and waits for the sink
                request.is_complete = False
                _answer_refused(request, refusal)
        self._let_go(Hold.KEEPING)

    def request_read(self, request: Received, keeps_open: bool) -> None:
        service = self._service
        self.deadline = self._begun = None
        keeps_open = keeps_open and not service.is_stopping
        exchange = Exchange(request, self._send, keeps_open, service.answers.delay)
        self._exchanges.append(exchange)
        if is_greeted(request):
            exchange.respond(OK, GREETING)
            return
        if not self._has_pieces:
            service.answers.choose(request, request.body)
        self._has_pieces = False
        service.sink.keep(request, exchange.kept)

    def close_if_idle(self) -> bool:
        """Close the connection if neither request nor answer is on its way; whether it was closed."""
        is_idle = self._state is State.OPEN and not self._exchanges and not self._reader.has_begun
        if is_idle and not self._transport.is_closing():
            self._transport.close()
            return True
        return False

    def expire(self) -> None:
        """Patience has ended."""
        if self._state is State.OPEN and self._reader.has_begun and Hold.SENDING not in self._holds:
            is_in_head = self._reader.is_in_head
            self._refuse(slow_head(self._service.limits.slow_seconds) if is_in_head else slow_body())
        else:
            self.abort()

    def give_up(self) -> None:
        """Do not wait for the rest of a request."""
        if self._state is State.OPEN and self._reader.has_begun:
            self._refuse(cut_off(STOPPED))

    def abort(self) -> None:
        """Close at once."""
        self._transport.abort()

    def _refuse(self, refusal: Refusal) -> None:
        """Keep what arrived as refused; answer that, and close."""
        self._state = State.REFUSING
        self.deadline = None
        request = self._reader.refused(refusal)
        _answer_refused(request, refusal)
        exchange = Exchange(request, self._send, keeps_open=False)
        self._exchanges.append(exchange)
        self._service.sink.keep(request, exchange.kept)

    def _send(self) -> None:
        """Send the answers that are ready, in the order of the requests."""
        if self._transport.is_closing():
            return
        exchanges = self._exchanges
        while exchanges and (response := exchanges[0].response) is not None:
            exchange = exchanges.popleft()
            self._transport.write(response)
            if exchange.request_id is not None:
                self._service.sink.answered(exchange.request_id, now())
            if not exchange.keeps_open:
                self._end()
                return
        if self._state is State.OPEN and not exchanges:
            self._let_go(Hold.PIPELINING)
            if self._service.is_stopping:
                self.close_if_idle()
            elif self._begun is None:
                self._wait_for_request()

    def _end(self) -> None:
        """Close when the sender has stopped sending: before, the answer could be lost in a reset."""
        self._exchanges.clear()
        self._holds.clear()
        self._state = State.ENDING
        if self._has_ended or self._dropped > DRAINED_BYTES:
            self._transport.close()
            return
        self._transport.write_eof()
        self._resume()
        self.deadline = self._loop.time() + DRAINED_SECONDS

    def _drop(self, size: int) -> None:
        self._dropped += size
        if self._dropped > DRAINED_BYTES:
            self._transport.close() if self._state is State.ENDING else self._transport.pause_reading()

    def _wait_for_request(self) -> None:
        self.deadline = self._loop.time() + self._service.limits.idle_seconds

    def _wait_for_rest(self) -> None:
        """Wait for the rest of the head, or for more of the body."""
        if self._holds:
            self.deadline = None
            return
        slow, moment = self._service.limits.slow_seconds, self._loop.time()
        if self._begun is None:
            self._begun = moment
        latest = self._begun + slow
        if not self._reader.is_in_head:
            latest = min(moment + slow, latest + self._reader.size / LEAST_RATE)
        self.deadline = latest

    def _hold(self, reason: Hold) -> None:
        self._holds.add(reason)
        if not self._transport.is_closing():
            self._transport.pause_reading()

    def _let_go(self, reason: Hold) -> None:
        if reason in self._holds:
            self._holds.remove(reason)
            self._resume()

    def _resume(self) -> None:
        if self._holds or self._transport.is_closing():
            return
        self._transport.resume_reading()
        if self._state is State.OPEN and self._reader.has_begun:
            self._wait_for_rest()


def _answer_refused(request: Received, refusal: Refusal) -> None:
    request.refused, request.status, request.answer = refusal.reason, refusal.status, f"{refusal.reason}\n".encode()


def _nobody_waits(_: Outcome) -> None:
    """Of a request whose sender is gone."""
