"""The bytes of one connection made into requests."""

import re
from typing import Protocol

from httptools import HttpParserCallbackError, HttpParserError, HttpParserUpgrade, HttpRequestParser

from callback_lens.listener.faults import (
    Refusal,
    body_too_large,
    broken,
    head_too_large,
    no_length,
    too_many_fields,
)
from callback_lens.listener.limits import PIECE, REFUSED_BYTES, Limits
from callback_lens.listener.request import Received, now

WITH_BODY = ("POST", "PUT", "PATCH")
CONNECT = "CONNECT"
LARGEST_OVERHEAD = 16  # bytes of framing for each byte of a body: chunks of one byte take 5
UPGRADE = b"upgrade"
NOT_ASCII = re.compile(rb"[\x80-\xff]")
WATCHED = (b"content-length", b"transfer-encoding", b"expect")


class Events(Protocol):
    """Who is told what a RequestReader read. All may raise Refusal, which ends the reading."""

    def head_read(self, request: Received) -> None:
        """The head of ``request`` is there."""

    def continue_expected(self, request: Received) -> None:
        """It is in order, and the sender wants to hear that before it sends the body."""

    def piece_read(self, request: Received, piece: bytes) -> None:
        """So is a PIECE of its body that is larger."""

    def request_read(self, request: Received, keeps_open: bool) -> None:
        """So is all of it; ``keeps_open``: others may follow on the same connection."""


class RequestReader:
    """Reads requests. ``request`` is the one that is being read, where one ``has_begun``; ``size`` of its body arrived.

    The on_… methods are called by the parser.
    """

    def __init__(self, peer: str, limits: Limits, events: Events) -> None:
        self._peer = peer
        self._limits = limits
        self._events = events
        self._parser = HttpRequestParser(self)
        self._arrived = b""  # in this read, and before while the head is not complete
        self._replayed: bytes | None = None
        self._is_over = False
        self.has_begun = False
        self._begin()

    def _begin(self) -> None:
        self.request = Received(now(), self._peer)
        self.size = 0
        self._lines: list[bytes] = []
        self._watched: dict[bytes, bytes] = {}
        self._pieces: list[bytes] = []
        self._waiting = 0  # bytes in _pieces
        self._overhead = 0  # bytes of framing and trailers behind the head

    @property
    def is_in_head(self) -> bool:
        """Whether a request has begun whose head is not complete."""
        return self.has_begun and not self.request.method

    def feed(self, data: bytes) -> None:
        """Read on. Raises Refusal for what is broken or too large; then ``refused`` gives what arrived of it."""
        self._arrived = self._arrived + data if self.is_in_head else data
        size_before = self.size if self.has_begun and not self.is_in_head else None
        try:
            self._parse(data if data.isascii() else self._with_ascii_target(data))
        except HttpParserCallbackError as error:
            if isinstance(error.__context__, Refusal):
                raise error.__context__ from None
            raise
        except HttpParserError as error:
            if not self._is_over:  # what follows the last request is of no interest
                raise broken(str(error), self._arrived) from error
        if not self.is_in_head:
            self._arrived = b""
        elif len(self._arrived) > self._limits.head_bytes:
            raise head_too_large(self._limits.head_bytes)
        if self.has_begun and size_before is not None:
            self._overhead += len(data) - (self.size - size_before)
            if self._overhead > self._limits.head_bytes + LARGEST_OVERHEAD * self.size:
                raise head_too_large(self._limits.head_bytes)

    def _with_ascii_target(self, data: bytes) -> bytes:
        """``data`` as the parser takes it: Go sends a query as it was given, though RFC 3986 has it encoded."""
        line, newline, rest = data.partition(b"\n")
        is_in_line = not self.has_begun or (self.is_in_head and b"\n" not in self._arrived[: -len(data)])
        return _encoded(line) + newline + rest if is_in_line else data

    def refused(self, refusal: Refusal) -> Received:
        """What arrived of the request that is refused; nothing is read any more."""
        if not self.has_begun:
            self._begin()
        request = self.request
        if refusal.keeps_body:
            request.body = self._arrived_body()
        if not request.method and request.target:
            self._read_names()
        request.refused = refusal.reason
        self.has_begun = False
        self._is_over = True
        return request

    def _arrived_body(self) -> bytes:
        """What is to be kept of a refused request: its body, or where its head is the fault all that arrived."""
        if self.is_in_head or not self.has_begun:
            return self._arrived[:REFUSED_BYTES]
        return b"".join(self._pieces) if self.size else self._arrived.partition(b"\r\n\r\n")[2][:REFUSED_BYTES]

    def _parse(self, data: bytes) -> None:
        unread = data
        while unread:
            try:
                self._parser.feed_data(unread)
                unread = b""
            except HttpParserUpgrade as upgrade:
                unread = self._without_upgrade() + unread[upgrade.args[0] :]

    def _without_upgrade(self) -> bytes:
        """The head that was read, without the wish for another protocol, for a parser that has not seen it.

        The parser takes what follows such a head for the other protocol; by RFC 9110 (7.8) we may go on with HTTP/1.
        """
        request = self.request
        if request.method == CONNECT:
            raise HttpParserError("CONNECT is for proxies")
        fields = request.headers.splitlines(keepends=True)
        head = b"".join(field for field in fields if field.partition(b":")[0].lower() != UPGRADE)
        self._replayed = request.headers
        self._parser = HttpRequestParser(self)
        return b"%b %b HTTP/1.1\r\n%b\r\n" % (request.method.encode(), _encoded(request.target), head)

    def on_message_begin(self) -> None:
        self._begin()
        self.has_begun = True

    def on_url(self, part: bytes) -> None:
        self.request.target += part

    def on_header(self, name: bytes, value: bytes) -> None:
        self._lines.append(b"%b: %b\r\n" % (name, value))
        if len(self._lines) > self._limits.header_fields:
            raise too_many_fields(self._limits.header_fields)
        if (lower := name.lower()) in WATCHED:
            self._watched[lower] = value

    def on_headers_complete(self) -> None:
        self._read_names()
        if self._parser.should_upgrade():
            return
        request = self.request
        if self._replayed is not None:
            request.headers, self._replayed = self._replayed, None
        self._events.head_read(request)
        self._check_head(request)
        self._lines.clear()  # what follows are trailers
        if b"expect" in self._watched and self._watched[b"expect"].lower() == b"100-continue":
            self._events.continue_expected(request)

    def _read_names(self) -> None:
        request = self.request
        request.method = self._parser.get_method().decode()
        request.http_version = self._parser.get_http_version()
        request.headers = b"".join(self._lines)
        if b"%" in request.target and not self._arrived.isascii():
            target = self._arrived.split(maxsplit=2)[1]  # as it was received
            request.target = target if _encoded(target) == request.target else request.target

    def _check_head(self, request: Received) -> None:
        watched, limits = self._watched, self._limits
        if len(request.headers) + len(request.target) > limits.head_bytes:
            raise head_too_large(limits.head_bytes)
        if int(watched.get(b"content-length") or 0) > limits.body_bytes:
            raise body_too_large(limits.body_bytes)
        if request.method in WITH_BODY and b"content-length" not in watched and b"transfer-encoding" not in watched:
            raise no_length()

    def on_body(self, data: bytes) -> None:
        self.size += len(data)
        if self.size > self._limits.body_bytes:
            raise body_too_large(self._limits.body_bytes)
        self._pieces.append(data)
        self._waiting += len(data)
        if self._waiting > PIECE:
            self._hand_on()

    def _hand_on(self) -> None:
        waiting = b"".join(self._pieces)
        self._pieces = [waiting[PIECE:]]
        self._waiting -= PIECE
        self._events.piece_read(self.request, waiting[:PIECE])

    def on_message_complete(self) -> None:
        if self._parser.should_upgrade():
            return
        request = self.request
        request.body = b"".join(self._pieces)
        request.trailers = b"".join(self._lines)
        request.is_complete = True
        keeps_open = self._parser.should_keep_alive()
        self.has_begun = False
        self._is_over = not keeps_open
        self._events.request_read(request, keeps_open)


def _encoded(target: bytes) -> bytes:
    """``target`` with percent signs for what is not ASCII."""
    return NOT_ASCII.sub(lambda byte: b"%%%02X" % ord(byte[0]), target)
