"""The commands that look at words: `check BOOKLET` and `check --explain RULE`.

The only place of this part that prints.
"""

from pathlib import Path
from typing import Literal

import typer

from booklet.check.words import check_words
from booklet.check.words.report import as_json, as_page, explained, lines
from booklet.check.words.rules import WORD_RULES
from booklet.manuscript.markup import near
from booklet.problems import ExitCode, WrongUsage

Format = Literal["text", "json"]
EVERY_RULE = "all"


def check_words_command(content: Path, name: str, format: Format = "text") -> None:
    """Print what the rules find in a booklet's words; exit code 1 where there is an error."""
    if not show_words(content, name, format):
        raise typer.Exit(ExitCode.FAULTS)


def show_words(content: Path, name: str, format: Format = "text") -> bool:
    """Print what the rules find in a booklet's words; whether there is no error."""
    report = check_words(content, name)
    if format == "json":
        typer.echo(as_json(report))
    else:
        for line in lines(report):
            typer.echo(line)
    return report.passed


def explain(rule: str) -> None:
    """Print everything about one rule, or with `all` the page docs/words.md."""
    if rule == EVERY_RULE:
        typer.echo(as_page(), nl=False)
        return
    rows = {row.id: row for row in WORD_RULES}
    if rule not in rows:
        raise WrongUsage(f"there is no rule `{rule}`; {near(rule, frozenset(rows))}")
    typer.echo(explained(rows[rule]))
