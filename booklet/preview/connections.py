"""Connections to the preview: from this machine alone, none that waits for ever, not too many."""

import asyncio
import socket

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from booklet.preview.guard import ADDRESS
from booklet.problems import WrongUsage

USUAL_PORT = 8431

MOST_CONNECTIONS = 200
"""At once; whoever comes beyond is told to come later (503)."""

IN_A_REQUEST = 10.0
"""Seconds within which a request has to come whole; a browser's takes none."""


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


def server(app: ASGIApp, patience: float = IN_A_REQUEST) -> uvicorn.Server:
    """A server of the application, with limits; `patience` in seconds for a request to come."""

    class Protocol(HurriedProtocol):
        in_a_request = patience

    config = uvicorn.Config(
        app,
        http=Protocol,
        log_level="critical",
        lifespan="off",
        ws="none",
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_graceful_shutdown=0,  # a stream of news never ends by itself
    )
    return uvicorn.Server(config)


class HurriedProtocol(H11Protocol):
    """A connection that ends when a request does not come whole in time.

    uvicorn limits how long a connection may be idle after an answer, but neither one that has not
    asked yet nor a request of which half has come.
    """

    in_a_request = IN_A_REQUEST
    _hurry: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Go on waiting, not any longer, until there is a request that is not answered yet."""
        super().data_received(data)
        asked = self.cycle is not None and not self.cycle.more_body
        if asked and not self.cycle.response_complete:
            self._stop_waiting()
        elif self._hurry is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._hurry = self.loop.call_later(self.in_a_request, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._hurry is not None:
            self._hurry.cancel()
            self._hurry = None
