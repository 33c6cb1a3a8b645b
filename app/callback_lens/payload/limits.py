"""How much is read of one input, so that no file can use up memory or time."""

from collections.abc import Iterable
from dataclasses import dataclass

from callback_lens.errors import Message, UserError

KIB = 1 << 10
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is accepted; nothing documented comes near (five hours of speech are 24 MB of XML).

    Bytes: ``document_bytes`` of one document or file, ``unpacked_bytes`` of all that is packed in one file,
    ``http_head_bytes`` of a request or status line with its headers. Counts: ``members`` of all archives in one
    file, ``archive_depth`` of archives in archives, ``documents`` in one text, ``depth`` of one document, ``nodes`` of
    all documents in one text.
    """

    document_bytes: int = 160 * MIB
    unpacked_bytes: int = 512 * MIB
    http_head_bytes: int = 256 * KIB
    members: int = 10_000
    archive_depth: int = 3
    documents: int = 100_000
    depth: int = 200
    nodes: int = 8_000_000


class Allowance:
    """What one file may still unpack to: everything packed in it, at any depth, draws on the same allowance."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._bytes_left = limits.unpacked_bytes
        self._members_left = limits.members

    @property
    def is_exhausted(self) -> bool:
        """True once the file has unpacked to more than it may: nothing more of it should be read."""
        return self._bytes_left < 0

    def add_members(self, count: int) -> None:
        """Count packed files that are about to be looked at. Raises UserError when they are too many."""
        if count > self._members_left:
            raise UserError(
                Message("holds more than {limit} packed files", {"limit": self.limits.members}),
                Message("unpack it, and open a part of the files"),
            )
        self._members_left -= count

    def join(self, pieces: Iterable[bytes]) -> bytes:
        """One document from the pieces it unpacks to. Raises UserError at the first piece beyond a limit."""
        kept: list[bytes] = []
        size = 0
        for piece in pieces:
            kept.append(piece)
            size += len(piece)
            self._bytes_left -= len(piece)
            if self._bytes_left < 0:
                raise UserError(
                    Message("unpacks to more than {limit} in all", {"limit": size_text(self.limits.unpacked_bytes)}),
                    Message("the rest of it was not read"),
                )
            if size > self.limits.document_bytes:
                raise UserError(
                    Message("unpacks to more than {limit}", {"limit": size_text(self.limits.document_bytes)}),
                    Message("no callback is that large; nothing of it was used"),
                )
        return b"".join(kept)


def size_text(size: int) -> str:
    """A limit in bytes as people write it: ``512 MiB``."""
    for unit, factor in (("MiB", MIB), ("KiB", KIB)):
        if size >= factor:
            return f"{size / factor:g} {unit}"
    return f"{size} B"
