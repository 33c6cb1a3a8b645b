"""Sending a request on and reading what is answered: for forwarding, ``replay`` and ``send``."""

import os
from asyncio import timeout
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from callback_lens.errors import Message, UserError
from callback_lens.payload.masking import masked_target

if TYPE_CHECKING:
    from httpx import URL, AsyncClient

Fields = tuple[tuple[bytes, bytes], ...]
PATIENCE = 30.0  # seconds for connection, request and answer together
ANSWER_BYTES = 1 << 20  # as much of an answer is read; beyond that the connection is closed
BEFORE_TEXT = b"\xef\xbb\xbf \t\r\n"
PORTS = {"http": 80, "https": 443}
# What is between one sender and one receiver (RFC 9110, 7.6.1), and what is made anew for each receiver.
HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding"
    b" upgrade expect host content-length".split()
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request to send. ``Host`` (first) and ``Content-Length`` (last) are added to ``fields`` that lack them.

    A ``body`` that comes in pieces needs a ``Content-Length``, or is sent in chunks.
    """

    method: str
    fields: Fields
    body: bytes | AsyncIterable[bytes]


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered: ``status``, and after how many ``milliseconds``."""

    status: int
    milliseconds: float

    @property
    def is_success(self) -> bool:
        """Whether it was taken (2xx)."""
        return 200 <= self.status < 300


Post = Callable[[Outgoing], Awaitable[Reply]]


@asynccontextmanager
async def posting(url: str, patience: float = PATIENCE) -> AsyncIterator[Post]:
    """A function that sends a request to ``url`` and gives the answer; connections are kept and used again.

    Exactly the given headers are sent, in their order and case; redirections are not followed, and no proxy or .netrc
    of the environment is used. The function raises UserError where no answer comes within ``patience`` seconds. Raises
    UserError for a ``url`` that is no http or https address.
    """
    import httpx  # loads for 100 ms

    target = checked_url(url)
    async with httpx.AsyncClient(trust_env=False, timeout=None) as client:  # noqa: S113 - see _answer

        async def post(outgoing: Outgoing) -> Reply:
            started = perf_counter()
            with _faults_said(url, patience):
                status = await _answer(client, target, outgoing, patience)
            return Reply(status, (perf_counter() - started) * 1000)

        yield post


def checked_url(url: str) -> "URL":
    """The address ``url``. Raises UserError when it is none of http or https."""
    import httpx

    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        parsed = httpx.URL()
    is_port = parsed.port is None or 0 < parsed.port < 1 << 16
    if parsed.scheme not in ("http", "https") or not parsed.host or not is_port:
        hint = Message("such as http://127.0.0.1:8787/callback")
        raise UserError(Message("{url} is no address to send to", {"url": masked_target(url)}), hint)
    return parsed


def destination(url: str) -> tuple[str, int]:
    """The host and the port that a request to ``url``, a checked one, goes to."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or PORTS[parts.scheme]


def ci_request(body: bytes) -> Outgoing:
    """The request that CI makes of a payload: Go's client of HTTP/1.1, its headers in its order (a real capture)."""
    is_json = body.lstrip(BEFORE_TEXT)[:1] in (b"{", b"[")
    fields = (
        (b"User-Agent", b"Go-http-client/1.1"),
        (b"Content-Length", b"%d" % len(body)),
        (b"Content-Type", b"application/json" if is_json else b"application/xml"),
        (b"Accept-Encoding", b"gzip"),
    )
    return Outgoing("POST", fields, body)


def end_to_end(fields: Iterable[tuple[bytes, bytes]]) -> Fields:
    """The header fields that are sent on: all but those between one sender and one receiver."""
    listed = tuple(fields)
    named = {
        option.strip().lower()
        for name, value in listed
        if name.lower() == b"connection"
        for option in value.split(b",")
    }
    return tuple((name, value) for name, value in listed if name.lower() not in HOP_BY_HOP | named)


async def _answer(client: "AsyncClient", url: "URL", outgoing: Outgoing, patience: float) -> int:
    from httpx import Request

    request = Request(outgoing.method, url, headers=list(outgoing.fields), content=outgoing.body)
    async with timeout(patience):
        response = await client.send(request, stream=True)
        try:
            read = 0
            async for piece in response.aiter_raw():
                read += len(piece)
                if read > ANSWER_BYTES:
                    break
        finally:
            await response.aclose()
    return response.status_code


@contextmanager
def _faults_said(url: str, patience: float) -> Iterator[None]:
    import httpx

    shown = masked_target(url)
    try:
        yield
    except TimeoutError:
        message = Message("{url} gave no answer within {seconds} s", {"url": shown, "seconds": f"{patience:g}"})
        raise UserError(message) from None
    except httpx.ConnectError as error:
        message = Message("{url} cannot be reached: {reason}", {"url": shown, "reason": _reason(error)})
        raise UserError(message, Message("is a listener running there?")) from error
    except (httpx.LocalProtocolError, httpx.UnsupportedProtocol) as error:
        raise UserError(Message("this request cannot be sent: {reason}", {"reason": str(error)})) from error
    except httpx.TransportError as error:
        message = Message("{url} ended the connection: {reason}", {"url": shown, "reason": _reason(error)})
        raise UserError(message) from error


def _reason(error: BaseException) -> str:
    """What the system says, which stands at the end of the chain of causes."""
    reason, cause = str(error) or type(error).__name__, error.__cause__ or error.__context__
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno:
            reason = os.strerror(cause.errno) if cause.errno > 0 else str(cause.strerror)  # of a name not found
        cause = cause.__cause__ or cause.__context__
    return reason
