"""The command `preview`: a booklet in the browser, while it is written."""

import webbrowser
from datetime import date
from typing import Annotated

import typer

from booklet.commands.options import (
    CONTENT,
    SIZE_NAMES,
    Content,
    booklet_argument,
    clinic_option,
    one_of,
    size_option,
)
from booklet.commands.say import say
from booklet.commands.usual import told_usual
from booklet.editions import AUDIENCES, Audience, size_named
from booklet.problems import WrongUsage


def preview(
    context: typer.Context,
    booklet: Annotated[
        str | None, booklet_argument(None, "A folder below the content folder. [default: choose]")
    ] = None,
    audience: Annotated[Audience, one_of(AUDIENCES, "The reader.")] = AUDIENCES[0],
    size: Annotated[str, size_option("The size of print.")] = SIZE_NAMES[0],
    clinic: Annotated[str | None, clinic_option("A profile below content/clinics.")] = None,
    content: Content = CONTENT,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="[default: 8431, or one that is free]")
    ] = None,
    open_browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page in the browser.")
    ] = True,
) -> None:
    """Show a booklet in the browser while you write: web page and printed pages, after each save.

    Only this computer can see it. Press Ctrl-C to end it.
    """
    import asyncio

    from booklet.content.names import some_booklets
    from booklet.content.suggestion import near
    from booklet.preview.choice import Choice
    from booklet.preview.connections import listening
    from booklet.preview.guard import ADDRESS
    from booklet.preview.server import serve
    from booklet.tagging.typeset import typesetter

    names = some_booklets(content)
    if booklet is not None and booklet not in names:
        raise WrongUsage(f"there is no booklet `{booklet}`; {near(booklet, frozenset(names))}")
    typesetter()
    door = listening(port)
    chosen = Choice(booklet or names[0], audience, size_named(size), clinic)
    asked = f"?{chosen.query}" if booklet or len(names) == 1 else ""
    address = f"http://{ADDRESS}:{door.getsockname()[1]}/{asked}"
    say("\n".join(filter(None, (f"Preview: {address}", told_usual(context)))))
    say("Ctrl-C ends it.")
    if open_browser:
        webbrowser.open(address)
    asyncio.run(serve(content, door, date.today))
