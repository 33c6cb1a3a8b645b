"""From what the user named to the bytes of each payload; whatever fails, the others still come."""

import gzip
import io
import os
import socket
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import callback_lens
import pytest
from callback_lens.errors import UserError
from callback_lens.payload.inputs import Input, read_inputs
from callback_lens.payload.limits import Limits
from callback_lens.payload.unpack import visible
from hypothesis import given
from hypothesis import strategies as st

MIB = 1 << 20
XML = b"<Response>\r\n  <EventName>TaskFinish</EventName>\r\n</Response>\r\n"
MESSAGE = b"POST / HTTP/1.1\r\nHost: example.com\r\n\r\n" + XML
SMALL = Limits(document_bytes=1000, unpacked_bytes=5000, members=50)
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX files")


def read(*names: str | Path, limits: Limits | None = None, stdin: bytes = b"") -> list[Input | UserError]:
    return list(read_inputs(map(str, names), limits or Limits(), io.BytesIO(stdin)))


def only_input(*names: str | Path, stdin: bytes = b"") -> Input:
    [found] = read(*names, stdin=stdin)
    assert isinstance(found, Input), found
    return found


def told(found: list[Input | UserError]) -> list[tuple[str | None, bytes | str]]:
    """Pairs of source and bytes, or of source and error sentence."""
    return [(item.source, str(item.message) if isinstance(item, UserError) else item.content) for item in found]


def saved(path: Path, content: bytes = XML) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("content", [XML, b"\xef\xbb\xbf<a/>", b"\0\xff", b" ", "<a>回</a>".encode("gb18030")])
def test_a_file_comes_byte_for_byte(tmp_path: Path, content: bytes) -> None:
    file = saved(tmp_path / "a.xml", content)
    assert only_input(file) == Input(str(file), None, content, None)


def test_names_come_in_their_order_and_as_often_as_given(tmp_path: Path) -> None:
    b, a = saved(tmp_path / "b.xml", b"<b/>"), saved(tmp_path / "a.json", b"{}")
    assert told(read(b, a, b)) == [(str(b), b"<b/>"), (str(a), b"{}"), (str(b), b"<b/>")]


def test_standard_input_has_the_name_of_a_dash(tmp_path: Path) -> None:
    assert only_input("-", stdin=XML) == Input("-", None, XML, None)
    assert only_input("-", stdin=gzip.compress(XML)).content == XML
    assert told(read("-", stdin=b"")) == [("-", "the file is empty")]


def test_no_more_is_read_from_standard_input_than_the_limit() -> None:
    given = []

    class Endless(io.RawIOBase):
        def read(self, size: int = -1, /) -> bytes:
            given.append(size)
            return b"x" * size

    [found] = read_inputs(["-"], Limits(document_bytes=200_000), Endless())
    assert isinstance(found, UserError)
    assert str(found.message) == "larger than 195.312 KiB"
    assert sum(given) == 200_001


def test_standard_input_that_refuses_is_an_error() -> None:
    class Refusing(io.RawIOBase):
        def read(self, size: int = -1, /) -> bytes:
            raise IsADirectoryError(21, "Is a directory")

    assert told(list(read_inputs(["-"], Limits(), Refusing()))) == [("-", "cannot be read: Is a directory")]


def test_the_others_come_though_one_is_missing(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.xml")
    missing = tmp_path / "missing.xml"
    assert told(read(missing, file)) == [(str(missing), "no such file or folder"), (str(file), XML)]


@pytest.mark.parametrize(
    ("name", "source", "message"),
    [
        ("", "", "no such file or folder"),
        ("a\0b", "a\\x00b", "not a valid file name"),
        ("missing\x1b[2J\n", "missing\\x1b[2J\\n", "no such file or folder"),
        pytest.param("\ud800", "\\ud800", "not a valid file name", marks=posix),
        pytest.param("\udcff.xml", "\\udcff.xml", "no such file or folder", marks=posix),
        pytest.param("x" * 5000, "x" * 5000, "cannot be read: File name too long", marks=posix),
    ],
)
def test_names_that_name_nothing(name: str, source: str, message: str) -> None:
    assert told(read(name)) == [(source, message)]


@posix
def test_a_file_name_that_is_no_unicode_is_read_and_shown_escaped(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\x07.xml")
    try:
        saved(Path(name))
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    found = only_input(name)
    assert (found.file, found.source) == (name, f"{tmp_path}/\\udcff\\x07.xml")


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom", "/dev/null"])
def test_devices_are_refused(device: str) -> None:
    if not Path(device).is_char_device():
        pytest.skip(f"this system has no {device}")
    assert told(read(device)) == [(device, "not a regular file")]


@posix
def test_sockets_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path has to be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        assert told(read("socket")) == [("socket", "not a regular file")]


@contextmanager
def pipe_fed_from(source: Path, folder: Path) -> Iterator[Path]:
    """A named pipe into which another process copies ``source`` until nobody reads any more."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    copy = "import shutil, sys; shutil.copyfileobj(open(sys.argv[1], 'rb'), open(sys.argv[2], 'wb', 0))"
    with subprocess.Popen([sys.executable, "-c", copy, source, pipe], stderr=subprocess.DEVNULL) as writer:
        yield pipe
        writer.kill()


def test_a_named_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    content = XML * 10_000
    with pipe_fed_from(saved(tmp_path / "source", content), tmp_path) as pipe:
        assert told(read(pipe)) == [(str(pipe), content)]


@posix
def test_an_endless_named_pipe_is_read_up_to_the_limit(tmp_path: Path) -> None:
    with pipe_fed_from(Path("/dev/zero"), tmp_path) as pipe:
        assert told(read(pipe, limits=Limits(document_bytes=3 * MIB))) == [(str(pipe), "larger than 3 MiB")]


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.xml", b"")
    assert told(read(file)) == [(str(file), "the file is empty")]


def test_the_size_limit_is_named_and_not_read_beyond(tmp_path: Path) -> None:
    limit = MIB // 4
    exact = saved(tmp_path / "exact", b"x" * limit)
    huge = tmp_path / "huge"
    with huge.open("wb") as file:
        file.truncate(1 << 36)  # takes no room on disk
    tracemalloc.start()
    try:
        found = read(exact, huge, limits=Limits(document_bytes=limit))
        assert tracemalloc.get_traced_memory()[1] < 4 * limit
    finally:
        tracemalloc.stop()
    assert told(found) == [(str(exact), b"x" * limit), (str(huge), "larger than 256 KiB")]


def test_a_folder_gives_its_files_in_natural_order(tmp_path: Path) -> None:
    names = ["A1.xml", "a2.xml", "a10.xml", "b/2.json", "b/c/1.xml", "b/d.xml", "c.gz", "d.txt", "回.xml"]
    for name in reversed(names):
        saved(tmp_path / name, gzip.compress(XML) if name.endswith("gz") else XML)
    assert told(read(tmp_path)) == [(str(tmp_path / name), XML) for name in names]


@pytest.mark.parametrize(
    "content",
    [
        XML,
        b"\xef\xbb\xbf\n <a>\0</a>",
        b'{"a": "\0"}',
        "<a/>".encode("utf-16-le"),
        " [1]".encode("utf-16-be"),
        "log: <a/>".encode("utf-16"),
        "回调 <a/>".encode("gb18030"),
        b"2024-01-01 got \x1b[1m<a/>",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n<a>\0</a>\r\n0\r\n\r\n",
    ],
)
def test_a_folder_gives_what_begins_like_text(tmp_path: Path, content: bytes) -> None:
    saved(tmp_path / "file", content)
    [found] = read(tmp_path)
    assert isinstance(found, Input)


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\x7fELF\x02\x01", b"\xff\xd8\xff\xe0\0\x10JFIF", bytes(600)]
)
def test_a_folder_leaves_out_what_is_no_text_but_a_named_file_is_taken(tmp_path: Path, content: bytes) -> None:
    file = saved(tmp_path / "file.xml", content)
    assert told(read(tmp_path)) == [(str(tmp_path), "no file in this folder could be a callback")]
    assert told(read(file)) == [(str(file), content)]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    for name in (".a.xml", ".git/config", "b.xml"):
        saved(tmp_path / name)
    assert told(read(tmp_path)) == [(str(tmp_path / "b.xml"), XML)]


@posix
def test_links_are_followed_to_files_only_so_that_loops_end(tmp_path: Path) -> None:
    outside = saved(tmp_path / "outside" / "x.xml")
    folder = tmp_path / "folder"
    saved(folder / "z.xml", b"<z/>")
    (folder / "file.xml").symlink_to(outside)
    (folder / "up").symlink_to(tmp_path)
    (folder / "missing").symlink_to(tmp_path / "missing")
    (folder / "self").symlink_to("self")
    os.mkfifo(folder / "pipe")
    assert told(read(folder)) == [
        (str(folder / "file.xml"), XML),
        (str(folder / "self"), "cannot be read: Too many levels of symbolic links"),
        (str(folder / "z.xml"), b"<z/>"),
    ]
    assert told(read(folder / "up" / "outside")) == [(str(folder / "up" / "outside" / "x.xml"), XML)]


@posix
def test_folders_may_be_nested_as_deep_as_the_system_allows(tmp_path: Path) -> None:
    folders = [str(tmp_path)]
    while len(folders) < 1500:
        folders.append(folders[-1] + "/d")
        os.mkdir(folders[-1])  # noqa: PTH102 - a Path this deep is slow
    file = saved(Path(folders[-1], "a.xml"))
    try:
        assert told(read(tmp_path)) == [(str(file), XML)]
    finally:
        file.unlink()
        for folder in reversed(folders[1:]):
            os.rmdir(folder)  # noqa: PTH106 - likewise


def test_a_file_that_vanishes_after_it_was_listed_is_an_error(tmp_path: Path) -> None:
    first, second, third = (saved(tmp_path / name) for name in ("1.xml", "2.xml", "3.xml"))
    inputs = read_inputs([str(tmp_path)], Limits(), io.BytesIO())
    found = [next(inputs)]
    second.unlink()
    assert told(found + list(inputs)) == [(str(first), XML), (str(second), "no such file or folder"), (str(third), XML)]


AS_NOBODY = """
import io, os, sys
from callback_lens.errors import UserError
from callback_lens.payload.inputs import read_inputs
from callback_lens.payload.limits import Limits
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
for found in read_inputs(sys.argv[1:], Limits(), io.BytesIO()):
    print(found.source, found.message if isinstance(found, UserError) else "read")
"""


@posix
def test_files_and_folders_without_permission(tmp_path: Path) -> None:
    """In a process without root's rights, and with relative names: nobody else may enter the test's parent folders."""
    tmp_path.chmod(0o755)
    for name in ("a.xml", "locked.xml", "locked/b.xml", "listed/c.xml", "open/d.xml", "open/locked/e.xml"):
        saved(tmp_path / name)
    locked = {"locked.xml": 0, "locked": 0, "open/locked": 0, "listed": 0o444}
    for name, mode in locked.items():
        (tmp_path / name).chmod(mode)
    try:
        environment = {**os.environ, "PYTHONPATH": str(Path(callback_lens.__file__).parents[1])}
        names = ["a.xml", *locked, "locked/b.xml", "open", "a.xml"]
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, *names], cwd=tmp_path, env=environment, capture_output=True, check=False
        )
    finally:
        for name in locked:
            (tmp_path / name).chmod(0o755)
    assert done.stderr == b""
    refused = "no permission to read it"
    assert done.stdout.decode().splitlines() == [
        "a.xml read",
        f"locked.xml {refused}",
        f"locked {refused}",
        f"open/locked {refused}",
        f"listed/c.xml {refused}",
        f"locked/b.xml {refused}",
        "open/d.xml read",
        f"open/locked {refused}",
        "a.xml read",
    ]


def test_a_saved_message_gives_its_body_and_itself(tmp_path: Path) -> None:
    found = only_input(saved(tmp_path / "a.xml", MESSAGE))
    assert found.content == XML
    assert found.request is not None
    assert found.request.start_line == "POST / HTTP/1.1"
    assert found.request.headers == (("Host", "example.com"),)
    assert found.request.body_line == 4


def test_a_message_without_body_and_a_damaged_one_are_errors(tmp_path: Path) -> None:
    empty = saved(tmp_path / "a", MESSAGE[: -len(XML)])
    damaged = saved(tmp_path / "b", b"POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n5\n<a/>")
    found = read(empty, damaged)
    assert told(found) == [
        (str(empty), "the HTTP message has no body"),
        (str(damaged), "the chunked body is damaged here"),
    ]
    assert isinstance(found[1], UserError)
    assert found[1].position is not None
    assert found[1].position.line == 4


def test_packed_files_are_told_by_content_and_name_their_members(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "a.xml", {"b.json": b"{}", "c\x1b.gz": gzip.compress(MESSAGE), "d": b""})
    found = read(archive)
    assert told(found) == [
        (f"{archive}!b.json", b"{}"),
        (f"{archive}!c\\x1b.gz", XML),
        (f"{archive}!d", "the file is empty"),
    ]
    assert isinstance(found[1], Input)
    assert (found[1].file, found[1].member) == (str(archive), "c\\x1b.gz")
    assert found[1].request is not None


def test_damaged_packed_files_are_errors_and_the_next_still_comes(tmp_path: Path) -> None:
    cut_off = saved(tmp_path / "a.gz", gzip.compress(XML)[:-1])
    archive = saved(tmp_path / "b.zip", b"PK\x03\x04")
    file = saved(tmp_path / "c.xml")
    assert told(read(cut_off, archive, file)) == [
        (str(cut_off), "the gzip data end early"),
        (str(archive), "the zip archive is damaged"),
        (str(file), XML),
    ]


def test_packed_messages_draw_on_the_allowance_of_their_archive(tmp_path: Path) -> None:
    bomb = b"POST / HTTP/1.1\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(MIB))
    archive = zipped(tmp_path / "a.zip", {str(number): bomb for number in range(50)})
    other = zipped(tmp_path / "b.zip", {"0": bomb})
    found = read(archive, other, limits=Limits(unpacked_bytes=3 * MIB))
    assert told(found) == [
        (f"{archive}!0", bytes(MIB)),
        (f"{archive}!1", bytes(MIB)),
        (f"{archive}!2", "unpacks to more than 3 MiB in all"),
        (f"{other}!0", bytes(MIB)),
    ]


STARTS = [
    b"",
    b"\x1f\x8b\x08",
    b"PK\x03\x04",
    gzip.compress(XML),
    MESSAGE,
    b"HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n",
]


@given(st.sampled_from(STARTS), st.binary(max_size=300))
def test_no_bytes_raise(start: bytes, rest: bytes) -> None:
    found = read("-", stdin=start + rest, limits=SMALL)
    assert found
    assert all(item.source == "-" or (item.source or "").startswith("-!") for item in found)


@given(st.text(st.characters(exclude_categories=())) | st.binary(max_size=20).map(os.fsdecode))
def test_no_name_raises(name: str) -> None:
    found = read(f"missing-{name}")
    assert [item.source is not None and visible(item.source) == item.source for item in found] == [True]
