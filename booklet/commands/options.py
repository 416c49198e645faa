"""What several commands ask in the same way."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from booklet.commands import completion
from booklet.commands.say import say
from booklet.commands.usual import with_usual
from booklet.editions import INKS, LEAST_POINTS, MOST_POINTS, SIZES, SIZES_TO_WRITE, size_named

CONTENT = Path("content")
"""Where content is looked for when nothing else is said: below the folder one stands in."""
OUTPUT = Path("output")
"""Where files go, and are looked for, when nothing else is said."""

SIZE_NAMES = tuple(size.name for size in SIZES)
INK_NAMES = tuple(ink.name for ink in INKS)

# Read before the others: names of booklets are looked up in it, and what is usual.
Content = Annotated[
    Path,
    typer.Option("--content", is_eager=True, callback=with_usual, help="The content folder."),
]
Built = Annotated[Path, typer.Option("--built", help="The folder of finished files.")]


def _as_booklets(context: typer.Context, typed: Any) -> Any:
    """What was typed, one or several; the folder of a booklet becomes the booklet's name."""
    if isinstance(typed, list | tuple):
        return [_as_booklets(context, each) for each in typed]
    if not typed:
        return typed
    path, content = Path(typed), Path(context.params["content"])
    is_booklets = path.is_dir() and path.resolve().parent == content.resolve()
    return type(typed)(path.name if is_booklets else path)


def booklet_argument(metavar: str | None, words: str) -> Any:
    """An argument that takes names of booklets, also as Tab completes them.

    `aml-relapse/`, `content/aml-relapse` and `content/aml-relapse/` are all `aml-relapse`.
    """
    return typer.Argument(
        metavar=metavar, callback=_as_booklets, autocompletion=completion.booklets, help=words
    )


def clinic_option(words: str) -> Any:
    """An option that takes the name of a clinic's profile."""

    def named(value: str | None) -> str | None:
        return value or None  # `--clinic ""` is none, whichever is usual

    offered = completion.clinics
    return typer.Option("--clinic", callback=named, autocompletion=offered, help=words)


def _scheduler(address: str | None) -> str | None:
    """The address of a scheduler as it was typed; none where nothing was."""
    if address and not re.fullmatch(r"(tcp|tls|ws|wss)://[^\s/]+:\d+", address):
        raise typer.BadParameter(f"`{address}` is no address; write it like {SCHEDULER}")
    return address or None


SCHEDULER = "tcp://scheduler:8786"
"""What the address of a scheduler looks like."""
Cluster = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        callback=_scheduler,
        help=f"Work on the machines of this Dask scheduler, such as {SCHEDULER}.",
    ),
]


Json = Annotated[bool, typer.Option("--json", help="Print it as JSON, for programs.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what is wrong.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say all there is to say.")]

Open = Annotated[bool, typer.Option("--open", help="Open what was made.")]
MOST_OPENED = 4
"""Files that are opened at once; of more, their folder is."""


def open_files(files: list[Path], folder: Path) -> None:
    """Open files as a double click does, or their folder where they are many."""
    for path in files if len(files) <= MOST_OPENED else [folder]:
        if typer.launch(str(path)):
            say(f"{path}: no program was found to open it with", err=True)


def print_json(values: object) -> None:
    """Values for programs, as every command with `--json` prints them."""
    say(json.dumps(values, ensure_ascii=False, indent=2))


def size_option(words: str, *spelt: str) -> Any:
    """An option that takes a size of print by its name or its number; `words` is its help.

    `18` is told as `large`, the name of the same edition.
    """

    def known(value: str) -> str:
        try:
            return size_named(value).name
        except KeyError as error:
            raise typer.BadParameter(
                f"there is no size `{value}`; write {SIZES_TO_WRITE}"
            ) from error

    def offered() -> list[str]:
        return [*SIZE_NAMES]

    metavar = "|".join((*SIZE_NAMES, f"{LEAST_POINTS}-{MOST_POINTS}"))
    return typer.Option(*spelt, parser=known, metavar=metavar, autocompletion=offered, help=words)


def one_of(names: tuple[str, ...], words: str, *spelt: str) -> Any:
    """An option that takes one of these names; `words` is its help.

    `spelt` is how it is typed, where its parameter has another name.
    """

    def known(value: str) -> str:
        if value not in names:
            raise typer.BadParameter(f"there is no `{value}`; write one of: {', '.join(names)}")
        return value

    def offered() -> list[str]:
        return [*names]

    metavar = "|".join(names)
    return typer.Option(*spelt, parser=known, metavar=metavar, autocompletion=offered, help=words)


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise typer.BadParameter(f"`{value}` is no date; write it like 2026-11-22") from error


def day_option(name: str, words: str) -> Any:
    """An option that takes a day."""
    return typer.Option(name, parser=_day, metavar="YYYY-MM-DD", help=words)
