"""What is written in one transaction: captures, large bodies as they arrive, answers, forwards."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from callback_lens.store.database import Database, Values, text
from callback_lens.store.model import Forward, Request, WireCapture
from callback_lens.store.rows import CAPTURE_PLACES, INTO_CAPTURES, REQUEST_COLUMNS, capture_values, inserted

if TYPE_CHECKING:
    from hashlib import _Hash

SMALL = 8 << 10  # bytes: of bodies, many are written by one statement
CHUNK = 1 << 20  # bytes: larger bodies are written as they arrive, in rows of this size


@dataclass(slots=True)
class Upload:
    """A large body on its way: ``size`` bytes in ``chunks`` rows so far.

    Where the transaction that it was begun or appended to has failed it can only be finished as incomplete.
    """

    id: int
    size: int = 0
    chunks: int = 0
    digest: "_Hash" = field(default_factory=hashlib.sha256)


class Writer:
    """The inside of one transaction: nothing of it is on disk, and no id valid, before ``Store.writing`` has ended."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, captures: Sequence[WireCapture], committed: int) -> list[int]:
        """Keep captures with all of their bodies; their ids."""
        ids = self._new_ids(len(captures))
        numbered = list(zip(ids, captures, strict=True))
        self._insert_captures(
            [
                capture_values(capture_id, capture, committed, len(capture.body), hashlib.sha256(capture.body).digest())
                for capture_id, capture in numbered
            ]
        )
        small = [(number, bytearray(capture.body)) for number, capture in numbered if 0 < len(capture.body) <= SMALL]
        self._database.insert("INSERT INTO bodies (capture_id, bytes)", "?, ?", small)
        self._database.execute_many(  # one at a time in memory
            "INSERT INTO bodies (capture_id, bytes) VALUES (?, ?)",
            ((number, bytearray(capture.body)) for number, capture in numbered if len(capture.body) > SMALL),
        )
        return list(ids)

    def _insert_captures(self, rows: Sequence[Values]) -> None:
        self._database.insert(INTO_CAPTURES, CAPTURE_PLACES, rows)

    def _new_ids(self, count: int) -> range:
        """Ids that no capture ever had: given by us, captures need no statement each."""
        used = self._database.value("SELECT seq FROM sqlite_sequence WHERE name = 'captures'") or 0
        return range(used + 1, used + 1 + count)

    def begin(self, request: Request) -> Upload:
        """Begin to keep a body larger than CHUNK; until it is finished there is no capture."""
        places = ", ".join("?" * len(request))
        upload_id = self._database.execute(
            f"INSERT INTO uploads ({REQUEST_COLUMNS}) VALUES ({places})",  # noqa: S608 - constants
            request,
        )
        return Upload(inserted(upload_id))

    def append(self, upload: Upload, piece: bytes) -> None:
        """Keep the next ``piece`` of the body, CHUNK bytes at most."""
        self._database.execute(
            "INSERT INTO chunks (upload_id, number, bytes) VALUES (?, ?, ?)", (upload.id, upload.chunks, piece)
        )
        upload.chunks += 1
        upload.size += len(piece)
        upload.digest.update(piece)

    def finish(self, upload: Upload, capture: WireCapture, committed: int) -> int:
        """Make a capture of what was appended; its id. ``capture`` itself has no body.

        Raises ValueError when it says that it is complete, but a piece was lost in a transaction that failed.
        """
        size, digest = upload.size, upload.digest
        if size != self._kept_bytes(upload):
            if capture.is_complete:
                raise ValueError("a piece of the body was not kept")
            size, digest = self._kept(upload)
        (capture_id,) = self._new_ids(1)
        self._insert_captures([capture_values(capture_id, capture, committed, size, digest.digest(), upload.id)])
        self._database.execute("DELETE FROM uploads WHERE id = ?", (upload.id,))
        return capture_id

    def answered(self, answers: Sequence[tuple[int, int]]) -> None:
        """Note when answers went out, given ids and times.

        A job for the next transaction that there is: it needs no sync of its own.
        """
        self._database.insert("INSERT OR REPLACE INTO answers (capture_id, at)", "?, ?", answers)

    def forwarded(self, forward: Forward) -> None:
        """Keep the result of an attempt to send a capture on."""
        self._database.execute(
            "INSERT INTO forwards (capture_id, url, attempt, at, status, error)"
            " VALUES (?, CAST(? AS TEXT), ?, ?, ?, CAST(? AS TEXT))",
            (forward.capture_id, text(forward.url), forward.attempt, forward.at, forward.status, text(forward.error)),
        )

    def _kept_bytes(self, upload: Upload) -> int:
        """The size of what is in the database of the body."""
        sizes = self._database.rows("SELECT length(bytes) FROM chunks WHERE upload_id = ?", (upload.id,))
        return sum(size for (size,) in sizes)

    def _kept(self, upload: Upload) -> "tuple[int, _Hash]":
        """Size and digest of what is in the database of the body."""
        size, digest = 0, hashlib.sha256()
        chunks = self._database.rows("SELECT bytes FROM chunks WHERE upload_id = ? ORDER BY number", (upload.id,))
        for (piece,) in chunks:
            size += len(piece)
            digest.update(piece)
        return size, digest
