"""A thread for what an event loop must not wait for."""

import asyncio
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread  # noqa: TID251 - it waits for the disk, which cannot be cancelled; ``close`` ends it
from typing import Any, TypeVar

Result = TypeVar("Result")


class Lane:
    """Does one thing after the other in a thread of its own.

    That takes half the time of asyncio's executors, which senders feel: there are two things for each transaction.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._work: SimpleQueue[tuple[asyncio.Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="store", daemon=True)
        self._thread.start()

    def do(self, action: Callable[[], Result]) -> "asyncio.Future[Result]":
        """What ``action`` returns or raises."""
        future = self._loop.create_future()
        self._work.put((future, action))
        return future

    def close(self) -> None:
        """Wait for what was given, and end the thread."""
        self._work.put(None)
        self._thread.join()

    def _run(self) -> None:
        while work := self._work.get():
            future, action = work
            try:
                result = action()
            except BaseException as error:  # noqa: BLE001 - it is for who waits
                self._loop.call_soon_threadsafe(_settle, future, future.set_exception, error)
            else:
                self._loop.call_soon_threadsafe(_settle, future, future.set_result, result)


def _settle(future: "asyncio.Future[Any]", settle: Callable[[Any], None], outcome: object) -> None:
    if not future.cancelled():
        settle(outcome)
