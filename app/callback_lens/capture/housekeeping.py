"""What need not be done before the answer, in a process of its own: indexing, and keeping within bounds.

Reading bodies holds the interpreter; in the listener's process the senders would feel it.
"""

import asyncio
import os
import shutil
import sys
from asyncio import StreamWriter
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from callback_lens.errors import Message, UserError
from callback_lens.listener.request import now
from callback_lens.payload.units import byte_size
from callback_lens.store.opening import open_store
from callback_lens.store.rows import packed_message, unpacked_message
from callback_lens.store.store import Store

if TYPE_CHECKING:
    from callback_lens.store.index import Index

SCARCE_BYTES = 1 << 30  # free on the disk
QUIET_SECONDS = 0.05  # without new work; then what there is gets done
LOOKS = 20  # for such a time: in a stream without one that often is waited, no longer
RUSH = 100  # captures between two looks that make it a rush
LOOKS_IN_RUSH = 100
LOOKS_TO_CHECKPOINT = 4
WAKE, CHECKPOINT = b"\n", b"checkpoint\n"  # lines for the process; the second asks for no more than that
LONGEST_PAUSE = 60.0  # seconds
NICENESS = 10  # no more: while it waits for the processor others wait for its locks

Tell = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is kept: bytes of captures.db, and how long; None is without bound."""

    max_bytes: int | None = None
    max_age: timedelta | None = None


def keep_house(
    folder: Path, bounds: Bounds, wakes: Iterable[object], tell: Tell, stop: Callable[[], bool] = lambda: False
) -> None:
    """Index, and keep within ``bounds``, each time that ``wakes`` gives something; what people should know is told.

    What the store complains of is told, and tried again at the next time. Indexing ends when ``stop`` says so.
    """
    from callback_lens.store.index import open_index  # knows how to read bodies, which the listener need not load

    was_scarce = False
    with open_index(folder) as index, open_store(folder) as store:
        for wake in wakes:
            try:
                if wake == CHECKPOINT:
                    store.checkpoint()
                else:
                    _keep_house_once(index, store, bounds, tell, stop)
            except UserError as error:
                tell(error.message)
            free = shutil.disk_usage(folder).free
            if free < SCARCE_BYTES and not was_scarce:
                values = {"free": byte_size(free), "folder": str(folder)}
                tell(Message("only {free} are free on the disk of {folder}", values))
            was_scarce = free < SCARCE_BYTES


def _keep_house_once(index: "Index", store: Store, bounds: Bounds, tell: Tell, stop: Callable[[], bool]) -> None:
    pruned = store.prune(bounds.max_bytes, bounds.max_age, now())
    if pruned.captures:
        values = {"count": pruned.captures, "size": byte_size(pruned.body_bytes), "id": pruned.last_id}
        tell(Message("removed to stay within the limits: {count} captures, {size}, up to id {id}", values))
    store.checkpoint()
    index.catch_up(stop)


class HouseKeeper:
    """Runs ``command`` beside the listener, a program that does ``keep_house`` when it gets a line."""

    def __init__(self, command: list[str], tell: Tell) -> None:
        self._command = command
        self._tell = tell
        self._has_work = asyncio.Event()
        self._has_work.set()
        self._captures = 0  # since the last look

    def wake(self, captures: int) -> None:
        """There is something to do: so many ``captures``."""
        self._captures += captures
        self._has_work.set()

    async def run(self) -> None:
        """Have it done until cancelled. Should the process end, another one is tried after a while."""
        while True:
            process = await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE, start_new_session=True
            )
            if sys.platform != "win32":
                with suppress(OSError):  # it has ended already, or the listener itself is nicer than that
                    os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
            waking = asyncio.create_task(self._wake(process))
            try:
                await self._listen(process)
            finally:
                waking.cancel()
                with suppress(ProcessLookupError):
                    process.terminate()
                await process.wait()
            await asyncio.sleep(LONGEST_PAUSE)

    async def _wake(self, process: Process) -> None:
        """Give the process a line now, and when there is work or a long pause is over."""
        while process.stdin:
            process.stdin.write(WAKE)
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST_PAUSE):
                    await self._has_work.wait()
            await self._quiet(process.stdin)

    async def _quiet(self, stdin: StreamWriter) -> None:
        """Wait until a burst is over, within limits: both together would make its senders wait for the processor.

        In a rush there are checkpoints all the same: else commits would take the time for them.
        """
        for look in range(LOOKS_IN_RUSH):
            self._has_work.clear()
            self._captures = 0
            await asyncio.sleep(QUIET_SECONDS)
            if not self._has_work.is_set() or (look >= LOOKS and self._captures < RUSH):
                break
            if self._captures >= RUSH and look % LOOKS_TO_CHECKPOINT == 0 and not stdin.is_closing():
                stdin.write(CHECKPOINT)

    async def _listen(self, process: Process) -> None:
        """Tell what the process tells until it ends."""
        while process.stdout and (line := await process.stdout.readline()):
            self._tell(unpacked_message(line.decode()))


def run_house_keeping(folder: Path, bounds: Bounds) -> None:
    """The program of that process: wakes are lines of standard input, what it tells lines of standard output."""
    listener = os.getppid()

    def tell(message: Message) -> None:
        print(packed_message(message), flush=True)

    # Where the listener is killed standard input ends, but that is noticed only when there is nothing left to index.
    keep_house(folder, bounds, sys.stdin.buffer, tell, lambda: os.getppid() != listener)
