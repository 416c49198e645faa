"""The preview served to this machine alone, until it is told to stop."""

import asyncio
import socket
from collections.abc import Callable
from datetime import date
from pathlib import Path

import uvicorn

from booklet.preview.server import application
from booklet.preview.sessions import Sessions
from booklet.problems import WrongUsage

ADDRESS = "127.0.0.1"
USUAL_PORT = 8431


def listening(port: int | None) -> socket.socket:
    """A socket of this machine that others cannot reach, at this port.

    Without one it is the usual port, or any that is free. `WrongUsage` where the one that was
    asked for is taken.
    """
    try:
        return socket.create_server((ADDRESS, USUAL_PORT if port is None else port))
    except OSError as error:
        if port is None:
            return socket.create_server((ADDRESS, 0))
        raise WrongUsage(
            f"port {port} cannot be used: {error.strerror}; name another, or leave --port out"
        ) from error


def serve(content: Path, door: socket.socket, today: Callable[[], date]) -> None:
    """Serve the preview of a content folder until a signal ends it.

    `today` tells the day, on which an approval may end while the preview runs.
    The signal is then raised once more, for whoever listened to it before.
    """
    asyncio.run(_serve(content, door, today))


async def _serve(content: Path, door: socket.socket, today: Callable[[], date]) -> None:
    sessions = Sessions(content, today)
    config = uvicorn.Config(
        application(sessions),
        log_level="critical",
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=0,  # a stream of news never ends by itself
    )
    serving = asyncio.create_task(uvicorn.Server(config).serve([door]))
    watching = asyncio.create_task(sessions.watch())
    try:
        await asyncio.wait((serving, watching), return_when=asyncio.FIRST_COMPLETED)
    finally:
        watching.cancel()
        await sessions.close()
    await serving if serving.done() else await watching
