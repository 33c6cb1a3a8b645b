"""captures.db: what came over the wire, on disk before it is answered."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from types import TracebackType
from typing import Self

from callback_lens.errors import Message
from callback_lens.store import deleting
from callback_lens.store.database import Database, text
from callback_lens.store.model import Capture, Details, Forward, Pruned, Request, WireCapture
from callback_lens.store.rows import CAPTURE_COLUMNS, REQUEST_COLUMNS, capture_of
from callback_lens.store.writing import Upload, Writer

CUT_SHORT = Message("the listener ended before all of it had arrived")


class Store:
    """The captures of a profile. Use ``open_store``; one thread at a time, and any number of stores on one folder.

    Every method raises StoreUnavailable when the disk, its permissions or another program stand in the way; then
    nothing was changed. ``notices`` are what people should be told once.
    """

    def __init__(self, database: Database, notices: tuple[Message, ...]) -> None:
        self._database = database
        self.notices = notices

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Give the files back."""
        self._database.close()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction with one sync at its end: what the writer was given is on disk behind it, all or nothing."""
        with self._database.writing():
            yield Writer(self._database)

    def add(self, captures: Iterable[WireCapture], committed: int) -> list[int]:
        """Keep ``captures`` in one transaction; their ids."""
        with self.writing() as writer:
            return writer.add(list(captures), committed)

    def recover(self, now: int) -> list[int]:
        """Make refused captures of the uploads that a dead listener left unfinished; their ids.

        For the listener's start: the uploads of one that runs look the same.
        """
        requests = list(self._database.rows(f"SELECT id, {REQUEST_COLUMNS} FROM uploads ORDER BY id"))  # noqa: S608 - our own names
        with self.writing() as writer:
            return [
                writer.finish(
                    Upload(upload_id), WireCapture(Request(*request), is_complete=False, refused=CUT_SHORT), now
                )
                for upload_id, *request in requests
            ]

    def get(self, capture_id: int) -> Capture | None:
        """The capture, without facts; None where there is none."""
        row = self._database.row(f"SELECT {CAPTURE_COLUMNS} FROM captures WHERE id = ?", (capture_id,))  # noqa: S608 - our own names
        return capture_of(row) if row else None

    def details(self, capture_id: int) -> Details | None:
        """What the list does not show of the capture; None where there is none."""
        row = self._database.row("SELECT headers, trailers, answer FROM captures WHERE id = ?", (capture_id,))
        forwards = self._database.rows(
            "SELECT capture_id, url, attempt, at, status, error FROM forwards WHERE capture_id = ? ORDER BY id",
            (capture_id,),
        )
        return Details(row[0], row[1], row[2], tuple(Forward(*forward) for forward in forwards)) if row else None

    def body(self, capture_id: int) -> bytes:
        """The body as received; nothing where there is no such capture."""
        return b"".join(self.body_pieces(capture_id))

    def body_pieces(self, capture_id: int) -> Iterator[bytes]:
        """The body as received, 1 MiB at most at a time."""
        return body_pieces(self._database, capture_id)

    def pin(self, ids: Sequence[int], is_pinned: bool) -> None:
        """Keep the captures from being pruned, or no longer."""
        with self._database.writing():
            self._database.execute_many("UPDATE captures SET is_pinned = ? WHERE id = ?", ((is_pinned, n) for n in ids))

    def annotate(self, ids: Sequence[int], note: str | None) -> None:
        """Put ``note`` on the captures, or take theirs away."""
        with self._database.writing():
            self._database.execute_many(
                "UPDATE captures SET note = CAST(? AS TEXT) WHERE id = ?", ((text(note or None), n) for n in ids)
            )

    def delete(self, ids: Iterable[int]) -> int:
        """Remove captures, pinned ones too; how many there were.

        In short transactions with pauses between them: a listener on the same profile goes on writing. When it raises,
        a part of them is gone.
        """
        return deleting.delete(self._database, ids)

    def prune(self, max_bytes: int | None, max_age: timedelta | None, now: int) -> Pruned:
        """Remove the oldest captures, never pinned ones, until the store is within its bounds; what was removed."""
        return deleting.prune(self._database, max_bytes, max_age, now)

    def checkpoint(self) -> None:
        """Empty the write-ahead log, which else a commit has to do now and then: senders would wait for that."""
        self._database.checkpoint()

    def used_bytes(self) -> int:
        """The bytes of captures.db that are in use."""
        return deleting.used_bytes(self._database)


def body_pieces(database: Database, capture_id: int, schema: str = "main") -> Iterator[bytes]:
    """The pieces of a capture's body in ``database``, where captures.db is attached as ``schema``."""
    whole = database.value(f"SELECT bytes FROM {schema}.bodies WHERE capture_id = ?", (capture_id,))  # noqa: S608 - our own names
    if whole is not None:
        yield whole
        return
    upload = f"SELECT upload_id FROM {schema}.captures WHERE id = ?"  # noqa: S608 - our own names
    chunks = f"SELECT bytes FROM {schema}.chunks WHERE upload_id = ({upload}) ORDER BY number"  # noqa: S608 - our own names
    for (piece,) in database.rows(chunks, (capture_id,)):
        yield piece
