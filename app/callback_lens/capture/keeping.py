"""The listener's sink: what waits is written in one transaction, and answered when that is on disk."""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from callback_lens.capture.lane import Lane
from callback_lens.errors import Message, UserError
from callback_lens.listener.request import Outcome, Received, Then, now
from callback_lens.store.faults import StoreUnavailable
from callback_lens.store.model import Capture, Forward, Request, WireCapture
from callback_lens.store.store import Store
from callback_lens.store.writing import Upload, Writer

FLUSH_SECONDS = 0.5  # after which the times of answers are written, if nothing else is

Result = TypeVar("Result")


@dataclass(slots=True)
class Job:
    """A request to keep, or the next ``piece`` of its body; ``then`` hears of it."""

    request: Received
    piece: bytes | None
    then: Then


@dataclass(slots=True)
class Batch:
    """What is written in one transaction. ``answered`` are ids and times."""

    jobs: list[Job] = field(default_factory=list)
    answered: list[tuple[int, int]] = field(default_factory=list)
    forwards: list[Forward] = field(default_factory=list)


@dataclass(slots=True)
class Kept:
    """A request that is on disk, with the id and the time of that; ``upload`` is the large body that came in pieces."""

    request: Received
    id: int
    committed: int
    upload: Upload | None

    def capture(self) -> Capture:
        """It as the store would give it."""
        request, upload = self.request, self.upload
        return Capture(
            id=self.id,
            arrived=request.arrived,
            committed=self.committed,
            answered=None,
            method=request.method,
            target=request.target,
            http_version=request.http_version,
            peer=request.peer,
            size=upload.size if upload else len(request.body),
            sha256=(upload.digest if upload else hashlib.sha256(request.body)).hexdigest(),
            status=request.status,
            is_complete=request.is_complete,
            refused=request.refused,
            is_pinned=False,
            note=None,
        )


class Keeper:
    """Keeps requests in ``store``: what gathers while one transaction goes to disk is the next one.

    Rows are written in the event loop's thread; what waits for locks and for the disk is done in a thread of its own.
    (Two threads that both work in Python take turns at every statement, which takes longer than the statements.)
    ``captured`` is told what is on disk; ``faulty`` the fault when the store begins to fail, None when it works again.
    """

    def __init__(
        self, store: Store, captured: Callable[[Sequence[Kept]], None], faulty: Callable[[UserError | None], None]
    ) -> None:
        self._store = store
        self._captured = captured
        self._faulty = faulty
        self._fault: UserError | None = None
        self._loop = asyncio.get_running_loop()
        self._lane = Lane()
        self._turn = asyncio.Lock()
        self._waiting = Batch()
        self._uploads: dict[int, Upload] = {}  # by the identity of their requests
        self._begun: list[int] = []  # of them, those that are begun in this transaction
        self._writing: asyncio.Task[None] | None = None
        self._flush: asyncio.TimerHandle | None = None

    def keep(self, request: Received, then: Then) -> None:
        self._waiting.jobs.append(Job(request, None, then))
        self._write_soon()

    def keep_piece(self, request: Received, piece: bytes, then: Then) -> None:
        self._waiting.jobs.append(Job(request, piece, then))
        self._write_soon()

    def answered(self, request_id: int, at: int) -> None:
        self._waiting.answered.append((request_id, at))
        self._flush_later()

    def forwarded(self, forward: Forward) -> None:
        """Keep how sending on went."""
        self._waiting.forwards.append(forward)
        self._flush_later()

    async def run(self, action: Callable[[Store], Result]) -> Result:
        """What ``action`` makes of the store, between two transactions."""
        async with self._turn:
            return await self._lane.do(partial(action, self._store))

    async def close(self) -> None:
        """Write what is left. Nothing may be kept after that."""
        if self._flush:
            self._flush.cancel()
        try:
            await self._write_soon()  # perhaps without what has come since it began
            await self._write_soon()
        finally:
            self._lane.close()

    def _write_soon(self) -> asyncio.Task[None]:
        if self._writing is None:
            self._writing = self._loop.create_task(self._write_waiting())
        return self._writing

    def _flush_later(self) -> None:
        if self._flush is None:
            self._flush = self._loop.call_later(FLUSH_SECONDS, self._flush_now)

    def _flush_now(self) -> None:
        self._flush = None
        self._write_soon()

    async def _write_waiting(self) -> None:
        """Write what waits, and what comes while that is written."""
        is_first = True
        while is_first or self._waiting.jobs:
            is_first = False
            async with self._turn:
                batch, outcomes = await self._keep_batch()
            self._tell_fault(outcomes)
            for job, outcome in zip(batch.jobs, outcomes, strict=True):
                job.then(outcome)
        self._writing = None

    async def _keep_batch(self) -> tuple[Batch, Sequence[Outcome]]:
        """Keep all that waits, or nothing of it; for each job the id or the fault."""
        batch: Batch | None = None
        self._begun.clear()
        try:
            async with self._transaction() as writer:
                batch, committed = self._take(), now()
                ids = self._write_jobs(batch.jobs, writer, committed)
                writer.answered(batch.answered)
                for forward in batch.forwards:
                    writer.forwarded(forward)
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody may be told that anything was kept
            batch = batch or self._take()
            return batch, self._failed(batch, error)
        self._tell_kept(batch, ids, committed)
        return batch, ids

    def _take(self) -> Batch:
        batch, self._waiting = self._waiting, Batch()
        return batch

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Writer]:
        """The store's ``writing``, begun and ended in the store's thread."""
        transaction = self._store.writing()
        writer = await self._lane.do(transaction.__enter__)
        try:
            yield writer
        except BaseException as error:
            await self._lane.do(partial(transaction.__exit__, type(error), error, error.__traceback__))
            raise
        await self._lane.do(partial(transaction.__exit__, None, None, None))

    def _tell_kept(self, batch: Batch, ids: Sequence[int], committed: int) -> None:
        uploads = self._uploads
        kept = [
            Kept(job.request, request_id, committed, uploads.pop(id(job.request), None) if uploads else None)
            for job, request_id in zip(batch.jobs, ids, strict=True)
            if job.piece is None
        ]
        if kept:
            try:
                self._captured(kept)
            except Exception:
                logging.getLogger(__name__).exception("Not all heard of captures")  # which are kept all the same

    def _tell_fault(self, outcomes: Sequence[Outcome]) -> None:
        """Say when the store begins to fail, and when it works again: a transaction fails as a whole, or not."""
        if outcomes:
            fault = outcomes[0] if isinstance(outcomes[0], UserError) else None
            if (fault is None) != (self._fault is None):
                self._faulty(fault)
            self._fault = fault

    def _failed(self, batch: Batch, error: Exception) -> list[UserError]:
        """The fault, for each job; nothing is left of the uploads that were begun, nor of those that were to end."""
        fault = error
        if not isinstance(fault, StoreUnavailable):
            logging.getLogger(__name__).error("Nothing was kept", exc_info=error)  # and nobody is told that it was
            fault = UserError(Message("the listener has a fault"))
        for key in (*self._begun, *(id(job.request) for job in batch.jobs if job.piece is None)):
            self._uploads.pop(key, None)
        return [fault] * len(batch.jobs)

    def _write_jobs(self, jobs: Sequence[Job], writer: Writer, committed: int) -> list[int]:
        """Write the jobs; the captures' ids, 0 for a piece."""
        if not self._uploads and all(job.piece is None for job in jobs):
            return writer.add([_wire(job.request, job.request.body) for job in jobs], committed)
        ids = [self._write_part(job, writer, committed) for job in jobs]
        whole = [job.request for job, part_id in zip(jobs, ids, strict=True) if part_id is None]
        whole_ids = iter(writer.add([_wire(request, request.body) for request in whole], committed))
        return [next(whole_ids) if part_id is None else part_id for part_id in ids]

    def _write_part(self, job: Job, writer: Writer, committed: int) -> int | None:
        """Write a job that is about an upload, if it is; the capture's id, 0 for a piece."""
        request = job.request
        upload = self._uploads.get(id(request))
        if job.piece is not None:
            if upload is None:
                upload = self._uploads[id(request)] = writer.begin(_head(request))
                self._begun.append(id(request))
            writer.append(upload, job.piece)
            return 0
        if upload is None:
            return None
        if request.body:
            writer.append(upload, request.body)
        return writer.finish(upload, _wire(request, b""), committed)


def _head(request: Received) -> Request:
    return Request(request.arrived, request.method, request.target, request.http_version, request.peer, request.headers)


def _wire(request: Received, body: bytes) -> WireCapture:
    return WireCapture(
        _head(request), body, request.trailers, request.status, request.answer, request.is_complete, request.refused
    )
