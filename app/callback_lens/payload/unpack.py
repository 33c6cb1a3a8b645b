"""What is packed in gzip data and zip archives, within limits and never on disk."""

import unicodedata
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Protocol, TypeVar

from callback_lens.errors import Message, UserError
from callback_lens.payload.limits import KIB, Allowance

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

GZIP_MAGIC = b"\x1f\x8b\x08"
ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
PACKED_MAGICS = (GZIP_MAGIC, *ZIP_MAGICS)
DIRECTORY_ENTRY = b"PK\x01\x02"  # begins each entry of a zip archive's directory
STORED, DEFLATED = 0, 8  # the methods of every common zip program, and the ones whose output comes in pieces
ENCRYPTED, UTF8_NAME = 0x1, 0x800
GZIP_WBITS = 31
PIECE = 64 * KIB

Result = TypeVar("Result")


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes | None:
        """At most ``size`` bytes; nothing at the end."""


def unpacked(content: bytes, allowance: Allowance) -> Iterator[tuple[str | None, bytes | UserError]]:
    """What is packed in ``content``, or ``content`` itself: pairs of member name and bytes, or what is wrong.

    The name is None where no zip archive was on the way; names of archives in archives are joined by ``!``. They
    are for people to read: control characters are made visible. Hidden members are left out.
    """
    return _unpacked(content, None, allowance.limits.archive_depth, allowance)


def attempt(work: Callable[[], Result]) -> Result | UserError:
    """What ``work`` gives, or the UserError it raises; freed of its traceback, which would keep the input alive."""
    try:
        return work()
    except UserError as error:
        error.__traceback__ = error.__context__ = error.__cause__ = None
        return error


def pieces(stream: Readable, size: int) -> Iterator[bytes]:
    """The bytes of ``stream`` piece by piece, ``size`` at most."""
    while size > 0 and (piece := stream.read(min(size, PIECE))):
        size -= len(piece)
        yield piece


def gunzip(content: bytes, allowance: Allowance) -> bytes:
    """What gzip data (one member or several, zero bytes behind them) unpack to.

    Raises UserError when they are cut off, damaged, followed by something else or beyond the limits.
    """
    try:
        return allowance.join(_gunzipped(content, allowance))
    except EOFError:
        raise damaged(Message("the gzip data end early")) from None
    except zlib.error:
        raise damaged(Message("the gzip data are damaged")) from None


def inflated(content: memoryview, wbits: int) -> Generator[bytes, None, int]:
    """The pieces that the zlib stream at the start of ``content`` unpacks to; returns how many bytes it took.

    ``wbits`` tells the container as in ``zlib.decompressobj``. Raises EOFError when it ends early, and zlib.error.
    """
    stream = zlib.decompressobj(wbits)
    taken = 0
    while not stream.eof:
        fed = content[taken : taken + PIECE]
        piece = stream.decompress(fed, PIECE)
        taken += len(fed) - len(stream.unconsumed_tail) - len(stream.unused_data)
        if piece:
            yield piece
        elif not fed:
            raise EOFError
    return taken


def damaged(message: Message) -> UserError:
    """The error for packed data that cannot be trusted."""
    return UserError(message, Message("save it again; nothing of it was used"))


def visible(text: str) -> str:
    r"""The text with control and formatting characters and lone surrogates written out, as in ``\x1b``."""
    if text.isprintable():
        return text
    return "".join(c if _is_shown(c) else c.encode("unicode_escape").decode("ascii") for c in text)


def _is_shown(character: str) -> bool:
    return character.isprintable() or unicodedata.category(character) == "Zs"  # Chinese texts have a wide space


def _unpacked(
    content: bytes, member: str | None, depth: int, allowance: Allowance
) -> Iterator[tuple[str | None, bytes | UserError]]:
    if not content.startswith(PACKED_MAGICS):
        yield member, content
        return
    for name, part in _opened(content, depth, allowance):
        inner = name if member is None else member if name is None else f"{member}!{name}"
        if isinstance(part, UserError):
            yield inner, part
        else:
            yield from _unpacked(part, inner, depth - 1, allowance)
        if allowance.is_exhausted:
            return


def _opened(content: bytes, depth: int, allowance: Allowance) -> Iterator[tuple[str | None, bytes | UserError]]:
    """One level of packing taken off."""
    if depth == 0:
        limit = allowance.limits.archive_depth
        too_deep = Message("packed more than {limit} levels deep", {"limit": limit})
        yield None, UserError(too_deep, Message("unpack it, and open the files"))
    elif content.startswith(GZIP_MAGIC):
        yield None, attempt(partial(gunzip, content, allowance))
    else:
        archive = attempt(partial(_archive, content, allowance))
        if isinstance(archive, UserError):
            yield None, archive
        else:
            with archive:
                yield from _members(archive, allowance)


def _gunzipped(content: bytes, allowance: Allowance) -> Iterator[bytes]:
    rest = memoryview(content)
    while rest[: len(GZIP_MAGIC)] == GZIP_MAGIC:
        allowance.add_members(1)
        rest = rest[(yield from inflated(rest, GZIP_WBITS)) :]
    if rest.tobytes().strip(b"\0"):
        raise damaged(Message("something else follows the gzip data"))


def _archive(content: bytes, allowance: Allowance) -> "ZipFile":
    import zipfile

    # zipfile makes an object of each directory entry, whatever number the archive declares.
    allowance.add_members(content.count(DIRECTORY_ENTRY))
    with _zip_faults(Message("the zip archive is damaged")):
        return zipfile.ZipFile(BytesIO(content))


def _members(archive: "ZipFile", allowance: Allowance) -> Iterator[tuple[str | None, bytes | UserError]]:
    found = False
    for info in archive.infolist():
        name = _name(info)
        if not info.is_dir() and not _is_hidden(name):
            found = True
            yield visible(name), attempt(partial(_member, archive, info, allowance))
    if not found:
        yield None, UserError(Message("the zip archive holds no files"))


def _member(archive: "ZipFile", info: "ZipInfo", allowance: Allowance) -> bytes:
    if info.flag_bits & ENCRYPTED:
        raise UserError(Message("encrypted"), Message("unpack it with its password, and open the files"))
    if info.compress_type not in (STORED, DEFLATED):
        raise UserError(Message("packed by a method that is not supported"), Message("unpack it, and open the files"))
    most = allowance.limits.document_bytes + 1
    with _zip_faults(Message("damaged in the zip archive")), archive.open(info) as stream:
        return allowance.join(pieces(stream, most))


@contextmanager
def _zip_faults(message: Message) -> Iterator[None]:
    """Damage becomes a UserError: zipfile answers it with a dozen built-in exceptions besides its own."""
    try:
        yield
    except UserError:
        raise
    except Exception:  # noqa: BLE001  # whichever it is, the archive is damaged
        raise damaged(message) from None


def _name(info: "ZipInfo") -> str:
    """The member's name; zip programs on Chinese systems write GBK, macOS UTF-8, without saying so."""
    if info.flag_bits & UTF8_NAME:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def _is_hidden(name: str) -> bool:
    return any(step.startswith(".") and step.strip(".") for step in name.split("/"))
