"""What the preview answers: its page, a stream of news, and what the page is filled with."""

import asyncio
import json
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from booklet.preview.choice import Choice, choice_from
from booklet.preview.guard import guarded
from booklet.preview.page import page
from booklet.preview.session import Desk
from booklet.preview.sessions import Studio
from booklet.typeface import font_files

#: Pixels: no screen asks for wider pictures of a page.
WIDEST = 4000
#: The booklet's own page has all it needs in itself and runs nothing.
_BOOKLET_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
_GONE = Response("This is not what is shown any more.", status_code=410)


def application(studio: Studio) -> ASGIApp:
    """The preview of a content folder."""
    answers = {
        "/": _page,
        "/events": _events,
        "/screen/{digest}": _screen,
        "/page/{digest}/{number:int}.png": _picture,
        "/pages/{digest}.pdf": _pdf,
    }
    routes = [Route(path, partial(answer, studio)) for path, answer in answers.items()]
    static = StaticFiles(directory=Path(__file__).parent / "static")
    fonts = Route("/fonts/{name}", _font)
    return guarded(Starlette(routes=[*routes, fonts, Mount("/static", static)]))


async def _page(studio: Studio, request: Request) -> Response:
    booklets, choice = studio.booklets(), choice_from(request.query_params)
    if choice is None and len(booklets) == 1:
        choice = Choice(booklets[0])
    return HTMLResponse(page(choice, booklets, studio.clinics()))


async def _events(studio: Studio, request: Request) -> Response:
    choice = choice_from(request.query_params)
    if choice is None:
        return Response("Name a booklet.", status_code=400)
    news = _news(studio, await studio.desk(choice))
    return StreamingResponse(news, media_type="text/event-stream")


async def _news(studio: Studio, desk: Desk) -> AsyncIterator[str]:
    """Each view as a server-sent event (HTML Living Standard, 9.2)."""
    async for view in desk.views():
        names = {"booklets": studio.booklets(), "clinics": studio.clinics()}
        yield f"data: {json.dumps({**view.as_json(), **names}, ensure_ascii=False)}\n\n"


def _desk(studio: Studio, request: Request) -> Desk | None:
    choice = choice_from(request.query_params)
    return studio.open_desk(choice) if choice else None


async def _screen(studio: Studio, request: Request) -> Response:
    desk = _desk(studio, request)
    if desk is None or desk.view.screen is None:
        return _GONE
    policy = {"Content-Security-Policy": _BOOKLET_POLICY}
    return HTMLResponse(desk.view.screen, headers=policy)


async def _picture(studio: Studio, request: Request) -> Response:
    desk = _desk(studio, request)
    asked = request.query_params.get("width", "")
    if not asked.isdecimal() or not 1 <= int(asked) <= WIDEST:
        return Response(f"Say a width from 1 to {WIDEST}.", status_code=400)
    if desk is None or desk.pictures is None or desk.view.set != request.path_params["digest"]:
        return _GONE
    number = request.path_params["number"]
    try:
        picture = await asyncio.to_thread(desk.pictures.png, number, int(asked))
    except IndexError:
        return Response("There is no such page.", status_code=404)
    return Response(picture, media_type="image/png")


async def _pdf(studio: Studio, request: Request) -> Response:
    desk = _desk(studio, request)
    if desk is None or desk.view.proof is None:
        return _GONE
    return Response(desk.view.proof.pdf, media_type="application/pdf")


async def _font(request: Request) -> Response:
    font = font_files().get(request.path_params["name"])
    return FileResponse(font) if font else Response("There is no such font.", status_code=404)
