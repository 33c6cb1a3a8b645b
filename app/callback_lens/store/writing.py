"""What is written in one transaction: captures, large bodies as they arrive, answers, forwards."""

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from callback_lens.store.database import Database, text
from callback_lens.store.model import Forward, Request, WireCapture
from callback_lens.store.rows import REQUEST_COLUMNS, insert_capture, inserted, request_values

if TYPE_CHECKING:
    from hashlib import _Hash

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

    def add(self, capture: WireCapture, committed: int) -> int:
        """Keep a capture with all of its body; its id."""
        body = capture.body
        capture_id = insert_capture(
            self._database, capture, committed, len(body), hashlib.sha256(body).digest(), upload_id=None
        )
        if body:
            self._database.execute("INSERT INTO bodies (capture_id, bytes) VALUES (?, ?)", (capture_id, body))
        return capture_id

    def begin(self, request: Request) -> Upload:
        """Begin to keep a body larger than CHUNK; until it is finished there is no capture."""
        places = ", ".join("?" * len(request_values(request)))
        upload_id = self._database.execute(
            f"INSERT INTO uploads ({REQUEST_COLUMNS}) VALUES ({places})",  # noqa: S608 - constants
            request_values(request),
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
        capture_id = insert_capture(self._database, capture, committed, size, digest.digest(), upload.id)
        self._database.execute("DELETE FROM uploads WHERE id = ?", (upload.id,))
        return capture_id

    def answered(self, capture_id: int, at: int) -> None:
        """Note when the answer went out: a job for the next transaction that there is, for it needs no sync."""
        self._database.execute("UPDATE captures SET answered = ? WHERE id = ?", (at, capture_id))

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
