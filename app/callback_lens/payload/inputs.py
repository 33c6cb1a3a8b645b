"""From what the user named to the bytes of each payload: files, folders, archives, HTTP messages, standard input."""

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from callback_lens.errors import Message, UserError
from callback_lens.payload.http_message import HttpMessage, begins_like_http, parse_http_message
from callback_lens.payload.limits import Allowance, Limits, size_text
from callback_lens.payload.unpack import PACKED_MAGICS, Readable, Result, attempt, pieces, unpacked, visible

STANDARD_INPUT = "-"
HEAD = 512
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
BEFORE_TEXT = b"\xef\xbb\xbf\0 \t\r\n"
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # without tab, line ends and escape


@dataclass(frozen=True, slots=True)
class Input:
    """The bytes of one payload file, unpacked.

    ``file`` is the name as given (``-`` is standard input) or found in a folder; ``member`` the name in an archive,
    control characters made visible; ``request`` the saved HTTP message whose body ``content`` is.
    """

    file: str
    member: str | None
    content: bytes
    request: HttpMessage | None

    @property
    def source(self) -> str:
        """File and member for people to read, as in ``saved.zip!a.xml``; no control characters."""
        return _source(self.file, self.member)


def read_inputs(names: Iterable[str], limits: Limits, stdin: Readable) -> Iterator[Input | UserError]:
    """The inputs behind ``names`` in order, and a UserError (``source`` set) for each that cannot be read.

    A name is a file, a named pipe, ``-`` for ``stdin``, or a folder: of that every regular file, at any depth, that
    is not hidden and begins like text, gzip or zip, in natural order of names; folders behind symbolic links are left
    out. Packed files and HTTP messages are told by content. Nothing in them makes this raise.
    """
    for name in names:
        for file, content in _named(name, limits, stdin):
            if isinstance(content, UserError):
                content.source = visible(file)
                yield content
            else:
                yield from _inputs(file, content, Allowance(limits))


def _inputs(file: str, content: bytes, allowance: Allowance) -> Iterator[Input | UserError]:
    for member, part in unpacked(content, allowance):
        found = part if isinstance(part, UserError) else attempt(partial(_input, file, member, part, allowance))
        if isinstance(found, UserError):
            found.source, found.member = _source(file, member), member
        yield found


def _input(file: str, member: str | None, content: bytes, allowance: Allowance) -> Input:
    if not content:
        raise UserError(Message("the file is empty"))
    request = parse_http_message(content, allowance)
    if request is None:
        return Input(file, member, content, None)
    if not request.body:
        raise UserError(Message("the HTTP message has no body"))
    return Input(file, member, request.body, request)


def _source(file: str, member: str | None) -> str:
    return visible(file) if member is None else f"{visible(file)}!{member}"


def _named(name: str, limits: Limits, stdin: Readable) -> Iterator[tuple[str, bytes | UserError]]:
    """The files behind a name, each with its bytes or what is wrong with it."""
    if name == STANDARD_INPUT:
        yield name, _attempt_reading(partial(_read, stdin, limits))
        return
    mode = _attempt_reading(partial(_mode, name))
    if isinstance(mode, UserError):
        yield name, mode
    elif stat.S_ISDIR(mode):
        yield from _folder(name, limits)
    elif stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
        yield name, _attempt_reading(partial(_read_file, name, limits))
    else:
        yield name, UserError(Message("not a regular file"), Message("devices and sockets are not read"))


def _folder(folder: str, limits: Limits) -> Iterator[tuple[str, bytes | UserError]]:
    found = False
    for file, error in _files_below(folder):
        content: bytes | UserError | None = error or _attempt_reading(partial(_read_candidate, file, limits))
        if content is not None:
            found = True
            yield file, content
    if not found:
        yield folder, UserError(Message("no file in this folder could be a callback"))


def _files_below(folder: str) -> Iterator[tuple[str, UserError | None]]:
    """The files in a folder and its folders, and what is wrong with those that cannot be listed."""
    waiting = [(folder, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if not is_folder:
            yield path, None
            continue
        entries = _attempt_reading(partial(_entries, path))
        if isinstance(entries, UserError):
            yield path, entries
        else:
            waiting.extend(reversed(entries))


def _entries(folder: str) -> list[tuple[str, bool]]:
    """The files and folders (True) in a folder that are not hidden."""
    with os.scandir(folder) as entries:
        wanted = [entry for entry in entries if not entry.name.startswith(".") and _is_file_or_folder(entry)]
    wanted.sort(key=lambda entry: _natural(entry.name))
    return [(entry.path, entry.is_dir(follow_symlinks=False)) for entry in wanted]


def _is_file_or_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False) or entry.is_file()
    except OSError:
        return True  # a link to where nobody gets: reading it will say so


def _natural(name: str) -> tuple[list[str | int], str]:
    """Sorts a2 before a10."""
    steps = re.split("([0-9]+)", name.casefold())
    return [int(step) if index % 2 else step for index, step in enumerate(steps)], name


def _mode(name: str) -> int:
    return os.stat(name).st_mode  # noqa: PTH116 - to Path, "" is the current folder


def _read_file(name: str, limits: Limits) -> bytes:
    with open(name, "rb", buffering=0) as stream:  # noqa: PTH123 - a Path costs more than the opening
        return _read(stream, limits)


def _read_candidate(name: str, limits: Limits) -> bytes | None:
    """A file found in a folder; None when it is something else than text or packed."""
    with open(name, "rb", buffering=0) as stream:  # noqa: PTH123 - a Path costs more than the opening
        if not _could_be_callback(stream.read(HEAD)):
            return None
        stream.seek(0)
        return _read(stream, limits)


def _read(stream: Readable, limits: Limits) -> bytes:
    content = b"".join(pieces(stream, limits.document_bytes + 1))
    if len(content) > limits.document_bytes:
        raise UserError(
            Message("larger than {limit}", {"limit": size_text(limits.document_bytes)}),
            Message("nothing of it was used; split it into several files"),
        )
    return content


def _could_be_callback(head: bytes) -> bool:
    return (
        head.startswith(PACKED_MAGICS + UTF16_BOMS)
        or head.lstrip(BEFORE_TEXT)[:1] in (b"<", b"{", b"[")
        or begins_like_http(head)
        or not CONTROL.search(head)
    )


def _attempt_reading(work: Callable[[], Result]) -> Result | UserError:
    """What ``work`` gives, or what the system has against it."""
    try:
        return attempt(work)
    except FileNotFoundError:
        return UserError(Message("no such file or folder"))
    except PermissionError:
        return UserError(Message("no permission to read it"))
    except OSError as error:
        return UserError(Message("cannot be read: {reason}", {"reason": error.strerror or type(error).__name__}))
    except ValueError:
        return UserError(Message("not a valid file name"))
