"""Why a request is refused, and the status that says so."""

from callback_lens.errors import Message

CONNECTION_ENDED = Message("the connection ended before all of the request had arrived")
STOPPED = Message("the listener was stopped before all of the request had arrived")
TLS_RECORDS = (b"\x16\x03", b"\x80")  # how encrypted connections begin


class Refusal(Exception):  # noqa: N818 - it says what is the case
    """A request that is not taken: ``status`` is answered, ``reason`` is for people. ``keeps_body``: with its body."""

    def __init__(self, status: int, reason: Message, *, keeps_body: bool = True) -> None:
        super().__init__(str(reason))
        self.status = status
        self.reason = reason
        self.keeps_body = keeps_body


def broken(problem: str, arrived: bytes) -> Refusal:
    """What cannot be read as HTTP: ``problem`` is the parser's complaint, ``arrived`` how the request began."""
    if arrived.startswith(TLS_RECORDS):
        return Refusal(400, Message("these are encrypted bytes: the listener speaks http, not https"))
    if arrived.startswith(b"PRI * HTTP/2"):
        return Refusal(505, Message("this is HTTP/2: the listener speaks HTTP/1"))
    return Refusal(400, Message("this is no proper HTTP request: {problem}", {"problem": problem}))


def body_too_large(limit: int) -> Refusal:
    """A body of more than ``limit`` bytes."""
    return Refusal(413, Message("the body has more than {limit} bytes", {"limit": limit}))


def head_too_large(limit: int) -> Refusal:
    """Request line and headers of more than ``limit`` bytes."""
    return Refusal(431, Message("the headers have more than {limit} bytes", {"limit": limit}))


def too_many_fields(limit: int) -> Refusal:
    """More than ``limit`` header fields."""
    return Refusal(431, Message("there are more than {limit} headers", {"limit": limit}))


def no_length() -> Refusal:
    """A request whose method has a body, but which does not say where that ends."""
    return Refusal(411, Message("there is neither Content-Length nor Transfer-Encoding"))


def no_token() -> Refusal:
    """A request that does not show the token. Its body is nobody's we know: it is not kept."""
    return Refusal(404, Message("the token is missing or wrong"), keeps_body=False)


def slow_head(seconds: float) -> Refusal:
    """A head that was not complete after ``seconds``."""
    return Refusal(408, Message("the headers took more than {seconds} s", {"seconds": seconds}))


def slow_body() -> Refusal:
    """A body that stands still or trickles."""
    return Refusal(408, Message("the body came too slowly"))


def cut_off(reason: Message = CONNECTION_ENDED) -> Refusal:
    """A request of which no more will come."""
    return Refusal(400, reason)


def too_many_connections(limit: int) -> Refusal:
    """A connection above the ``limit``, none of which is idle."""
    return Refusal(503, Message("there are more than {limit} connections", {"limit": limit}), keeps_body=False)
