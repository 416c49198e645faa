"""The commands that make booklets: `build` for those who write, `release` to give them out."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any

import typer

from booklet.commands.options import (
    CONTENT,
    INK_NAMES,
    OUTPUT,
    SIZE_NAMES,
    Content,
    Json,
    Quiet,
    booklet_argument,
    one_of,
    print_json,
)
from booklet.editions import AUDIENCES, COLOUR, SIZES, ink_named
from booklet.messages import counted
from booklet.signals import signals_held

if TYPE_CHECKING:
    from rich.console import Console

    from booklet.build import BuiltFile, Order

Say = Callable[[str], None]
"""Prints a line as it is."""

Names = list[str] | None
Booklets = Annotated[
    Names, booklet_argument(None, "Folders below the content folder. [default: every booklet]")
]
Readers = Annotated[Names, one_of(AUDIENCES, "The reader; may be given twice. [default: both]")]
Sizes = Annotated[
    Names, one_of(SIZE_NAMES, "The size; may be given several times. [default: standard, large]")
]
Clinic = Annotated[
    str | None,
    typer.Option(help="A profile below content/clinics. [default: lines to fill in by hand]"),
]
Sheets = Annotated[bool, typer.Option("--sheets", help="Make print sheets beside each PDF.")]
InkName = Annotated[
    str,
    one_of(INK_NAMES, "The ink; black alone for what is sent by a road that makes a fax of it."),
]
Output = Annotated[Path, typer.Option(help="Where the files go.")]


def build(
    booklet: Booklets = None,
    audience: Readers = None,
    size: Sizes = None,
    clinic: Clinic = None,
    sheets: Sheets = False,
    ink: InkName = COLOUR.name,
    output: Output = OUTPUT,
    content: Content = CONTENT,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Build the booklets as PDF, with a web page for each reader.

    Examples: `python make_booklet.py` builds all of them;
    `python make_booklet.py aml-relapse --audience family --size large` builds one.
    """
    wishes = {"clinic": clinic, "sheets": sheets, "output": output, "content": content}
    _make(booklet, audience, size, ink, quiet, as_json, **wishes)


def release(
    booklet: Annotated[list[str], booklet_argument(None, "Folders below the content folder.")],
    draft: Annotated[
        bool, typer.Option("--draft", help="Drafts too, with a mark on every page.")
    ] = False,
    audience: Readers = None,
    size: Sizes = None,
    clinic: Clinic = None,
    sheets: Sheets = False,
    ink: InkName = COLOUR.name,
    output: Output = OUTPUT,
    content: Content = CONTENT,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Build the booklets to give out: those whose very words are approved, and no others.

    Example: `python make_booklet.py release aml-relapse`
    """
    wishes = {"clinic": clinic, "sheets": sheets, "output": output, "content": content}
    mode = "release as draft" if draft else "release"
    _make(booklet, audience, size, ink, quiet, as_json, mode=mode, **wishes)


def _make(
    booklets: Names,
    audiences: Names,
    sizes: Names,
    ink: str,
    quiet: bool,
    as_json: bool,
    **wishes: Any,
) -> None:
    """Make the files that were asked for, as of today, and show them."""
    from rich.console import Console

    began = monotonic()
    with signals_held():  # the longest import of all
        from booklet.build import Order

    order = Order(
        booklets=tuple(booklets or ()),
        audiences=tuple(each for each in AUDIENCES if not audiences or each in audiences),
        sizes=tuple(
            each for each in SIZES if (each.name in sizes if sizes else each.built_by_default)
        ),
        ink=ink_named(ink),
        today=date.today(),
        **wishes,
    )
    console = Console()
    # Nothing in a line is markup, and a number has no colour.
    say = partial(console.print, soft_wrap=True, markup=False, highlight=False)
    if quiet or as_json:
        _make_unseen(order, as_json)
        return
    made = _with_progress(order, console, say)
    _show(made, order.output, console, say)
    say(f"{counted(len(made), 'file')} in {_duration(monotonic() - began)}")


def _make_unseen(order: "Order", as_json: bool) -> None:
    """Build without a word on the way; what was made as values for programs, if they ask."""
    from booklet import build as pipeline

    remarks: list[str] = []
    made = pipeline.build(order, lambda made, of: None, remarks.append)
    if as_json:
        files = [
            {
                "file": (order.output / each.name).as_posix(),
                "pages": each.pages,
                "bytes": len(each.content),
                "is_sheets": each.is_sheets,
                "advice": each.advice,
            }
            for each in made
        ]
        print_json({"files": files, "remarks": remarks})


def _duration(seconds: float) -> str:
    """A time that somebody waited.

    >>> _duration(41.6), _duration(125)
    ('42 s', '2 min 5 s')
    """
    minutes, left = divmod(round(seconds), 60)
    return f"{minutes} min {left} s" if minutes else f"{left} s"


def _with_progress(order: "Order", console: "Console", say: Say) -> "tuple[BuiltFile, ...]":
    """Build, with a bar on a terminal and a plain line a file elsewhere."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from booklet import build as pipeline

    if not console.is_terminal:
        return pipeline.build(order, lambda made, of: say(f"set {made.name}"), say)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Setting the booklets", total=None)

        def advance(made: "BuiltFile", of: int) -> None:
            progress.update(task, advance=1, total=of, description=made.name)

        return pipeline.build(order, advance, say)


def _show(made: "tuple[BuiltFile, ...]", output: Path, console: "Console", say: Say) -> None:
    """What was made: a table on a terminal, a line a file elsewhere; then what to know of it."""
    rows = [
        (str(output / each.name), _extent(each), f"{len(each.content) / 1000:.0f}") for each in made
    ]
    if console.is_terminal:
        from rich.table import Table

        table = Table(title="Booklets", title_justify="left")
        table.add_column("File", overflow="fold")  # a name that is cut cannot be looked for
        table.add_column("Extent", no_wrap=True)
        table.add_column("kB", justify="right", no_wrap=True)
        for row in rows:
            table.add_row(*row)
        console.print(table)
    else:
        for file, extent, size in rows:
            say(f"{file}  {extent}  {size} kB")
    for advice in dict.fromkeys(each.advice for each in made if each.advice):
        say(f"To print {', '.join(each.name for each in made if each.advice == advice)}:")
        for words in advice:
            say(f"  {words}")
    new = [output / each.name for each in made]
    for pdf in (path for path in new if path.suffix == ".pdf"):
        for old in sorted({*output.glob(f"{pdf.stem}_PRINT-*.pdf")} - {*new}):
            say(f"Older than its booklet: {old}; build with --sheets to renew it")


def _extent(made: "BuiltFile") -> str:
    """How much of it there is: pages to read, sides to print, or what it is instead."""
    if made.pages is None:
        return "web page" if made.name.endswith(".html") else "manifest"
    return f"{made.pages} {'sides' if made.is_sheets else 'pages'}"
