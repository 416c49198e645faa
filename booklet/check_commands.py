"""The commands that look at finished PDFs: `check` measures them, `read` says them aloud in words.

The only place of this part that prints.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from booklet.check import CannotRead, Report, check_file
from booklet.check.evidence import read_evidence
from booklet.check.read import speak, transcript
from booklet.check.report import FOR_A_PERSON, as_json, lines, places, verdict
from booklet.check.rules import as_page
from booklet.editions import SIZES, size_named
from booklet.problems import ExitCode, WrongUsage

Format = Literal["text", "json"]
SizeName = Annotated[
    str | None,
    typer.Option("--size", help=f"Size of print it must hold: {', '.join(s.name for s in SIZES)}."),
]

_COLOURS = {"passed": "green", "failed": "bold red", "not applicable": "dim"}


def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE.pdf|BOOKLET…", help="PDFs, ours or anyone's, or the names of booklets."
        ),
    ] = None,
    size: SizeName = None,
    output: Annotated[Path, typer.Option(help="Where booklets' PDFs are.")] = Path("output"),
    format: Annotated[
        Format, typer.Option("--format", help="For people or for programs.")
    ] = "text",
    rules: Annotated[bool, typer.Option("--rules", help="Print the table of rules.")] = False,
) -> None:
    """Measure finished PDFs, ours or anyone's, against the rules of accessible print."""
    if size is not None and size not in {row.name for row in SIZES}:
        raise typer.BadParameter(f"there is no size {size!r}", param_hint="--size")
    if rules:
        typer.echo(as_page(), nl=False)
        return
    if not files:
        raise typer.BadParameter("name at least one PDF", param_hint="FILE.pdf")
    wanted = size_named(size) if size else None
    reports = tuple(
        check_file(file, size=wanted) for name in files for file in _finished(name, output)
    )
    if format == "json":
        typer.echo(as_json(reports))
    else:
        show_reports(reports)
    if not all(report.passed for report in reports):
        raise typer.Exit(ExitCode.FAULTS)


def _finished(name: Path, output: Path) -> tuple[Path, ...]:
    """A file as it is; of a booklet, every PDF to read that was built of it."""
    if name.suffix or name.exists():
        return (name,)
    built = sorted(output.glob(f"{name}_*.pdf"))
    found = tuple(file for file in built if "_PRINT-" not in file.name)
    if not found:
        raise WrongUsage(f"there is no file {name}, and no PDF of a booklet {name} in {output}")
    return found


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE.pdf", help="A finished PDF.")],
    pages: Annotated[bool, typer.Option(help="Say where a new page begins.")] = False,
) -> None:
    """Print what a screen reader would say of a finished PDF, in order."""
    try:
        evidence = read_evidence(file.read_bytes(), file.name, None)
    except OSError as error:
        typer.echo(f"{file.name} cannot be opened: {error.strerror}.", err=True)
        raise typer.Exit(ExitCode.FAULTS) from error
    except CannotRead as error:
        typer.echo(f"{error}.", err=True)
        raise typer.Exit(ExitCode.FAULTS) from error
    labels = evidence.document.labels if pages else ()
    for line in transcript(speak(evidence), labels):
        typer.echo(line)
    if evidence.tree is None:
        raise typer.Exit(ExitCode.FAULTS)


def show_reports(reports: Iterable[Report], console: Console | None = None) -> None:
    """Prints reports: a table on a terminal, plain lines anywhere else."""
    console = console or Console()
    for report in reports:
        if console.is_terminal and not report.unread:
            _show_table(report, console)
        else:
            for line in lines(report):
                typer.echo(line)


def _show_table(report: Report, console: Console) -> None:
    title = f"{report.name}, {report.pages} pages, smallest print allowed {report.floor:g} pt"
    table = Table(title=escape(title), title_justify="left", show_lines=True)
    for heading in ("Rule", "Measured", "Limit", "Source"):
        table.add_column(heading, overflow="fold")
    for finding in report.findings:
        short = "\n".join(escape(f"- {text}") for text in places(finding))
        colour = _COLOURS[finding.verdict]
        table.add_row(
            f"[{colour}]{finding.verdict}[/]\n{escape(finding.checks)}",
            escape(finding.measured) + (f"\n{short}" if short else ""),
            escape(finding.limit),
            escape(finding.source),
        )
    console.print(table)
    console.print("\nFor a person to check:", style="bold")
    for question in FOR_A_PERSON:
        console.print(f"  - {question}", highlight=False)
    console.print(f"\n{escape(verdict(report))}", highlight=False)
