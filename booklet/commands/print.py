"""The commands about paper: print sheets, the test sheet, the job ticket."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from booklet.commands.options import one_of
from booklet.files import must_be_writable, write_whole
from booklet.print import trial_sheet
from booklet.print.onesided import STACKINGS
from booklet.print.postage import load_postage
from booklet.print.schemes import SCHEMES, Scheme, scheme_named
from booklet.print.sheets import PrintFile, make_sheets
from booklet.print.stock import Paper
from booklet.print.ticket import Ticket, make_ticket
from booklet.print.ticket_page import ticket_name, ticket_pdf
from booklet.problems import FaultsFound, Problem, WrongUsage
from booklet.typeface import font_files

app = typer.Typer(
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
Output = Annotated[
    Path | None, typer.Option(help="The folder to write to. [default: beside each PDF]")
]


@app.command("sheets")
def sheets_command(
    files: Files,
    scheme: SchemeName = None,
    paper_weight: Weight = 80,
    fit: Fit = False,
    floor: Floor = None,
    one_sided_printer: OneSided = None,
    output: Output = None,
) -> None:
    """Make print sheets of finished PDFs.

    `booklet` folds A4 to A5, `booklet-a3` folds A3 to A4, `flat` is A4 on both sides stapled at
    the spine, `one-side` A4 on one side, `print-shop` single pages with bleed and crop marks.
    """
    options = _Options(_scheme(scheme), Paper(paper_weight), fit, floor, one_sided_printer)
    made = options.sheets(files)
    _write(
        (
            (output or file.parent, each.file_name(file.name), each.pdf)
            for file, prints in made.items()
            for each in prints
        ),
        keep={file.resolve() for file in made},
    )
    for file, prints in made.items():
        _tell(output or file.parent, file, prints)


@app.command("test-sheet")
def trial_command(output: Annotated[Path, typer.Option(help="The folder.")] = Path()) -> None:
    """Make the sheet that shows whether a printer scales, shifts, cuts or flips."""
    write_whole(output, {trial_sheet.FILE_NAME: trial_sheet.test_sheet(font_files())})
    _say(f"{output / trial_sheet.FILE_NAME}: print it on both sides, then do what it says")


@app.command("ticket")
def ticket_command(
    file: Annotated[Path, typer.Argument(help="The booklet's PDF.")],
    scheme: SchemeName = None,
    paper_weight: Weight = 80,
    fit: Fit = False,
    floor: Floor = None,
    one_sided_printer: OneSided = None,
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON, write nothing.")] = False,
    output: Output = None,
) -> None:
    """Make the job ticket: what to print, fold, staple and post, on one page."""
    options = _Options(_scheme(scheme), Paper(paper_weight), fit, floor, one_sided_printer)
    prints = options.sheets([file])[file]
    ticket = _ticket(file, prints, options.stock)
    if json:
        typer.echo(ticket.as_json(), nl=False)
        return
    folder, name = output or file.parent, ticket_name(file.name)
    write_whole(folder, {name: ticket_pdf(ticket, prints[0].booklet, font_files())})
    _say(str(folder / name))
    if missing := [each for each in ticket.files if not (folder / each).exists()]:
        _say(f"  it names {' and '.join(missing)}: make that with `paper sheets`, same options")


@dataclass(frozen=True, slots=True)
class _Options:
    """What was asked of the sheets."""

    scheme: Scheme | None
    stock: Paper
    fit: bool
    floor: float | None
    one_sided: Any

    def sheets(self, files: list[Path]) -> dict[Path, tuple[PrintFile, ...]]:
        """The sheets of every file; `FaultsFound` with the faults of all of them together."""
        made: dict[Path, tuple[PrintFile, ...]] = {}
        problems: list[Problem] = []
        for file in _each_once(files):
            try:
                made[file] = make_sheets(
                    *(file, self.scheme),
                    stock=self.stock,
                    fit=self.fit,
                    floor=self.floor,
                    one_sided=self.one_sided,
                )
            except FaultsFound as error:
                problems.extend(error.problems)
        if problems:
            raise FaultsFound(problems)
        return made


def _scheme(name: str | None) -> Scheme | None:
    return scheme_named(name) if name else None


def _each_once(files: list[Path]) -> tuple[Path, ...]:
    """The files without those that are another's, by another way to write its path."""
    first: dict[Path, Path] = {}
    for file in files:
        first.setdefault(file.resolve(), file)
    return tuple(first.values())


def _write(files: Iterable[tuple[Path, str, bytes]], keep: set[Path]) -> None:
    """Put files into their folders; `WrongUsage` where two would become one, or one of `keep`."""
    folders: dict[Path, dict[str, bytes]] = {}
    for folder, name, content in files:
        into = folders.setdefault(folder.resolve(), {})
        if name.casefold() in map(str.casefold, into):
            raise WrongUsage(
                f"two of these PDFs would both become {folder / name}; make them one at a time,"
                " each with another --output"
            )
        if folder.resolve() / name in keep:
            raise WrongUsage(f"{folder / name} would be written over; choose another --output")
        into[name] = content
    for folder in folders:
        must_be_writable(folder)
    for folder, contents in folders.items():
        write_whole(folder, contents)


def _ticket(file: Path, prints: tuple[PrintFile, ...], stock: Paper) -> Ticket:
    return make_ticket(
        prints[0].pages,
        prints[0].scheme,
        postage=load_postage(),
        today=date.today(),
        files=tuple(each.file_name(file.name) for each in prints),
        instructions=tuple(each.instruction for each in prints),
        notes=prints[0].notes,
        stock=stock,
        finished=prints[0].finished,
    )


def _tell(folder: Path, file: Path, prints: tuple[PrintFile, ...]) -> None:
    for each in prints:
        kilobytes = f"{len(each.pdf) / 1000:.0f} kB"
        _say(f"{folder / each.file_name(file.name)}: {each.sides} sides, {kilobytes}")
        _say(f"  {each.instruction}")
    for words in prints[0].binding:
        _say(f"  {words}")
    for note in prints[0].notes:
        _say(f"  note: {note}")


def _say(words: str) -> None:
    Console(markup=False, highlight=False, soft_wrap=True).print(words)
