"""The commands that look at finished PDFs: `check` measures them, `read` says them in words."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from booklet.commands.help import ROOM
from booklet.commands.options import (
    CONTENT,
    OUTPUT,
    Built,
    Content,
    Json,
    Quiet,
    Verbose,
    booklet_argument,
    clinic_option,
    print_json,
    size_option,
)
from booklet.commands.say import cell, say, say_on
from booklet.commands.usual import told_usual
from booklet.editions import size_named
from booklet.messages import counted
from booklet.problems import ExitCode, WrongUsage

if TYPE_CHECKING:
    from rich.console import Console

    from booklet.check.report import Report
    from booklet.checking import Checked
    from booklet.post.carriers import Carrier


@dataclass(frozen=True, slots=True)
class Telling:
    """How much is told of what was found."""

    as_json: bool  # Values for programs and nothing else
    quiet: bool  # Nothing but faults
    verbose: bool  # What passed, too


_COLOURS = {"passed": "green", "failed": "bold red", "not applicable": "dim"}


def check(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        booklet_argument("FILE.pdf|BOOKLET", "PDFs, names of booklets, files of letters."),
    ] = None,
    held: Annotated[str | None, size_option("Size of print it must hold.", "--size")] = None,
    built: Built = OUTPUT,
    as_json: Json = False,
    format: Annotated[
        Literal["text", "json"],
        typer.Option("--format", hidden=True, help="The older name of --json: `--format json`."),
    ] = "text",
    quiet: Quiet = False,
    verbose: Verbose = False,
    clinic: Annotated[
        str | None, clinic_option("Check the words of this clinic's profile as well.")
    ] = None,
    content: Content = CONTENT,
    as_fax: Annotated[
        bool, typer.Option("--as-fax", help="See what a fax picture keeps of the words of PDFs.")
    ] = False,
    carrier: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="See whether a carrier takes PDFs as letters: gov-notify, desk-c5 …",
        ),
    ] = None,
    picture: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT.png", help="With --carrier, page 1 with what must be white in red."
        ),
    ] = None,
    explain: Annotated[
        str | None, typer.Option(metavar="RULE", help="Explain one rule, of PDFs or of words.")
    ] = None,
    rules: Annotated[bool, typer.Option("--rules", help="Print the rules for PDFs.")] = False,
) -> None:
    """Measure finished PDFs, ours or anyone's; of a booklet, its words as well.

    What passes has a line; what falls short is told with its places.
    """
    telling = Telling(as_json or format == "json", quiet, verbose)
    if rules or explain:
        _tell_rules(None if rules else explain)
    elif not files:
        raise typer.BadParameter("name at least one PDF or booklet", param_hint="FILE.pdf|BOOKLET")
    elif carrier or picture:
        from booklet.post.carriers import carrier_named, carriers_of

        asked = _for_whom(files, carrier, picture)
        _check_carrier(files, carrier_named(asked, carriers_of(content, clinic)), picture, telling)
    elif as_fax:
        _check_as_fax(files, telling)
    else:
        from booklet import checking

        wanted = size_named(held) if held else None
        checked = checking.check(files, content, built, date.today(), wanted, clinic)
        if telling.as_json:
            print_json(checked.as_values())
        elif quiet:
            _show_faults(checked, built)
        else:
            if usual := told_usual(context):
                say(usual)
            _show(checked, built, whole=verbose)
        if not checked.passed:
            raise typer.Exit(ExitCode.FAULTS)


def _tell_rules(explain: str | None) -> None:
    """Print one rule, or a page of many: by its name, or that of the rules for PDFs."""
    from booklet.check.explain import (
        explained,
        page_of_pdf_rules,
        page_of_word_rules,
        page_of_wordings,
    )

    pages = {None: page_of_pdf_rules, "all": page_of_word_rules, "wordings": page_of_wordings}
    if explain in pages:
        say(pages[explain](), nl=False)
    else:
        from booklet.post.carrier_check import CARRIER_RULES

        say(explained(explain or "", CARRIER_RULES))


def _check_as_fax(files: list[Path], telling: Telling) -> None:
    """What a fax picture keeps of each file; all are looked at before one stops the run."""
    from booklet.check import fax_report
    from booklet.check.as_fax import check_as_fax
    from booklet.check.inspected_pdf import CannotRead

    reports, unread = [], []
    for file in files:
        try:
            reports.append(check_as_fax(file))
        except CannotRead as error:
            unread.append(f"{error}.")
    if telling.as_json:
        print_json({"files": [fax_report.as_values(each) for each in reports], "unread": unread})
    else:
        for report in reports:
            if not (telling.quiet and report.passed):
                say("\n".join(fax_report.lines(report)))
        for words in unread:
            say(words, err=True)
    if unread or not all(each.passed for each in reports):
        raise typer.Exit(ExitCode.FAULTS)


def _check_carrier(
    files: list[Path], carrier: "Carrier", picture: Path | None, telling: Telling
) -> None:
    """Whether a carrier takes each file; all are looked at before one stops the run."""
    from booklet.files import write_whole
    from booklet.post.carrier_check import as_values, lines, measured

    of_runs = {} if picture else _of_runs(files, carrier)
    found = [
        measured(file, carrier, draw=picture is not None) for file in files if file not in of_runs
    ]
    reports = [report for report, _ in found]
    if telling.as_json:
        told = {"files": [as_values(each, carrier) for each in reports]}
        print_json(told | ({"of_runs": [*of_runs.values()]} if of_runs else {}))
    else:
        for each in () if telling.quiet else of_runs.values():
            say(
                f"{each['name']}: {counted(each['letters'], 'letter')} of run {each['run']}, "
                f"as they were made: each was held against {carrier.title} then, and taken."
            )
        for report in reports:
            if not (telling.quiet and report.passed):
                say("\n".join(lines(report, carrier, whole=telling.verbose)))
    drawn = found[0][1] if found else b""
    if picture and drawn:
        write_whole(picture.parent, {picture.name: drawn})
    if not all(each.passed for each in reports):
        raise typer.Exit(ExitCode.FAULTS)


def _of_runs(files: list[Path], carrier: "Carrier") -> dict[Path, dict[str, Any]]:
    """The files with many letters that a run made for this carrier, with what is known of them."""
    from booklet.post.stored import letters_of_run

    known = ((file, letters_of_run(file)) for file in files)
    found = {file: each for file, each in known if each}
    for file, each in found.items():
        if each.run.carrier != carrier.name:
            raise WrongUsage(
                f"{file} has {counted(each.letters, 'letter')} of run {each.run.id}, which was "
                f"made for {each.run.carrier}; for another carrier, make them anew"
            )
    return {
        file: {
            **{"name": file.name, "carrier": carrier.name, "passed": True},
            **{"run": each.run.id, "letters": each.letters},
        }
        for file, each in found.items()
    }


def _for_whom(files: list[Path], carrier: str | None, picture: Path | None) -> str:
    """The name of the carrier; stops where there is none, no file, or no one page to draw."""
    if carrier is None:
        raise typer.BadParameter("say for whom, with --carrier NAME", param_hint="--picture")
    if picture and len(files) > 1:
        raise typer.BadParameter("name one file; the picture is of its page 1", param_hint="FILE")
    if picture and picture.suffix.lower() != ".png":
        raise typer.BadParameter(f"{picture} must end in .png", param_hint="--picture")
    for file in files:
        if not file.suffix and not file.exists():
            raise WrongUsage(f"there is no file `{file}`; name PDFs, such as those in {OUTPUT}")
    return carrier


def _show(checked: "Checked", built: Path, *, whole: bool) -> None:
    """What was found, for people: words, who answers, PDFs, what is old or missing."""
    from booklet.check import words_report

    for words in checked.words:
        say("\n".join(words_report.lines(words, whole=whole)))
    said = (each.sentence() for each in checked.statuses)
    for line in (*said, *checked.doubts, *checked.days):
        say(line)
    for report in checked.files:
        _show_report(report, whole=whole)
    for copy in checked.copies:
        say(copy)
    _show_not_built(checked, built)
    if not whole:
        say(
            "With --verbose, every rule, the reading ages and the questions for a person are shown."
        )


def _show_faults(checked: "Checked", built: Path) -> None:
    """What has to be put right, and nothing else."""
    days = (day for day in checked.days if day.severity == "error")
    for problem in (
        *(each for words in checked.words for each in words.errors),
        *checked.doubts,
        *days,
    ):
        say(problem)
    for report in checked.files:
        if not report.passed:
            _show_report(report, whole=False)
    _show_not_built(checked, built)


def _show_not_built(checked: "Checked", built: Path) -> None:
    for name in checked.not_built:
        say(
            f"{name}: there is no PDF of it in {built}, so none was measured; build it with "
            f"`booklet build {name}`, or say where its PDFs are with --built"
        )


def _show_report(report: "Report", *, whole: bool) -> None:
    """Prints the report on a PDF: a table on a terminal with room for it, plain lines elsewhere."""
    from rich.console import Console

    from booklet.check import pdf_report

    console = Console()
    has_room = console.is_terminal and console.width >= ROOM
    if has_room and report.findings and (whole or not report.passed):
        _show_table(report, console, whole=whole)
    else:
        say("\n".join(pdf_report.lines(report, whole=whole)))


def _show_table(report: "Report", console: "Console", *, whole: bool) -> None:
    from rich.table import Table

    from booklet.check.pdf_report import FOR_A_PERSON, heading, places, rows, verdict

    table = Table(title=cell(heading(report)), title_justify="left", show_lines=True)
    for title in ("Rule", "Measured", "Limit", "Source"):
        table.add_column(title, overflow="fold")
    for rule, finding in rows(report, whole=whole):
        colour = _COLOURS[finding.verdict]
        table.add_row(
            f"[{colour}]{finding.verdict}[/]\n{cell(rule.checks)}",
            cell("\n".join((finding.measured, *(f"- {text}" for text in places(finding))))),
            cell(rule.limit),
            cell(rule.source),
        )
    console.print(table)
    tell = say_on(console)
    if whole:
        tell("\nFor a person to check:")
        for question in FOR_A_PERSON:
            tell(f"  - {question}")
    tell(f"\n{verdict(report)}")


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help="A finished PDF.")],
    pages: Annotated[bool, typer.Option(help="Say where a new page begins.")] = False,
) -> None:
    """Print what a screen reader would say of a finished PDF, in order."""
    from booklet.check.inspected_pdf import CannotRead
    from booklet.check.read import said_of
    from booklet.pdf.guarded import STRANGERS, TooMuch, in_child

    try:
        lines, has_structure = in_child(said_of, file, pages, limits=STRANGERS)
    except (CannotRead, TooMuch) as error:
        told = error if isinstance(error, CannotRead) else f"{file.name} cannot be read: {error}"
        say(f"{str(told).rstrip('.')}.", err=True)
        raise typer.Exit(ExitCode.FAULTS) from error
    say("\n".join(lines))
    if not has_structure:
        raise typer.Exit(ExitCode.FAULTS)
