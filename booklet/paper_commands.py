"""The commands about paper: print sheets, the test sheet, the job ticket."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from booklet.files import write_whole
from booklet.paper import trial_sheet
from booklet.paper.onesided import STACKINGS
from booklet.paper.postage_data import load_postage
from booklet.paper.schemes import SCHEMES, Scheme, scheme_named
from booklet.paper.sheets import TITLE, PrintFile, make_sheets
from booklet.paper.stock import Paper
from booklet.paper.ticket import Ticket, make_ticket
from booklet.paper.ticket_page import ticket_name, ticket_pdf
from booklet.problems import FaultsFound, Problem, WrongUsage
from booklet.typeface import font_files

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Print sheets, a test sheet and a job ticket from finished PDFs.",
)


def _one_of(names: tuple[str, ...], words: str) -> Any:
    def known(value: str) -> str:
        if value not in names:
            raise typer.BadParameter(f"there is no `{value}`; write one of: {', '.join(names)}")
        return value

    return typer.Option(parser=known, metavar="|".join(names), help=words)


Files = Annotated[list[Path], typer.Argument(help="PDFs, ours or other programs'.")]
SchemeName = Annotated[
    str, _one_of(tuple(scheme.name for scheme in SCHEMES), "How pages go on sheets.")
]
Weight = Annotated[
    float, typer.Option("--paper-weight", min=40, max=400, help="Grams a square metre.")
]
Fit = Annotated[
    bool, typer.Option("--fit", help="Make pages smaller where they do not fit, and say so.")
]
Floor = Annotated[
    float | None,
    typer.Option(min=0, help="Smallest text in points with --fit. [default: 12; large print 16]"),
]
OneSided = Annotated[
    str | None,
    _one_of(STACKINGS, "For a printer that prints one side: how sheets lie in its output tray."),
]
Out = Annotated[
    Path | None, typer.Option(help="The folder to write to. [default: beside each PDF]")
]


@app.command("sheets")
def sheets_command(
    files: Files,
    scheme: SchemeName = "booklet",
    paper_weight: Weight = 80,
    fit: Fit = False,
    floor: Floor = None,
    one_sided_printer: OneSided = None,
    out: Out = None,
) -> None:
    """Make print sheets of finished PDFs.

    `booklet` folds A4 to A5, `booklet-a3` folds A3 to A4, `flat` is A4 on both sides stapled at
    the left, `one-side` A4 on one side, `print-shop` single pages with bleed and crop marks.
    """
    chosen, stock = scheme_named(scheme), Paper(paper_weight)
    made = _all_sheets(files, chosen, stock, fit, floor, one_sided_printer)
    written: dict[Path, dict[str, bytes]] = {}
    for file, prints in made.items():
        for each in prints:
            _add(written.setdefault(out or file.parent, {}), each.file_name(file.name), each.pdf)
    for folder, contents in written.items():
        write_whole(folder, contents)
    for file, prints in made.items():
        _tell(out or file.parent, file, prints)


@app.command("test-sheet")
def trial_command(out: Annotated[Path, typer.Option(help="The folder.")] = Path()) -> None:
    """Make the sheet that shows whether a printer scales, shifts, cuts or flips."""
    write_whole(out, {trial_sheet.FILE_NAME: trial_sheet.test_sheet(font_files())})
    _say(f"{out / trial_sheet.FILE_NAME}: print it on both sides, then do what it says")


@app.command("ticket")
def ticket_command(
    file: Annotated[Path, typer.Argument(help="The booklet's PDF.")],
    scheme: SchemeName = "booklet",
    paper_weight: Weight = 80,
    fit: Fit = False,
    floor: Floor = None,
    one_sided_printer: OneSided = None,
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON, write nothing.")] = False,
    out: Out = None,
) -> None:
    """Make the job ticket: what to print, fold, staple and post, on one page."""
    chosen, stock = scheme_named(scheme), Paper(paper_weight)
    prints = _all_sheets([file], chosen, stock, fit, floor, one_sided_printer)[file]
    ticket = _ticket(file, prints, chosen, stock)
    if json:
        typer.echo(ticket.as_json(), nl=False)
        return
    folder, title = out or file.parent, prints[0].title.removeprefix(TITLE)
    write_whole(folder, {ticket_name(file.name): ticket_pdf(ticket, title, font_files())})
    _say(str(folder / ticket_name(file.name)))


def _all_sheets(
    files: list[Path],
    scheme: Scheme,
    stock: Paper,
    fit: bool,
    floor: float | None,
    one_sided: Any,
) -> dict[Path, tuple[PrintFile, ...]]:
    """The sheets of every file; `FaultsFound` with the faults of all of them together."""
    made: dict[Path, tuple[PrintFile, ...]] = {}
    problems: list[Problem] = []
    for file in files:
        try:
            made[file] = make_sheets(
                file, scheme, stock=stock, fit=fit, floor=floor, one_sided=one_sided
            )
        except FaultsFound as error:
            problems.extend(error.problems)
    if problems:
        raise FaultsFound(problems)
    return made


def _ticket(file: Path, prints: tuple[PrintFile, ...], scheme: Scheme, stock: Paper) -> Ticket:
    return make_ticket(
        prints[0].pages,
        scheme,
        postage=load_postage(),
        today=date.today(),
        files=tuple(each.file_name(file.name) for each in prints),
        instructions=tuple(each.instruction for each in prints),
        notes=prints[0].notes,
        stock=stock,
        finished=prints[0].finished,
    )


def _add(folder: dict[str, bytes], name: str, content: bytes) -> None:
    if name in folder:
        raise WrongUsage(f"two of these PDFs would both become {name}; make them one at a time")
    folder[name] = content


def _tell(folder: Path, file: Path, prints: tuple[PrintFile, ...]) -> None:
    for each in prints:
        kilobytes = f"{len(each.pdf) / 1000:.0f} kB"
        _say(f"{folder / each.file_name(file.name)}: {each.sides} sides, {kilobytes}")
        _say(f"  {each.instruction}")
    for note in prints[0].notes:
        _say(f"  note: {note}")


def _say(words: str) -> None:
    Console(markup=False, highlight=False, soft_wrap=True).print(words)
