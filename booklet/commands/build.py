"""The commands that make booklets: `build` for those who write, `release` to give them out."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from booklet.commands.options import CONTENT, Content, one_of
from booklet.editions import AUDIENCES, SIZES
from booklet.signals import signals_held

if TYPE_CHECKING:
    from rich.console import Console

    from booklet.build import BuiltFile, Order

OUTPUT = Path("output")
"""Where files go when nothing else is said."""

Booklets = Annotated[
    list[str] | None,
    typer.Argument(help="Folders below the content folder. [default: every booklet]"),
]
Readers = Annotated[
    list[str] | None, one_of(AUDIENCES, "The reader; may be given twice. [default: both]")
]
Sizes = Annotated[
    list[str] | None,
    one_of(
        tuple(size.name for size in SIZES),
        "The size; may be given several times. [default: standard, large]",
    ),
]
Clinic = Annotated[
    str | None,
    typer.Option(help="A profile below content/clinics. [default: lines to fill in by hand]"),
]
Sheets = Annotated[bool, typer.Option("--sheets", help="Make print sheets beside each PDF.")]
Output = Annotated[Path, typer.Option(help="Where the files go.")]


def build(
    booklet: Booklets = None,
    audience: Readers = None,
    size: Sizes = None,
    clinic: Clinic = None,
    sheets: Sheets = False,
    output: Output = OUTPUT,
    content: Content = CONTENT,
) -> None:
    """Build the booklets as PDF, with a web page for each reader.

    Examples: `python make_booklet.py` builds all of them;
    `python make_booklet.py aml-relapse --audience family --size large` builds one.
    """
    wishes = {"clinic": clinic, "sheets": sheets, "output": output, "content": content}
    _make(booklet, audience, size, wishes)


def release(
    booklet: Annotated[list[str], typer.Argument(help="Folders below the content folder.")],
    draft: Annotated[
        bool, typer.Option("--draft", help="Drafts too, with a mark on every page.")
    ] = False,
    audience: Readers = None,
    size: Sizes = None,
    clinic: Clinic = None,
    sheets: Sheets = False,
    output: Output = OUTPUT,
    content: Content = CONTENT,
) -> None:
    """Build the booklets to give out: those whose very words are approved, and no others.

    Example: `python make_booklet.py release aml-relapse`
    """
    wishes = {"clinic": clinic, "sheets": sheets, "output": output, "content": content}
    _make(booklet, audience, size, wishes | {"mode": "release as draft" if draft else "release"})


def _make(
    booklets: list[str] | None,
    audiences: list[str] | None,
    sizes: list[str] | None,
    wishes: dict[str, Any],
) -> None:
    """Make the files that were asked for, as of today, and show them."""
    from rich.console import Console

    with signals_held():  # the longest import of all
        from booklet.build import Order

    order = Order(
        booklets=tuple(booklets or ()),
        audiences=tuple(each for each in AUDIENCES if not audiences or each in audiences),
        sizes=tuple(
            each for each in SIZES if (each.name in sizes if sizes else each.built_by_default)
        ),
        today=date.today(),
        **wishes,
    )
    console = Console()
    _show(_with_progress(order, console), order.output, console)


def _with_progress(order: "Order", console: "Console") -> "tuple[BuiltFile, ...]":
    """Build, with a bar on a terminal and a plain line a file elsewhere."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from booklet import build as pipeline

    say = _plain(console)
    if not console.is_terminal:
        return pipeline.build(order, lambda made, of: say(f"set {made.name}"), say)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Setting the booklets", total=None)

        def advance(made: "BuiltFile", of: int) -> None:
            progress.update(task, advance=1, total=of, description=made.name)

        return pipeline.build(order, advance, say)


def _plain(console: "Console") -> "partial[None]":
    """Prints a line as it is: nothing in it is markup, a number has no colour."""
    return partial(console.print, soft_wrap=True, markup=False, highlight=False)


def _show(made: "tuple[BuiltFile, ...]", output: Path, console: "Console") -> None:
    """What was made: a table on a terminal, a line a file elsewhere; then what to know of it."""
    say = _plain(console)
    rows = [
        (str(output / each.name), _extent(each), f"{len(each.content) / 1000:.0f}") for each in made
    ]
    if console.is_terminal:
        from rich.table import Table

        table = Table("File", "Extent", title="Booklets", title_justify="left")
        table.add_column("kB", justify="right")
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
