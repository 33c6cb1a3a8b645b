"""The event loops that a listener may run in."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import pytest

PATIENCE = 20.0  # seconds until a test is given up


def _loops() -> list[Any]:
    loops = [pytest.param(asyncio.new_event_loop, id="asyncio")]
    with suppress(ImportError):
        import uvloop

        loops.append(pytest.param(uvloop.new_event_loop, id="uvloop"))
    return loops


@pytest.fixture(params=_loops())
def play(request: pytest.FixtureRequest) -> Callable[[Coroutine[Any, Any, None]], None]:
    """Runs a coroutine in each of the event loops that there are."""

    def run(scenario: Coroutine[Any, Any, None]) -> None:
        async def in_time() -> None:
            async with asyncio.timeout(PATIENCE):
                await scenario

        with asyncio.Runner(loop_factory=request.param) as runner:
            runner.run(in_time())

    return run
