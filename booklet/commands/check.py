"""The commands that look at finished PDFs: `check` measures them, `read` says them aloud in words.

The only place of this part that prints.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from booklet.check import CannotRead, Report, check_file
from booklet.check.inspected_pdf import read_evidence
from booklet.check.read import speak, transcript
from booklet.check.report import FOR_A_PERSON, as_json, lines, places, verdict
from booklet.check.rule import counted
from booklet.check.rules import RULES, as_page
from booklet.check.words import WordReport, check_words
from booklet.check.words import report as words_report
from booklet.check.words.rules import WORD_RULES
from booklet.content.load import booklet_names
from booklet.content.suggestion import close_to
from booklet.content.translation_folder import parted
from booklet.editions import SIZES, size_named
from booklet.problems import ExitCode, Problem, WrongUsage
from booklet.provenance.stale_pdfs import warnings
from booklet.review.state import Stand, where

Format = Literal["text", "json"]
SizeName = Annotated[
    str | None,
    typer.Option(
        "--size", metavar="|".join(row.name for row in SIZES), help="Size of print it must hold."
    ),
]

_NEAR = 0.75
"""How much of a rule's name has to be right to be meant, between 0 and 1."""

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
    clinic: Annotated[
        str | None, typer.Option(help="Check the words of this clinic's profile as well.")
    ] = None,
    content: Annotated[Path, typer.Option(help="The content folder.")] = Path("content"),
    explain: Annotated[
        str | None, typer.Option(metavar="RULE", help="Explain one rule, of PDFs or of words.")
    ] = None,
    rules: Annotated[bool, typer.Option("--rules", help="Print the rules for PDFs.")] = False,
) -> None:
    """Measure finished PDFs, ours or anyone's; of a booklet, its words as well."""
    if size is not None and size not in {row.name for row in SIZES}:
        known = ", ".join(row.name for row in SIZES)
        raise typer.BadParameter(f"there is no size {size!r}; write {known}", param_hint="--size")
    if rules or explain:
        typer.echo(as_page() if rules else _explained(str(explain)), nl=False)
        return
    if not files:
        raise typer.BadParameter("name at least one PDF or booklet", param_hint="FILE.pdf|BOOKLET")
    names = [str(name) for name in files if str(name) in booklet_names(content)]
    words = tuple(check_words(content, name, clinic=clinic) for name in names)
    stands = tuple(where(content, name, date.today()) for name in names)
    days = tuple(day for each in stands if (day := each.day_problem()))
    wanted = size_named(size) if size else None
    built = {stand.name: _built(stand, output) for stand in stands}
    unbuilt = tuple(name for name, pdfs in built.items() if not pdfs)
    found = [file for name in files for file in built.get(str(name)) or _itself(name, names)]
    copies = tuple(each for stand in stands for each in warnings(stand, built[stand.name], output))
    reports = tuple(check_file(file, size=wanted) for file in found)
    if format == "json":
        typer.echo(_as_json(reports, words, stands, days, unbuilt, copies))
    else:
        for each in words:
            typer.echo("\n".join(words_report.lines(each)))
        for line in (*(stand.sentence() for stand in stands), *_behind(stands), *days):
            typer.echo(line)
        show_reports(reports)
        for copy in copies:
            typer.echo(copy)
        for name in unbuilt:
            typer.echo(
                f"{name}: there is no PDF of it in {output}, so none was measured; build it with "
                f"`build {name}`, or say where its PDFs are with --output"
            )
    if unbuilt or not _all_passed(reports, words, days):
        raise typer.Exit(ExitCode.FAULTS)


def _behind(stands: tuple[Stand, ...]) -> tuple[str, ...]:
    """Of each translation that is behind its original, how far."""
    found = (each.translated.warning for each in stands if each.translated)
    return tuple(f"warning: {words}" for words in found if words)


def _all_passed(
    reports: tuple[Report, ...], words: tuple[WordReport, ...], days: tuple[Problem, ...]
) -> bool:
    in_time = all(day.severity != "error" for day in days)
    return in_time and all([*(each.passed for each in reports), *(each.passed for each in words)])


def _as_json(
    reports: tuple[Report, ...],
    words: tuple[WordReport, ...],
    stands: tuple[Stand, ...],
    days: tuple[Problem, ...],
    unbuilt: tuple[str, ...],
    copies: tuple[Problem, ...],
) -> str:
    """One object: what `as_json` says of the files, of each booklet's words, and who answers."""
    whole = json.loads(as_json(reports))
    whole["words"] = [json.loads(words_report.as_json(each)) for each in words]
    whole["states"] = [
        {"booklet": each.name, "state": each.standing.state, "said": each.sentence()}
        for each in stands
    ]
    for key, found in (("days", days), ("copies", copies)):
        whole[key] = [asdict(each) | {"file": each.file.as_posix()} for each in found]
    whole["translations_behind"] = list(_behind(stands))
    whole["not_built"] = list(unbuilt)
    whole["passed"] = not unbuilt and _all_passed(reports, words, days)
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _explained(name: str) -> str:
    """All there is to say about a rule; `all` gives the page docs/words.md."""
    if name == "all":
        return words_report.as_page()
    for_words = {rule.id: rule for rule in WORD_RULES}
    for_files = {rule.id: rule for rule in RULES}
    if name in for_words:
        return words_report.explained(for_words[name]) + "\n"
    if name in for_files:
        rule = for_files[name]
        return (
            f"{rule.id}\n  what:    {rule.checks}\n  limit:   {rule.limit}\n"
            f"  source:  {rule.source}\n  why:     {rule.why}\n"
        )
    meant = close_to(name, {**for_words, **for_files}, _NEAR)
    raise WrongUsage(
        f"there is no rule `{name}`; "
        + (f"did you mean `{meant}`?" if meant else "`check --rules` and docs/words.md list them")
    )


def _itself(name: Path, booklets: list[str]) -> tuple[Path, ...]:
    """A file as it is; nothing of a booklet."""
    if str(name) in booklets:
        return ()
    if not name.suffix and not name.exists():
        raise WrongUsage(f"there is no file and no booklet `{name}`")
    return (name,)


def _built(stand: Stand, output: Path) -> tuple[Path, ...]:
    """Every PDF to read that was built of a booklet, in the language it is written in."""
    original, _ = parted(stand.name)
    built = sorted(output.glob(f"{original}_*_{stand.language.code}_*.pdf"))
    return tuple(file for file in built if "_PRINT-" not in file.name)


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
    pages = counted(report.pages, "page")
    title = f"{report.name}, {pages}, smallest print allowed {report.floor:g} pt"
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
