"""The commands of Mail: a letter and a booklet to each person of a list, and what became of them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from booklet.commands.help import PlainCommand, PlainGroup
from booklet.commands.options import (
    CONTENT,
    OUTPUT,
    Content,
    Json,
    Quiet,
    booklet_argument,
    clinic_option,
    one_of,
    print_json,
    size_option,
)
from booklet.editions import AUDIENCES, size_named
from booklet.messages import counted
from booklet.problems import shown

if TYPE_CHECKING:
    from booklet.post.ledger import Ledger
    from booklet.post.mailing import Rehearsed, Sampled
    from booklet.post.order import MailOrder
    from booklet.post.run import Done, Means

_RUN = "run"
_WAY_NAMES = ("stream", "files", "letters")
_LONG = "A line of what is made is told for each form up to so many forms."


class _RunUnlessTold(PlainGroup):
    """Arguments that name no command are meant for a run; the help shows its options too."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, "--help", "-h"):
            args = [_RUN, *args]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        super().format_help(ctx, formatter)
        run = self.commands[_RUN]
        run.format_help(type(ctx)(run, info_name="", parent=ctx), formatter)


app = typer.Typer(
    cls=_RunUnlessTold,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Write to each person of a list, with their booklet, in the form they need.",
)

_LIST, _SENT, _TRY = "Who, and what", "How it is sent", "To try it, or to do it again"
Output = Annotated[Path, typer.Option(help="The folder of finished files.")]


def _carrier(name: str) -> str:
    return name


@app.command(_RUN, cls=PlainCommand, hidden=True)
def run(
    recipients: Annotated[
        Path, typer.Argument(metavar="LIST", help="The people, as CSV or a spreadsheet.")
    ],
    letter: Annotated[
        str,
        typer.Option(metavar="NAME", help="A letter below content/letters.", rich_help_panel=_LIST),
    ],
    clinic: Annotated[str | None, clinic_option("The profile of the clinic that writes.")] = None,
    booklet: Annotated[
        str, typer.Option(metavar="NAME", help="The booklet for rows that name none.")
    ] = "",
    carrier: Annotated[
        str, typer.Option(metavar="NAME", help="Who carries it: see docs/carriers.md.")
    ] = "desk-c5",
    way: Annotated[
        str,
        one_of(_WAY_NAMES, "One print stream, a file a person, or letters alone.", "--as"),
    ] = "stream",
    audience: Annotated[
        str, one_of(AUDIENCES, "The reader for rows that name none.")
    ] = AUDIENCES[0],
    size: Annotated[str | None, size_option("The size for rows that need none.")] = None,
    language: Annotated[
        str, typer.Option(metavar="TAG", help="The language for rows that name none.")
    ] = "en",
    columns: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What your columns are called.")
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Drafts of booklets too, marked on every page.")
    ] = False,
    international: Annotated[
        bool, typer.Option("--international", help="Addresses abroad too.")
    ] = False,
    sheet_marks: Annotated[
        bool, typer.Option("--sheet-marks", help="Marks that tell which envelope a sheet is for.")
    ] = False,
    one_sided: Annotated[
        bool, typer.Option("--one-sided", help="For a printer that prints one side.")
    ] = False,
    articles_for_the_blind: Annotated[
        bool,
        typer.Option("--articles-for-the-blind", help="Booklets of 16 point and up go free."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Make and check all of it, and write nothing.")
    ] = False,
    sample: Annotated[
        int | None,
        typer.Option(min=1, metavar="NUMBER", help="So many letters, the shortest and the longest."),
    ] = None,
    skip_bad: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Leave rows with faults out, and write them there."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a run that was stopped.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Write once more to people who got this letter.")
    ] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="NUMBER", help="How many letters at once.")
    ] = None,
    output: Output = OUTPUT,
    content: Content = CONTENT,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Make a letter for each row of a list, with the booklet and in the size this person needs."""
