"""What the preview answers: its page, a stream of news, and what the page is filled with.

It answers the person at this machine alone; see `guarded`.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

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

from booklet.content.load import booklet_names, clinic_names
from booklet.preview.choice import Choice, choice_from, page
from booklet.preview.session import Session
from booklet.preview.sessions import Sessions
from booklet.typeface import font_files

WIDEST = 4000
"""Pixels: no screen asks for wider pictures of a page."""

_OUR_NAMES = ["127.0.0.1", "localhost"]
"""The names this machine has for itself. A page elsewhere whose name was made to lead here
(DNS rebinding) asks for another."""

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""What every answer has that does not say otherwise."""

_BOOKLET_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
"""The booklet's own page has all it needs in itself and runs nothing."""

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
                for name, value in _HEADERS.items():
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
    policy = {"Content-Security-Policy": _BOOKLET_POLICY}
    return HTMLResponse(session.view.screen, headers=policy)


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
    font = font_files().get(request.path_params["name"])
    return FileResponse(font) if font else Response("There is no such font.", status_code=404)
