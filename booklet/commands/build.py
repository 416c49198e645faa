"""The commands that make booklets: `build` for those who write, `release` to give them out."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any

import typer

from booklet.commands.build_told import (
    Telling,
    as_finished,
    duration,
    is_to_read,
    notes_of,
    show,
    tell_kept,
    tell_programs,
)
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
        tell_kept(context, telling, done, output, monotonic() - began)
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
            tell_programs(made, remarks, usual, output)
    else:
        made = _make_seen(context, telling, order, remarks, note, began)
    if telling.opened:
        open_files([output / each.name for each in made if is_to_read(each)], output)


def _remember(
    output: Path, key: str, state: str, made: "tuple[BuiltFile, ...]", remarks: list[str]
) -> None:
    """Note what came of an order, where each file stands there as it was made."""
    files = tuple(_known(each, output) for each in made)
    if None not in files:
        told, notes = tuple(filter(None, files)), tuple(notes_of(made, output))
        remember(output, key, state, CarriedOut(told, tuple(remarks), notes, names_in(output)))


def _known(made: "BuiltFile", output: Path) -> Known | None:
    told = {"pages": made.pages, "is_sheets": made.is_sheets, "advice": made.advice}
    return known(output, made.name, made.sha256, **told)


def _make_unseen(order: "Order", remarks: list[str], done: Done) -> "tuple[BuiltFile, ...]":
    """Build without a word on the way."""
    from booklet import build as pipeline

    return pipeline.build(order, lambda made, of: None, remarks.append, done)


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
    show(made, order.output, console, tell)
    kept = 0 if order.force else sum(each.kept for each in made)
    as_they_were = f", {kept} of them kept, since nothing in them has changed," if kept else ""
    tell(f"{counted(len(made), 'file')}{as_they_were} in {duration(monotonic() - began)}")
    return made


def _with_progress(
    order: "Order", console: "Console", tell: Say, remark: Say, done: Done
) -> "tuple[BuiltFile, ...]":
    """Build, with a bar on a terminal and a plain line a file elsewhere."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from booklet import build as pipeline

    if not console.is_terminal:
        return pipeline.build(order, lambda made, of: tell(as_finished(made)), remark, done)
    # The name last: on a narrow terminal it is cut, and the count is not.
    columns = (MofNCompleteColumn(), BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Setting the booklets", total=None)

        def advance(made: "BuiltFile", of: int) -> None:
            progress.update(task, advance=1, total=of, description=cell(made.name))

        return pipeline.build(order, advance, remark, done)
