"""What uvicorn serves as the reference: it reads a request, and answers 200."""

from collections.abc import Awaitable, Callable
from typing import Any

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

START = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]}
END = {"type": "http.response.body", "body": b""}


async def application(_: dict[str, Any], receive: Receive, send: Send) -> None:
    """An ASGI application that stores nothing."""
    while (await receive()).get("more_body"):
        pass
    await send(START)
    await send(END)
