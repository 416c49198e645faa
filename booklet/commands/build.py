"""The commands that make booklets: `build` for those who write, `release` to give them out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any

import typer

from booklet.commands.options import (
    CONTENT,
    INK_NAMES,
    OUTPUT,
    Cluster,
    Content,
    Json,
    Open,
    Quiet,
    Verbose,
    booklet_argument,
    clinic_option,
    one_of,
    open_files,
    print_json,
    size_option,
)
from booklet.commands.say import Say, cell, say, say_on
from booklet.commands.usual import is_typed, told_options, told_usual
from booklet.editions import AUDIENCES, COLOUR, RELEASED, ink_named, sizes_named
from booklet.garbage import garbage_looked_for_seldom
from booklet.messages import counted
from booklet.signals import signals_held
from booklet.unchanged import (
    CarriedOut,
    Known,
    carried_out,
    inputs,
    known,
    names_in,
    order_key,
    remember,
)

if TYPE_CHECKING:
    from rich.console import Console

    from booklet.build import BuiltFile, Order

Wishes = dict[str, Any]
"""What was asked for, by the names of an order's fields."""

Done = Callable[["tuple[BuiltFile, ...]"], None]
"""What is done with finished files while no other run can write where they stand."""
Names = list[str] | None
Booklets = Annotated[
    Names, booklet_argument(None, "Folders below the content folder. [default: every booklet]")
]
Readers = Annotated[Names, one_of(AUDIENCES, "The reader; may be given twice. [default: both]")]
Sizes = Annotated[
    Names, size_option("The size; may be given several times. [default: standard, large]")
]
Clinic = Annotated[
    str | None,
    clinic_option("A profile below content/clinics. [default: lines to fill in by hand]"),
]
Sheets = Annotated[
    bool,
    typer.Option(
        "--sheets/--no-sheets", show_default=False, help="Make print sheets beside each PDF."
    ),
]
InkName = Annotated[
    str,
    one_of(INK_NAMES, "The ink; black alone for what is sent by a road that makes a fax of it."),
]
Output = Annotated[Path, typer.Option(help="Where the files go.")]
Force = Annotated[
    bool, typer.Option("--force", help="Make all files anew, also those that have not changed.")
]
ReleasedTo = Annotated[
    Path,
    typer.Option(help=f"Where the files go. [default: {OUTPUT / RELEASED}]", show_default=False),
]


@dataclass(frozen=True, slots=True)
class Telling:
    """How much is told of what is made."""

    quiet: bool  # Nothing but faults
    verbose: bool  # The options it goes by, too
    as_json: bool  # Values for programs and nothing else
    opened: bool  # Whether the PDFs are opened when they are made


def build(
    context: typer.Context,
    booklet: Booklets = None,
    audience: Readers = None,
    size: Sizes = None,
    clinic: Clinic = None,
    sheets: Sheets = False,
    ink: InkName = COLOUR.name,
    output: Output = OUTPUT,
    content: Content = CONTENT,
    force: Force = False,
    cluster: Cluster = None,
    opened: Open = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    as_json: Json = False,
) -> None:
    """Build the booklets as PDF, with a web page for each reader.

    Examples: `booklet` builds all of them;
    `booklet aml-relapse --audience family --size large` builds one.
    """
    wishes: Wishes = {"clinic": clinic, "sheets": sheets, "output": output, "content": content}
    wishes |= {"force": force, "cluster": cluster}
    telling = Telling(quiet, verbose, as_json, opened)
    _make(context, telling, booklet, audience, size, ink=ink_named(ink), **wishes)


def release(
    context: typer.Context,
    booklet: Annotated[list[str], booklet_argument(None, "Folders below the content folder.")],
    draft: Annotated[
        bool, typer.Option("--draft", help="Drafts too, with a mark on every page.")
    ] = False,
    audience: Readers = None,
    size: Sizes = None,
    clinic: Clinic = None,
    sheets: Sheets = False,
    ink: InkName = COLOUR.name,
    output: ReleasedTo = OUTPUT,
    content: Content = CONTENT,
    force: Force = False,
    cluster: Cluster = None,
    opened: Open = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    as_json: Json = False,
) -> None:
    """Build the booklets to give out: those whose very words are approved, and no others.

    They go to a folder of their own, where no draft lies beside them.

    Example: `booklet release aml-relapse --clinic example`
    """
    if not draft and not is_typed(context, "output"):
        output /= RELEASED
        context.params["output"] = output  # from which it is told
    wishes: Wishes = {"clinic": clinic, "sheets": sheets, "output": output, "content": content}
    wishes |= {"force": force, "cluster": cluster}
    mode = "release as draft" if draft else "release"
    if quiet and (usual := told_usual(context)):
        say(usual, err=True)  # what is given out is never of an option nobody was told of
    telling = Telling(quiet, verbose, as_json, opened)
    _make(context, telling, booklet, audience, size, mode=mode, ink=ink_named(ink), **wishes)


@garbage_looked_for_seldom(aside=False)
def _make(
    context: typer.Context,
    telling: Telling,
    booklets: Names,
    audiences: Names,
    sizes: Names,
    **wishes: Any,
) -> None:
    """Make the files that were asked for, as of today, and show them.

    Where they stand there already and nothing has changed, they are shown as they are.
    """
    began, output = monotonic(), wishes["output"]
    today, chosen = date.today(), sizes_named(sizes or ())
    asked = {
        "booklets": tuple(booklets or ()),
        "audiences": tuple(each for each in AUDIENCES if not audiences or each in audiences),
        **wishes,
    }
    key = order_key(asked | {"sizes": [each.name for each in chosen]})
    state = inputs(wishes["content"], today)
    if not wishes["force"] and (done := carried_out(output, key, state)):
        _tell_kept(context, telling, done, output, monotonic() - began)
        return
    with signals_held():  # the longest import of all
        from booklet.build import Order

    order, usual = Order(sizes=chosen, today=today, **asked), told_usual(context)
    remarks: list[str] = []

    def note(files: "tuple[BuiltFile, ...]") -> None:
        if state is not None:
            _remember(output, key, state, files, remarks)

    if telling.quiet or telling.as_json:
        made = _make_unseen(order, remarks, note)
        if telling.as_json:
            _tell_programs(made, remarks, usual, output)
    else:
        made = _make_seen(context, telling, order, remarks, note, began)
    if telling.opened:
        open_files([output / each.name for each in made if _is_to_read(each)], output)


def _remember(
    output: Path, key: str, state: str, made: "tuple[BuiltFile, ...]", remarks: list[str]
) -> None:
    """Note what came of an order, where each file stands there as it was made."""
    files = tuple(_known(each, output) for each in made)
    if None not in files:
        told, notes = tuple(filter(None, files)), tuple(_notes(made, output))
        remember(output, key, state, CarriedOut(told, tuple(remarks), notes, names_in(output)))


def _known(made: "BuiltFile", output: Path) -> Known | None:
    told = {"pages": made.pages, "is_sheets": made.is_sheets, "advice": made.advice}
    return known(output, made.name, made.sha256, **told)


def _tell_kept(
    context: typer.Context, telling: Telling, done: CarriedOut, output: Path, seconds: float
) -> None:
    """Show files of which nothing has changed, without what making them would import."""
    usual = told_usual(context)
    if telling.as_json:
        files = [_as_values(each, output, each.size, made=False) for each in done.files]
        print_json({"files": files, "remarks": done.remarks, "usual": usual or None})
    elif not telling.quiet:
        options = told_options(context) if telling.verbose else filter(None, [usual])
        rows = (
            f"{output / each.name}  {_extent(each)}  {each.size / 1000:.0f} kB"
            for each in done.files
        )
        say("\n".join((*options, *done.remarks, *rows, *_advice(done.files), *done.notes)))
        number = counted(len(done.files), "file")
        say(f"{number} kept, since nothing has changed, in {seconds:.2f} s")
    if telling.opened:
        open_files([output / each.name for each in done.files if _is_to_read(each)], output)


def _is_to_read(made: "BuiltFile | Known") -> bool:
    return made.name.endswith(".pdf") and not made.is_sheets


def _make_unseen(order: "Order", remarks: list[str], done: Done) -> "tuple[BuiltFile, ...]":
    """Build without a word on the way."""
    from booklet import build as pipeline

    return pipeline.build(order, lambda made, of: None, remarks.append, done)


def _tell_programs(
    made: "tuple[BuiltFile, ...]", remarks: list[str], usual: str, output: Path
) -> None:
    """What was made, as values for programs."""
    files = [_as_values(each, output, each.size, made=not each.kept) for each in made]
    print_json({"files": files, "remarks": remarks, "usual": usual or None})


def _as_values(file: "BuiltFile | Known", output: Path, size: int, *, made: bool) -> dict[str, Any]:
    return {
        "file": (output / file.name).as_posix(),
        "made": made,
        "pages": file.pages,
        "bytes": size,
        "is_sheets": file.is_sheets,
        "advice": file.advice,
    }


def _make_seen(
    context: typer.Context,
    telling: Telling,
    order: "Order",
    remarks: list[str],
    done: Done,
    began: float,
) -> "tuple[BuiltFile, ...]":
    """Build, and tell people of it as it goes."""
    from rich.console import Console

    console = Console()
    tell = say_on(console)
    for line in told_options(context) if telling.verbose else filter(None, [told_usual(context)]):
        tell(line)

    def remark(words: str) -> None:
        remarks.append(words)
        tell(words)

    made = _with_progress(order, console, tell, remark, done)
    _show(made, order.output, console, tell)
    kept = 0 if order.force else sum(each.kept for each in made)
    as_they_were = f", {kept} of them kept, since nothing in them has changed," if kept else ""
    tell(f"{counted(len(made), 'file')}{as_they_were} in {_duration(monotonic() - began)}")
    return made


def _duration(seconds: float) -> str:
    """A time that somebody waited.

    >>> _duration(41.6), _duration(125)
    ('42 s', '2 min 5 s')
    """
    minutes, left = divmod(round(seconds), 60)
    return f"{minutes} min {left} s" if minutes else f"{left} s"


def _with_progress(
    order: "Order", console: "Console", tell: Say, remark: Say, done: Done
) -> "tuple[BuiltFile, ...]":
    """Build, with a bar on a terminal and a plain line a file elsewhere."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from booklet import build as pipeline

    if not console.is_terminal:
        return pipeline.build(order, lambda made, of: tell(_progress(made)), remark, done)
    # The name last: on a narrow terminal it is cut, and the count is not.
    columns = (MofNCompleteColumn(), BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Setting the booklets", total=None)

        def advance(made: "BuiltFile", of: int) -> None:
            progress.update(task, advance=1, total=of, description=cell(made.name))

        return pipeline.build(order, advance, remark, done)


def _progress(made: "BuiltFile") -> str:
    return f"{'kept' if made.kept else 'set'} {made.name}"


def _show(made: "tuple[BuiltFile, ...]", output: Path, console: "Console", tell: Say) -> None:
    """What was made: a table on a terminal, a line a file elsewhere; then what to know of it."""
    rows = [(str(output / each.name), _extent(each), f"{each.size / 1000:.0f}") for each in made]
    if console.is_terminal:
        from rich.table import Table

        table = Table(title="Booklets", title_justify="left")
        table.add_column("File", overflow="fold")  # a name that is cut cannot be looked for
        table.add_column("Extent", no_wrap=True)
        table.add_column("kB", justify="right", no_wrap=True)
        for row in rows:
            table.add_row(*map(cell, row))
        console.print(table)
    else:
        for file, extent, size in rows:
            tell(f"{file}  {extent}  {size} kB")
    for line in (*_advice(made), *_notes(made, output)):
        tell(line)


def _advice(files: "Sequence[BuiltFile | Known]") -> Iterator[str]:
    """What to know before printing them, line by line."""
    for advice in dict.fromkeys(each.advice for each in files if each.advice):
        yield f"To print {', '.join(each.name for each in files if each.advice == advice)}:"
        yield from (f"  {words}" for words in advice)


def _notes(made: "tuple[BuiltFile, ...]", output: Path) -> Iterator[str]:
    """What is to be said of other files that lie beside those that were made."""
    from booklet.origins import Origins
    from booklet.provenance.manifest import earlier_files

    for old in Origins.of(output).older_sheets({each.name for each in made}):
        yield f"Older than its booklet: {old}; build with --sheets to renew it"
    others = earlier_files(made, output)
    told = ", ".join(f"{version} ({counted(many, 'file')})" for version, many in others.items())
    if told:
        yield f"In {output} lie other versions too: {told}; delete them when nobody needs them"


def _extent(made: "BuiltFile | Known") -> str:
    """How much of it there is: pages to read, sides to print, or what it is instead."""
    if made.pages is None:
        return "web page" if made.name.endswith(".html") else "manifest"
    return f"{made.pages} {'sides' if made.is_sheets else 'pages'}"
