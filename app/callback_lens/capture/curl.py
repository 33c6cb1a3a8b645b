"""A capture as a curl command that sends it again."""

import re
import shlex
from collections.abc import Iterator
from string import punctuation
from urllib.parse import quote

from callback_lens.listener.posting import end_to_end
from callback_lens.payload.masking import SECRET_NODES, masked
from callback_lens.store.model import Capture, header_fields

LONGEST_INLINE = 2048  # bytes of a body that stands in the command itself
IN_URLS = punctuation.replace("#", "")  # which would begin a fragment, and is never sent
TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
ADDED_BY_CURL = ("Accept", "User-Agent")
ADDED_WITH_BODY = ("Content-Type", "Expect")


def curl_command(capture: Capture, headers: bytes, body: str | None, origin: str, body_file: str) -> str:
    """The command for a POSIX shell, an option on each line; it sends no header that did not come.

    ``origin`` is where to send it (``http://127.0.0.1:8787``). ``body`` stands in the command; without one the
    command reads ``body_file``. What could act on a terminal becomes a space in headers, %XX in the target; header
    bytes that are no UTF-8 are taken for Latin-1.
    """
    has_body = capture.size > 0 or b"content-length" in {name.lower() for name, _ in header_fields(headers)}
    target = quote(capture.target, safe=IN_URLS)
    options = [
        ["curl", *_method(capture.method, has_body), "--globoff", "--path-as-is", *_url(target, origin)],
        *(["--header", header] for header in _headers(headers, has_body)),
        *([_data(body, body_file)] if has_body else []),
    ]
    return " \\\n  ".join(shlex.join(option) for option in options)


def inline_body(body: bytes, shows_secrets: bool) -> str | None:
    """``body`` as it can stand in a command; None for one that is long, no text, or has secrets that are not shown.

    Of the characters that act on a terminal only the line feed is taken.
    """
    try:
        text = body[: LONGEST_INLINE + 1].decode()
    except UnicodeDecodeError:
        return None
    if len(body) > LONGEST_INLINE or not text.replace("\n", "").isprintable():
        return None
    has_secrets = masked("", text) != text or any(name in text for name in SECRET_NODES)
    return text if shows_secrets or not has_secrets else None


def _method(method: str, has_body: bool) -> list[str]:
    """With ``--request HEAD`` curl would wait for a body."""
    return ["--head"] if method == "HEAD" and not has_body else ["--request", method]


def _url(target: str, origin: str) -> list[str]:
    """A target that is no path (``*``, a whole address) is sent as it came."""
    return [origin + target] if target.startswith("/") else ["--request-target", target, origin]


def _headers(headers: bytes, has_body: bool) -> Iterator[str]:
    """For ``--header``: ``name: value``, ``name;`` without a value, ``name:`` for one that curl is not to add."""
    names = set()
    for name, value in end_to_end(header_fields(headers)):
        if not TOKEN.fullmatch(name):  # curl would read a file for one that begins with @
            continue
        names.add(_text(name).lower())
        text = _text(value).strip()
        yield f"{_text(name)}: {text}" if text else f"{_text(name)};"
    for added in (*ADDED_BY_CURL, *(ADDED_WITH_BODY if has_body else ())):
        if added.lower() not in names:
            yield f"{added}:"


def _text(written: bytes) -> str:
    try:
        text = written.decode()
    except UnicodeDecodeError:
        text = written.decode("latin-1")
    return "".join(character if character.isprintable() else " " for character in text)


def _data(body: str | None, body_file: str) -> list[str]:
    """``--data-raw`` takes a leading @ as it is."""
    return ["--data-binary", f"@{body_file}"] if body is None else ["--data-raw", body]
