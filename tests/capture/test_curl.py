"""The curl command says what came, to the shell and to curl, and nothing else."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from itertools import pairwise

import pytest
from callback_lens.capture.curl import LONGEST_INLINE, curl_command, inline_body
from callback_lens.listener.posting import HOP_BY_HOP, end_to_end
from callback_lens.store.model import Capture
from hypothesis import given, settings
from hypothesis import strategies as st
from receiving import Receiver, run_process

ORIGIN = "http://127.0.0.1:8787"
FILE = "000001-unknown.bin"
ADDED = {"accept", "user-agent", "content-type", "expect"}  # by curl itself, unless told not to
NAMES = st.from_regex(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", fullmatch=True)
PRINTABLE = st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" ")
VALUES = st.text(PRINTABLE).map(str.strip)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" \n"))


def capture(body: bytes, method: str = "POST", target: bytes = b"/callback") -> Capture:
    return Capture(1, 0, 0, None, method, target, "1.1", "127.0.0.1:5", len(body), "", 200, True, None, False, None)


def head(*fields: tuple[str, str]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in fields).encode()


def command(body: bytes, headers: bytes, method: str, target: bytes, origin: str = ORIGIN) -> str:
    text = inline_body(body, shows_secrets=True)
    return curl_command(capture(body, method, target), headers, text, origin, FILE)


def command_of(body: bytes, headers: bytes = b"", method: str = "POST", target: bytes = b"/callback") -> list[str]:
    """The words of the command, as a shell takes them."""
    words = shlex.split(command(body, headers, method, target))
    # Unlike a shell, shlex keeps a line end after a backslash as a word.
    return [word for before, word in pairwise(["", *words]) if word != "\n" or before == "--data-raw"]


def option(words: Sequence[str], name: str) -> list[str]:
    return [value for word, value in pairwise(words) if word == name]


def sent_fields(words: Sequence[str]) -> list[tuple[str, str]]:
    """The header fields that curl is to send."""
    headers = option(words, "--header")
    return [
        (header.rstrip(";"), "") if header.endswith(";") and ":" not in header else tuple(header.split(": ", 1))
        for header in headers
        if not header.endswith(":")
    ]


@given(fields=st.lists(st.tuples(NAMES, VALUES.filter(lambda value: not value.endswith(":")))), body=TEXTS)
def test_headers_and_body_come_out_of_the_shell_as_they_were(fields: list[tuple[str, str]], body: str) -> None:
    words = command_of(body.encode(), head(*fields))
    kept = end_to_end((name.encode(), value.encode()) for name, value in fields)
    assert sent_fields(words) == [(name.decode(), value.decode()) for name, value in kept]
    assert option(words, "--data-raw") == ([body] if body and len(body.encode()) <= LONGEST_INLINE else [])
    assert words[:3] == ["curl", "--request", "POST"]


@given(target=st.binary(min_size=1).map(lambda rest: b"/" + rest))
def test_the_target_is_one_word_that_no_terminal_obeys(target: bytes) -> None:
    words = command_of(b"", target=target)
    (url,) = [word for word in words if word.startswith(ORIGIN)]
    assert url.isascii()
    assert url.isprintable()
    assert not {" ", "#"} & set(url)


def test_what_is_between_two_hosts_is_left_out() -> None:
    hops = [(name.decode(), "x") for name in HOP_BY_HOP if name != b"connection"]
    fields = [*hops, ("Connection", "X-Mine, close"), ("X-Mine", "1"), ("X-Theirs", "2")]
    assert sent_fields(command_of(b"<a/>", head(*fields))) == [("X-Theirs", "2")]


def test_what_curl_adds_it_is_told_not_to() -> None:
    removed = {header[:-1].lower() for header in option(command_of(b"<a/>"), "--header")}
    assert removed == ADDED
    kept = command_of(b"<a/>", head(("Content-Type", "text/xml"), ("ACCEPT", "*/*")))
    assert {header[:-1].lower() for header in option(kept, "--header") if header.endswith(":")} == {
        "expect",
        "user-agent",
    }


@pytest.mark.parametrize(
    "body", [b"a\0b", b"\xff", b"\x1b[31m", b"a\r\nb", "\u202eevil".encode(), b"x" * (LONGEST_INLINE + 1)]
)
def test_a_body_that_is_no_plain_short_text_is_read_from_a_file(body: bytes) -> None:
    words = command_of(body)
    assert option(words, "--data-binary") == [f"@{FILE}"]
    assert option(words, "--data-raw") == []


@pytest.mark.parametrize("body", [b"@/etc/passwd", b"", b"x" * LONGEST_INLINE])
def test_a_body_is_no_file_name(body: bytes) -> None:
    words = command_of(body, head(("Content-Length", "0")))
    assert option(words, "--data-raw") == [body.decode()]


@pytest.mark.parametrize("secret", ["?token=hush", "<DocPassword>hush</DocPassword>"])
def test_a_body_with_secrets_is_not_shown_unless_asked_for(secret: str) -> None:
    body = f"<a>http://a.example/{secret}</a>".encode()
    assert inline_body(body, shows_secrets=False) is None
    assert inline_body(body, shows_secrets=True) == body.decode()
    assert inline_body(b"<a/>", shows_secrets=False) == "<a/>"


@pytest.mark.parametrize("field", [b"@/etc/passwd: x", b"-K: x y", b"a b: c", b": x", b"\xff: x"])
def test_a_name_that_is_none_is_left_out(field: bytes) -> None:
    sent = sent_fields(command_of(b"", field + b"\r\n"))
    assert sent == ([("-K", "x y")] if field.startswith(b"-K") else [])


def test_values_without_sense_to_a_terminal() -> None:
    headers = b"A: \x1b[31mred\x07\r\nB: \xff\r\nC: \x01\r\n"
    assert sent_fields(command_of(b"", headers)) == [("A", "[31mred"), ("B", "\u00ff"), ("C", "")]


def test_a_target_that_is_no_path_and_a_head() -> None:
    words = command_of(b"", method="OPTIONS", target=b"*")
    assert (option(words, "--request-target"), words[-1].rstrip(":")) == (["*"], "User-Agent")
    assert ORIGIN in words
    assert command_of(b"", method="HEAD")[:2] == ["curl", "--head"]


@pytest.mark.skipif(not os.access("/bin/sh", os.X_OK), reason="there is no POSIX shell")
@settings(max_examples=50)
@given(value=VALUES, body=TEXTS, target=st.binary().map(lambda rest: b"/" + rest))
def test_a_shell_takes_the_same_words(value: str, body: str, target: bytes) -> None:
    headers = head(("A", value))
    printed = command(body.encode(), headers, "POST", target).replace("curl", r"printf '%s\0'", 1)
    done = subprocess.run(["/bin/sh", "-c", printed], capture_output=True, check=True)
    assert done.stdout.decode().split("\0")[:-1] == command_of(body.encode(), headers, target=target)[1:]


@pytest.mark.skipif(shutil.which("curl") is None or not os.access("/bin/sh", os.X_OK), reason="curl is not installed")
def test_curl_sends_what_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    fields = (
        ("User-Agent", "Go-http-client/1.1"),
        ("Content-Type", "application/xml"),
        ("x-MiXed", 'it\'s "1" $HOME `x` \\'),
        ("X-Empty", ""),
        ("x-MiXed", "2"),
        ("Accept-Encoding", "gzip"),
    )
    body, target = b"@<a>'$(x)'\n\\\n</a>", b"/a/../b?c={d}[1]&e='f'"
    receiver = Receiver()
    done = run_process(receiver, lambda url: ["/bin/sh", "-c", command(body, head(*fields), "PUT", target, url)])
    assert done.returncode == 0
    ((sent, sent_body),) = receiver.requests
    line, host, *lines = sent.decode().split("\r\n")
    assert line == f"PUT {target.decode()} HTTP/1.1"
    assert host.startswith("Host: ")
    kept = [f"{name}: {value}".rstrip() for name, value in fields]
    assert sorted(lines[:-2]) == sorted([*kept, f"Content-Length: {len(body)}"])
    assert [line for line in lines if line in kept] == kept
    assert sent_body == body
