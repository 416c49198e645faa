"""The commands about paper: print sheets, the test sheet, the job ticket."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from booklet.commands.help import PlainCommand, PlainGroup
from booklet.commands.options import (
    CONTENT,
    OUTPUT,
    Json,
    Open,
    Quiet,
    one_of,
    open_files,
    print_json,
)
from booklet.commands.say import say
from booklet.print.schemes import SCHEMES, STACKINGS, scheme_named

if TYPE_CHECKING:
    from booklet.print.sheets import PrintFile

app = typer.Typer(
    cls=PlainGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Print sheets, a test sheet and a job ticket from finished PDFs.",
)


Files = Annotated[list[Path], typer.Argument(help="PDFs, ours or other programs'.")]
SchemeName = Annotated[
    str | None,
    one_of(
        tuple(scheme.name for scheme in SCHEMES),
        "How pages go on sheets. [default: booklet for A5 pages, flat for larger ones]",
    ),
]
Weight = Annotated[
    float, typer.Option("--paper-weight", min=40, max=400, help="Grams a square metre.")
]
Fit = Annotated[
    bool, typer.Option("--fit", help="Make pages smaller where they do not fit, and say so.")
]
Floor = Annotated[
    float | None,
    typer.Option(
        min=0, help="Smallest text in points with --fit. [default: 12; large 16; giant 24]"
    ),
]
OneSided = Annotated[
    str | None,
    one_of(STACKINGS, "For a printer that prints one side: how sheets lie in its output tray."),
]
Records = Annotated[
    Path, typer.Option("--content", help="The content folder, whose records are asked.")
]
"""Not the option of other commands: what is usual there says nothing of the folder for sheets."""
Output = Annotated[
    Path | None, typer.Option(help="The folder to write to. [default: beside each PDF]")
]


@app.command("sheets", cls=PlainCommand)
def sheets(
    files: Files,
    scheme: SchemeName = None,
    paper_weight: Weight = 80,
    fit: Fit = False,
    floor: Floor = None,
    one_sided_printer: OneSided = None,
    output: Output = None,
    content: Records = CONTENT,
    opened: Open = False,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Make print sheets of finished PDFs.

    `booklet` folds A4 to A5, `booklet-a3` folds A3 to A4, `flat` is A4 on both sides stapled at
    the spine, `one-side` A4 on one side, `print-shop` single pages with bleed and crop marks.
    """
    wishes = {"fit": fit, "floor": floor, "one_sided": one_sided_printer}
    made = _sheets_of(files, content, scheme, paper_weight, wishes)
    _write(made, output)
    folders = {file: output or file.parent for file in made}
    written = {
        folders[file] / each.file_name(file.name): each
        for file, prints in made.items()
        for each in prints
    }
    if as_json:
        print_json({"files": [_as_values(path, each) for path, each in written.items()]})
    elif not quiet:
        for file, prints in made.items():
            _show(folders[file], file, prints)
    if opened:
        open_files([*written], next(iter(folders.values())))


def _as_values(path: Path, made: "PrintFile") -> dict[str, object]:
    """A file of print sheets, for programs."""
    return {
        "file": path.as_posix(),
        "scheme": made.scheme.name,
        "sides": len(made.run.sides),
        "bytes": len(made.pdf),
        "instruction": made.run.instruction,
        "binding": made.binding,
        "notes": made.notes,
    }


def _show(folder: Path, file: Path, prints: "tuple[PrintFile, ...]") -> None:
    """The print sheets of one booklet, and what to do with them."""
    for each in prints:
        path = folder / each.file_name(file.name)
        say(f"{path}: {len(each.run.sides)} sides, {len(each.pdf) / 1000:.0f} kB")
        say(f"  {each.run.instruction}")
    for words in (*prints[0].binding, *(f"note: {note}" for note in prints[0].notes)):
        say(f"  {words}")


@app.command("test-sheet", cls=PlainCommand)
def printer_test(
    output: Annotated[Path, typer.Option(help="The folder.")] = OUTPUT, opened: Open = False
) -> None:
    """Make the sheet that shows whether a printer scales, shifts, cuts or flips."""
    from booklet.files import write_whole
    from booklet.print.plain_pages import TEST_SHEET, test_sheet
    from booklet.typeface import font_files

    write_whole(output, {TEST_SHEET: test_sheet(font_files())})
    say(f"{output / TEST_SHEET}: print it on both sides, then do what it says")
    if opened:
        open_files([output / TEST_SHEET], output)


@app.command("ticket", cls=PlainCommand)
def ticket(
    file: Annotated[Path, typer.Argument(help="The booklet's PDF.")],
    scheme: SchemeName = None,
    paper_weight: Weight = 80,
    fit: Fit = False,
    floor: Floor = None,
    one_sided_printer: OneSided = None,
    output: Output = None,
    content: Records = CONTENT,
    opened: Open = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print it as JSON, for programs; write nothing.")
    ] = False,
) -> None:
    """Make the job ticket: what to print, fold, staple and post, on one page."""
    from booklet.files import write_whole
    from booklet.print.plain_pages import ticket_name, ticket_pdf
    from booklet.print.postage import load_postage
    from booklet.print.stock import Paper
    from booklet.print.ticket import make_ticket
    from booklet.typeface import font_files

    wishes = {"fit": fit, "floor": floor, "one_sided": one_sided_printer}
    prints = _sheets_of([file], content, scheme, paper_weight, wishes)[file]
    told = make_ticket(
        prints[0].pages,
        prints[0].scheme,
        postage=load_postage(),
        today=date.today(),
        files=tuple(each.file_name(file.name) for each in prints),
        instructions=tuple(each.run.instruction for each in prints),
        notes=prints[0].notes,
        stock=Paper(paper_weight),
        finished=prints[0].finished,
    )
    if as_json:
        say(told.as_json(), nl=False)
        return
    folder, name = output or file.parent, ticket_name(file.name)
    write_whole(folder, {name: ticket_pdf(told, prints[0].booklet, font_files())})
    say(folder / name)
    if missing := [each for each in told.files if not (folder / each).exists()]:
        say(
            f"  it names {' and '.join(missing)}: make that with `booklet paper sheets`, "
            "same options"
        )
    if opened:
        open_files([folder / name], folder)


def _sheets_of(
    files: list[Path], content: Path, scheme: str | None, weight: float, wishes: dict[str, Any]
) -> "dict[Path, tuple[PrintFile, ...]]":
    """The sheets of every file; `FaultsFound` with the faults of all of them together.

    Of words that were withdrawn none are made.
    """
    from booklet.pdf.guarded import STRANGERS, TooMuch, in_child
    from booklet.print.sheets import make_sheets
    from booklet.print.stock import Paper
    from booklet.problems import FaultsFound, Problem
    from booklet.provenance.manifest import is_built_here
    from booklet.provenance.withdrawn import withdrawn

    chosen = scheme_named(scheme) if scheme else None
    first: dict[Path, Path] = {}  # a file that two paths lead to is made once
    for file in files:
        first.setdefault(file.resolve(), file)
    made: dict[Path, tuple[PrintFile, ...]] = {}
    problems: list[Problem] = []
    for file in first.values():
        work = partial(make_sheets, file, chosen, stock=Paper(weight), **wishes)
        try:
            if gone := [*withdrawn(file, content, date.today())]:
                raise FaultsFound(gone)
            made[file] = work() if is_built_here(file) else in_child(work, limits=STRANGERS)
        except FaultsFound as error:
            problems.extend(error.problems)
        except TooMuch as error:
            problems.append(Problem(file, f"no sheets can be made of this PDF: {error}"))
    if problems:
        raise FaultsFound(problems)
    return made


def _write(made: "dict[Path, tuple[PrintFile, ...]]", output: Path | None) -> None:
    """Put the sheets into `output` or beside their booklets.

    `WrongUsage` where two would become one file, or one would take a booklet's place.
    """
    from booklet.files import must_be_writable, write_whole
    from booklet.problems import WrongUsage

    given = {file.resolve() for file in made}
    folders: dict[Path, dict[str, bytes]] = {}
    for file, prints in made.items():
        folder = output or file.parent
        into = folders.setdefault(folder.resolve(), {})
        for each in prints:
            name = each.file_name(file.name)
            # Capitals do not tell two files apart on Windows and macOS.
            if name.casefold() in map(str.casefold, into):
                raise WrongUsage(
                    f"two of these PDFs would both become {folder / name}; make them one at a time,"
                    " each with another --output"
                )
            if folder.resolve() / name in given:
                raise WrongUsage(f"{folder / name} would be written over; choose another --output")
            into[name] = each.pdf
    for folder in folders:  # all of them, before the first is written to
        must_be_writable(folder)
    for folder, contents in folders.items():
        write_whole(folder, contents)
