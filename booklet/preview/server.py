"""The preview served: its page, a stream of news, and what the page is filled with.

It answers the person at this machine alone (see `guarded`), until it is told to stop.
"""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from booklet.content.names import booklet_names, clinic_names
from booklet.content.yaml_source import read_yaml
from booklet.preview.choice import Choice, choice_from, page
from booklet.preview.session import Session, Sessions
from booklet.problems import WrongUsage
from booklet.typeface import figure_files, font_files

ADDRESS = "127.0.0.1"
USUAL_PORT = 8431

WIDEST = 4000
"""Pixels: no screen asks for wider pictures of a page."""

_OUR_NAMES = [ADDRESS, "localhost"]
"""The names this machine has for itself. A page elsewhere whose name was made to lead here
(DNS rebinding) asks for another."""

_HEADERS = read_yaml(Path(__file__).with_name("headers.yaml")).values
"""Names and values of headers: those of every answer, and those of a booklet's own page."""

_GONE = Response("This is not what is shown any more.", status_code=410)


def application(sessions: Sessions) -> ASGIApp:
    """The preview of a content folder."""
    answers = {
        "/": _page,
        "/events": _events,
        "/screen/{digest}": _screen,
        "/page/{digest}/{number:int}.png": _picture,
        "/pages/{digest}.pdf": _pdf,
    }
    routes = [Route(path, partial(answer, sessions)) for path, answer in answers.items()]
    static = StaticFiles(directory=Path(__file__).parent / "static")
    fonts = Route("/fonts/{name}", _font)
    return guarded(Starlette(routes=[*routes, fonts, Mount("/static", static)]))


def guarded(app: ASGIApp) -> ASGIApp:
    """The application for requests of this machine's own pages, with headers that bind them."""

    async def same_origin(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_bound(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS["every"].items():
                    headers.setdefault(name, value)
            await send(message)

        asked = Headers(scope=scope)
        origin = asked.get("origin")
        ours = origin is None or urlsplit(origin).netloc == asked["host"]
        refused = PlainTextResponse("Only the preview's own pages may ask.", status_code=403)
        await (app if ours else refused)(scope, receive, send_bound)

    return TrustedHostMiddleware(same_origin, _OUR_NAMES, www_redirect=False)


async def _page(sessions: Sessions, request: Request) -> Response:
    booklets, choice = booklet_names(sessions.content), choice_from(request.query_params)
    if choice is None and len(booklets) == 1:
        choice = Choice(booklets[0])
    return HTMLResponse(page(choice, booklets, clinic_names(sessions.content)))


async def _events(sessions: Sessions, request: Request) -> Response:
    choice = choice_from(request.query_params)
    if choice is None:
        return Response("Name a booklet.", status_code=400)
    news = _news(sessions, await sessions.of(choice))
    return StreamingResponse(news, media_type="text/event-stream")


async def _news(sessions: Sessions, session: Session) -> AsyncIterator[str]:
    """Each view as a server-sent event (HTML Living Standard, 9.2)."""
    async for view in session.views():
        told = view.as_json() | {
            "booklets": booklet_names(sessions.content),
            "clinics": clinic_names(sessions.content),
        }
        yield f"data: {json.dumps(told, ensure_ascii=False)}\n\n"


async def _screen(sessions: Sessions, request: Request) -> Response:
    session = sessions.open(choice_from(request.query_params))
    if session is None or session.view.screen is None:
        return _GONE
    return HTMLResponse(session.view.screen, headers=_HEADERS["booklet"])


async def _picture(sessions: Sessions, request: Request) -> Response:
    session = sessions.open(choice_from(request.query_params))
    asked = request.query_params.get("width", "")
    if not asked.isdecimal() or not 1 <= int(asked) <= WIDEST:
        return Response(f"Say a width from 1 to {WIDEST}.", status_code=400)
    digest, number = request.path_params["digest"], request.path_params["number"]
    if session is None or session.pictures is None or session.view.set != digest:
        return _GONE
    try:
        picture = await asyncio.to_thread(session.pictures.png, number, int(asked))
    except IndexError:
        return Response("There is no such page.", status_code=404)
    return Response(picture, media_type="image/png")


async def _pdf(sessions: Sessions, request: Request) -> Response:
    session = sessions.open(choice_from(request.query_params))
    if session is None or session.view.typeset is None:
        return _GONE
    return Response(session.view.typeset.pdf, media_type="application/pdf")


async def _font(request: Request) -> Response:
    font = (figure_files() | font_files()).get(request.path_params["name"])
    return FileResponse(font) if font else Response("There is no such font.", status_code=404)


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


async def serve(content: Path, door: socket.socket, today: Callable[[], date]) -> None:
    """Serve the preview of a content folder until a signal ends it.

    `today` tells the day, on which an approval may end while the preview runs.
    The signal is then raised once more, for whoever listened to it before.
    """
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
