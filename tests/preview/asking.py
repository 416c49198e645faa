"""Questions to the preview's application without a browser or a socket."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.types import ASGIApp, Message

OWN = {"host": "127.0.0.1", "sec-fetch-site": "same-origin"}
"""What a browser says of a request of the preview's own page."""


@asynccontextmanager
async def asked(
    app: ASGIApp, address: str, headers: dict[str, str] = OWN, method: str = "GET"
) -> AsyncIterator["asyncio.Queue[Message]"]:
    """The messages of an answer as they come, until the asker goes away."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    gone, messages = asyncio.Event(), asyncio.Queue[Message]()

    async def receive() -> Message:
        await gone.wait()
        return {"type": "http.disconnect"}

    answering = asyncio.create_task(app(scope, receive, messages.put))  # type: ignore[arg-type]
    answering.add_done_callback(lambda _: messages.put_nowait({"type": "over"}))
    try:
        yield messages
    finally:
        gone.set()
        await answering


async def status(
    app: ASGIApp, address: str, headers: dict[str, str] = OWN, method: str = "GET"
) -> int:
    """The status of an answer; what the application raises is raised here."""
    async with asked(app, address, headers, method) as messages:
        return int((await messages.get()).get("status", 0))


async def views(messages: "asyncio.Queue[Message]") -> AsyncIterator[dict[str, Any]]:
    """Each view that a stream of news tells."""
    while (message := await messages.get())["type"] != "over":
        if body := message.get("body"):
            yield json.loads(body.removeprefix(b"data: "))
