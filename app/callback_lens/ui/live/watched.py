"""Asynchronous work in a background job, ended when nobody waits for it any more."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

LOOK_EVERY = 0.1  # seconds: as soon the user's wish to stop is heard

Result = TypeVar("Result")


def run_watched(work: Coroutine[Any, Any, Result], check: Callable[[], None]) -> Result:
    """What ``work`` returns; it is cancelled where ``check`` raises."""

    async def watched() -> Result:
        task = asyncio.create_task(work)
        while not task.done():
            check()
            await asyncio.wait((task,), timeout=LOOK_EVERY)
        return task.result()

    return asyncio.run(watched())
