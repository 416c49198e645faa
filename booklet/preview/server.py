"""The preview served: its page, a stream of news, and what the page is filled with.

It answers the person at this machine alone (see `guarded`), until it is told to stop.
"""

import asyncio
import json
import re
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import ExitStack, aclosing
from datetime import date
from functools import partial
from multiprocessing.util import Finalize
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from booklet.content.names import booklet_names, clinic_names
from booklet.preview.choice import Choice, choice_from, page
from booklet.preview.connections import server
from booklet.preview.guard import HEADERS, REFUSED, asked_by_us, guarded
from booklet.preview.session import Sessions
from booklet.preview.view import View
from booklet.problems import Problem
from booklet.scratch import scratch_folder
from booklet.typeface import figure_files, font_files

WIDEST = 4000
"""Pixels: no screen asks for wider pictures of a page."""

MOST_NUMBERED = 9999
"""No booklet has a page of a higher number."""

LOOK_AGAIN = 1.0
"""Seconds after which a page that was one too many looks for a place again."""

_SURROGATES = re.compile("[\ud800-\udfff]")
"""What stands in a name for bytes that are no UTF-8 (PEP 383)."""

_TOO_MANY = "too many pages of the preview are open; close some, and this one goes on by itself"

_GONE = Response("This is not what is shown any more.", status_code=410)


def application(sessions: Sessions) -> ASGIApp:
    """The preview of a content folder."""
    answers = {
        "/": _page,
        "/events": _events,
        "/screen/{digest}": _screen,
        "/page/{digest}/{number}.png": _picture,
        "/pages/{digest}.pdf": _pdf,
    }
    routes = [Route(path, partial(answer, sessions)) for path, answer in answers.items()]
    static = StaticFiles(directory=Path(__file__).parent / "static")
    fonts = Route("/fonts/{name}", _font)
    looked = Route("/looked", partial(_looked, sessions), methods=["POST"])
    return guarded(Starlette(routes=[*routes, looked, fonts, Mount("/static", static)]))


async def _page(sessions: Sessions, request: Request) -> Response:
    offered, choice = _offered(sessions), choice_from(request.query_params)
    booklets = offered["booklets"]
    if choice is None and len(booklets) == 1:
        choice = Choice(booklets[0])
    return HTMLResponse(page(choice, booklets, offered["clinics"]))


async def _events(sessions: Sessions, request: Request) -> Response:
    choice = choice_from(request.query_params)
    if choice is None:
        return Response("Name a booklet.", status_code=400)
    if not asked_by_us(request.headers):
        return REFUSED
    return _Stream(_news(sessions, choice), media_type="text/event-stream")


class _Stream(StreamingResponse):
    """A stream that is over, with all it holds, as soon as nobody listens any more."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with aclosing(self.body_iterator):  # type: ignore[type-var]
            await super().__call__(scope, receive, send)


async def _news(sessions: Sessions, choice: Choice) -> AsyncGenerator[str]:
    """Each view as a server-sent event (HTML Living Standard, 9.2).

    Where too many pages look, that is the only news until one of them is closed.
    """
    if sessions.full:
        yield _event(sessions, View(file_faults=(Problem(sessions.content, _TOO_MANY),)))
    while sessions.full:
        await asyncio.sleep(LOOK_AGAIN)
    with sessions.looking(choice) as session:
        async with aclosing(session.views()) as views:
            async for view in views:
                yield _event(sessions, view)


def _event(sessions: Sessions, view: View) -> str:
    return f"data: {json.dumps(view.as_json() | _offered(sessions))}\n\n"


def _offered(sessions: Sessions) -> dict[str, tuple[str, ...]]:
    """The booklets and clinics to choose from; a name that is not text fits into no address."""
    content = sessions.content
    names = {"booklets": booklet_names(content), "clinics": clinic_names(content)}
    return {
        kind: tuple(name for name in some if not _SURROGATES.search(name))
        for kind, some in names.items()
    }


async def _looked(sessions: Sessions, request: Request) -> Response:
    """Take note of the pages that somebody has in sight."""
    if not asked_by_us(request.headers):
        return REFUSED
    if session := sessions.open(choice_from(request.query_params)):
        session.look(request.query_params.getlist("page"))
    return Response(status_code=204)


async def _screen(sessions: Sessions, request: Request) -> Response:
    session = sessions.open(choice_from(request.query_params))
    if session is None or session.view.screen is None:
        return _GONE
    return HTMLResponse(session.view.screen, headers=HEADERS["booklet"])


async def _picture(sessions: Sessions, request: Request) -> Response:
    session = sessions.open(choice_from(request.query_params))
    width = _number(request.query_params.get("width", ""), WIDEST)
    if width is None:
        return Response(f"Say a width from 1 to {WIDEST}.", status_code=400)
    number = _number(request.path_params["number"], MOST_NUMBERED)
    pictures = session and session.pictures.get(request.path_params["digest"])
    if not pictures:
        return _GONE
    try:
        picture = await asyncio.to_thread(pictures.png, number or 0, width)
    except IndexError:
        return Response("There is no such page.", status_code=404)
    return Response(picture, media_type="image/png")


def _number(asked: str, most: int) -> int | None:
    """The number that an address says, from 1 to the most; a longer one is not even read."""
    if not asked.isdecimal() or len(asked) > len(str(most)) or not 1 <= int(asked) <= most:
        return None
    return int(asked)


async def _pdf(sessions: Sessions, request: Request) -> Response:
    session = sessions.open(choice_from(request.query_params))
    if session is None or session.view.typeset is None:
        return _GONE
    return Response(session.view.typeset.pdf, media_type="application/pdf")


async def _font(request: Request) -> Response:
    font = (figure_files() | font_files()).get(request.path_params["name"])
    return FileResponse(font) if font else Response("There is no such font.", status_code=404)


async def serve(content: Path, door: socket.socket, today: Callable[[], date]) -> None:
    """Serve the preview of a content folder until a signal ends it.

    `today` tells the day, on which an approval may end while the preview runs.
    The signal is then raised once more, for whoever listened to it before.
    """
    _keep_a_scratch_folder()
    sessions = Sessions(content, today)
    serving = asyncio.create_task(server(application(sessions)).serve([door]))
    watching = asyncio.create_task(sessions.watch())
    try:
        await asyncio.wait((serving, watching), return_when=asyncio.FIRST_COMPLETED)
    finally:
        watching.cancel()
        await sessions.close()
    await serving if serving.done() else await watching


def _keep_a_scratch_folder() -> None:
    """A scratch folder until this process ends.

    `multiprocessing` has a folder of its own in it, takes that away last of all (at -100), and
    fails where it is gone already.
    """
    kept = ExitStack()
    kept.enter_context(scratch_folder())
    Finalize(None, kept.close, exitpriority=-101)
