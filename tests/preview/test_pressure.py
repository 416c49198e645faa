"""The preview under pressure: many pages at once, pages elsewhere, requests that never end."""

import asyncio
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, suppress
from datetime import date
from pathlib import Path

import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from booklet.editions import AUDIENCES, SIZES
from booklet.preview import server as preview_server
from booklet.preview import session
from booklet.preview.choice import Choice
from booklet.preview.connections import listening, server
from booklet.preview.guard import asked_by_another, asked_by_us
from booklet.preview.prepare import TypesetJob
from booklet.preview.server import application
from booklet.preview.session import Sessions
from booklet.problems import Problem
from tests.preview.asking import asked, status, views
from tests.preview.test_worker import play

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("preview")]
CHOICES = tuple(
    Choice("specimen", audience, size, clinic)
    for audience in AUDIENCES
    for size in SIZES
    for clinic in (None, "example")
)


def tell_the_name(job: TypesetJob) -> Iterator[tuple[Problem, ...]]:
    """What stands in for setting type: the name of the file, as a fault of it."""
    yield (Problem(Path("set"), job.target.file_name),)


def never_end(job: TypesetJob) -> Iterator[tuple[Problem, ...]]:
    yield (Problem(Path("set"), f"in {tempfile.gettempdir()}"),)
    time.sleep(600)


@asynccontextmanager
async def previewing(content: Path) -> AsyncIterator[tuple[ASGIApp, Sessions]]:
    sessions = Sessions(content, date.today)
    try:
        yield application(sessions), sessions
    finally:
        await sessions.close()


async def first_fault(app: ASGIApp, choice: Choice) -> str:
    async with asked(app, f"/events?{choice.query}") as messages:
        return await anext(faults_in(messages), "no news")


async def faults_in(messages: "asyncio.Queue[Message]") -> AsyncIterator[str]:
    """The first fault of each view that has one."""
    async for view in views(messages):
        if view["faults"]:
            yield view["faults"][0]["message"]


def test_twelve_pages_opened_at_once_are_all_answered(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "typeset_job", tell_the_name)

    async def scene() -> None:
        async with previewing(content) as (app, sessions):
            told = await asyncio.gather(*(first_fault(app, choice) for choice in CHOICES))
            for choice, name in zip(CHOICES, told, strict=True):
                assert name.startswith("specimen_"), name
                assert choice.audience in name
                assert choice.size.name in name
            kept = [choice for choice in CHOICES if sessions.open(choice)]
            assert len(kept) == session.KEPT

    assert len(CHOICES) == 12
    play(scene())


def test_work_that_nobody_waits_for_is_called_off_and_begun_again_for_who_comes_back(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "typeset_job", never_end)
    monkeypatch.setattr(session, "GRACE", 0)

    async def scene() -> None:
        async with previewing(content) as (app, _):
            folder = (await first_fault(app, CHOICES[0])).removeprefix("in ")
            while Path(folder).exists():
                await asyncio.sleep(0.01)
            assert await first_fault(app, CHOICES[0]) not in ("no news", f"in {folder}")

    play(scene())


def test_a_page_too_many_is_told_so_and_goes_on_when_another_is_closed(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "MOST_PAGES", 1)
    monkeypatch.setattr(session, "typeset_job", tell_the_name)
    monkeypatch.setattr(preview_server, "LOOK_AGAIN", 0.01)

    async def scene() -> None:
        async with previewing(content) as (app, sessions):
            address = f"/events?{CHOICES[1].query}"
            full = ExitStack()
            full.enter_context(sessions.looking(CHOICES[0]))
            async with asked(app, address) as messages:
                faults = faults_in(messages)
                assert (await anext(faults)).startswith("too many pages of the preview are open")
                full.close()
                assert (await anext(faults)).startswith("specimen_")

    play(scene())


def test_what_an_address_says_is_refused_in_a_sentence_however_long_or_odd(content: Path) -> None:
    (content / "no\udcfftext").mkdir()
    (content / "no\udcfftext/booklet.yaml").touch()

    async def scene() -> None:
        async with previewing(content) as (app, _):
            for width in ("", "0", "4001", "-1", "1e3", "9" * 5000, "²"):
                asked_for = f"/page/x/1.png?booklet=specimen&width={width}"
                assert await status(app, asked_for) == 400, width
            assert await status(app, f"/page/{'9' * 5000}.png?booklet=specimen&width=1") == 404
            assert await status(app, f"/page/x/{'9' * 5000}.png?booklet=specimen&width=1") == 410
            for name in ("%00", "a" * 5000, "..%2f..%2fetc", "%ff"):
                assert await status(app, f"/?booklet={name}") == 200
                told = await first_fault(app, Choice(name))
                assert told.startswith("there is no booklet"), told

    play(scene())


# Who may begin work

OURS = {"host": "127.0.0.1:8431"}


@pytest.mark.parametrize(
    ("said", "another", "us"),
    [
        ({"sec-fetch-site": "same-origin"}, False, True),
        ({"sec-fetch-site": "none"}, False, True),  # typed by a person
        ({"sec-fetch-site": "same-site"}, True, False),  # another port of this machine
        ({"sec-fetch-site": "cross-site"}, True, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8431"}, True, False),
        ({"origin": "http://127.0.0.1:8431"}, False, True),
        ({"origin": "http://127.0.0.1:1"}, True, False),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, True, False),
        ({"origin": "http://["}, True, False),
        ({"referer": "http://127.0.0.1:8431/?booklet=x"}, False, True),
        ({"referer": "http://pages.example/127.0.0.1:8431"}, False, False),
        ({}, False, False),  # a picture in a page elsewhere, in an older browser
    ],
)
def test_a_page_elsewhere_is_known_with_and_without_an_origin(
    said: dict[str, str], another: bool, us: bool
) -> None:
    headers = Headers(OURS | said)
    assert (asked_by_another(headers), asked_by_us(headers)) == (another, us)


def test_a_page_elsewhere_begins_no_work(content: Path) -> None:
    async def scene() -> None:
        async with previewing(content) as (app, sessions):
            for said in ({}, {"sec-fetch-site": "cross-site"}, {"origin": "http://pages.example"}):
                asking = f"/events?{CHOICES[0].query}"
                assert await status(app, asking, {"host": "127.0.0.1", **said}) == 403
            assert sessions.open(CHOICES[0]) is None

    play(scene())


def test_only_a_page_of_ours_says_where_it_looks_and_it_begins_no_work(content: Path) -> None:
    async def scene() -> None:
        async with previewing(content) as (app, sessions):
            looking = f"/looked?{CHOICES[0].query}&page=x/1"
            assert await status(app, looking, method="POST") == 204
            assert sessions.open(CHOICES[0]) is None
            for said in ({}, {"origin": "http://pages.example"}):
                asker = {"host": "127.0.0.1", **said}
                assert await status(app, looking, asker, method="POST") == 403
            assert await status(app, looking) == 405

    play(scene())


# Requests that never end


async def slow_answer(scope: Scope, receive: Receive, send: Send) -> None:
    await asyncio.sleep(0.3)
    await PlainTextResponse("at last")(scope, receive, send)


async def answer_to(port: int, *pieces: bytes) -> bytes:
    """What comes back until the connection is closed; a piece every 0.05 seconds."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    come = bytearray()

    async def read() -> None:
        with suppress(ConnectionError):
            while piece := await reader.read(1000):
                come.extend(piece)

    reading = asyncio.create_task(read())
    for piece in pieces:
        if not reading.done():
            writer.write(piece)
            await asyncio.sleep(0.05)
    await reading
    writer.close()
    return bytes(come)


def test_a_request_that_does_not_come_whole_in_time_is_ended_and_a_slow_answer_is_not() -> None:
    head = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    never = {
        "nothing": (),
        "half a head": (head,),
        "a head in crumbs": (head, *[b"X: y\r\n"] * 20),
        "half a body": (head + b"Content-Length: 9\r\n\r\n12",),
        "half of a second": (head + b"\r\n", *[b""] * 12, head),
    }

    async def scene(door: socket.socket) -> None:
        running = server(slow_answer, patience=0.2)
        serving = asyncio.create_task(running.serve([door]))
        port = door.getsockname()[1]
        before = time.monotonic()
        ended = await asyncio.gather(*(answer_to(port, *pieces) for pieces in never.values()))
        assert time.monotonic() - before < 5
        whole = await answer_to(port, head + b"Connection: close\r\n\r\n")
        assert whole.endswith(b"at last")
        assert dict(zip(never, (b"at last" in each for each in ended), strict=True)) == {
            each: each == "half of a second" for each in never
        }
        running.should_exit = True
        await serving

    with listening(None) as door:
        play(scene(door))
