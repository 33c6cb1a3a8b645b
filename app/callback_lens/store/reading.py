"""From a capture to what the payload reader takes, and to a saved HTTP request."""

from callback_lens.payload.http_message import HttpMessage, parse_http_message
from callback_lens.payload.inputs import Input
from callback_lens.payload.limits import Allowance, Limits
from callback_lens.payload.unpack import GZIP_MAGIC
from callback_lens.store.model import Capture, header_fields

ENCODED = b"POST / HTTP/1.1\r\nContent-Encoding: %s\r\n\r\n%s"


def capture_input(capture: Capture, headers: bytes, body: bytes, limits: Limits) -> Input:
    """The payload in a capture, called ``id:N``; its content codings undone.

    Raises UserError when its gzip or deflate data are damaged or beyond ``limits``.
    """
    return input_of(capture, headers, decoded_body(headers, body, limits))


def input_of(capture: Capture, headers: bytes, content: bytes) -> Input:
    """``content`` as what came in a capture, called ``id:N``."""
    target = capture.target.decode("utf-8", "surrogateescape")
    fields = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in header_fields(headers))
    request = HttpMessage(f"{capture.method} {target} HTTP/{capture.http_version}", fields, content, 1)
    return Input(f"id:{capture.id}", None, content, request)


def saved_request(capture: Capture, headers: bytes, body: bytes) -> bytes:
    """A capture as a saved HTTP request, its body as received."""
    line = b"%s %s HTTP/%s" % (capture.method.encode(), capture.target, capture.http_version.encode())
    return b"\r\n".join((line, headers, body))


def decoded_body(headers: bytes, body: bytes, limits: Limits) -> bytes:
    """The body without the codings that its headers name, or that it begins with (gzip). Raises UserError as above."""
    codings = [value for name, value in header_fields(headers) if name.lower() == b"content-encoding"]
    if not codings and not body.startswith(GZIP_MAGIC):
        return body
    message = parse_http_message(ENCODED % (b",".join(codings), body), Allowance(limits))
    return message.body if message else body
