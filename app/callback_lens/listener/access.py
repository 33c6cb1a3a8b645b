"""Which requests are meant for the listener."""

from hmac import compare_digest
from urllib.parse import unquote_to_bytes

from callback_lens.listener.request import Received

GREETED_METHODS = ("GET", "HEAD")
GREETED_PATHS = (b"/", b"/favicon.ico")
# The body with which CI's console tries an address before it accepts it (Tencent's documentation).
PROBE_MARKS = (b"test_trace_id", b"Test request when setting callback url")
LARGEST_PROBE = 1024  # it has less than half of that


def is_greeted(request: Received) -> bool:
    """Whether somebody only looks, with a browser: no capture is made of that."""
    return request.method in GREETED_METHODS and request.target.partition(b"?")[0] in GREETED_PATHS


def has_token(target: bytes, token: bytes) -> bool:
    """Whether ``target`` has ``token`` as ``token=`` in its query, or as the last segment of its path.

    It takes as long for a wrong token as for the right one.
    """
    path, _, query = target.partition(b"#")[0].partition(b"?")
    given = [path.rpartition(b"/")[2]]
    given += [value for name, _, value in (item.partition(b"=") for item in query.split(b"&")) if name == b"token"]
    return any([compare_digest(unquote_to_bytes(candidate), token) for candidate in given])  # noqa: C419 - no early end


def is_console_probe(body: bytes) -> bool:
    """Whether CI's console tries whether the address answers."""
    trace_id, message = PROBE_MARKS
    return len(body) <= LARGEST_PROBE and message in body and trace_id in body
