"""The command: arguments in, progress and a table out, an exit code."""

import signal
import sys
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from typer.core import TyperGroup

from booklet import __version__
from booklet.build import BuiltFile, Order, build
from booklet.commands import check as check_commands
from booklet.commands import preview as preview_commands
from booklet.commands import print as paper_commands
from booklet.commands import review as answer_commands
from booklet.commands import writing as writing_commands
from booklet.commands.options import one_of
from booklet.editions import AUDIENCES, SIZES
from booklet.problems import BookletError, ExitCode, FaultsFound
from booklet.provenance.manifest import ENDING
from booklet.review.release_policy import ReleaseMode

COMMAND = "build"
SIZE_NAMES = tuple(size.name for size in SIZES)


def _content_of(args: list[str]) -> Path:
    """The content folder that arguments name, before anybody has read them."""
    words = [word for argument in args for word in argument.split("=", 1)]
    named = (value for option, value in pairwise(words) if option == "--content")
    return Path(next(named, "content"))


class _BuildUnlessTold(TyperGroup):
    """Arguments that name no command are meant for `build`; the help shows its options too."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        first = args[0] if args else ""
        meant = get_close_matches(first, self.commands, n=1, cutoff=0.75)
        if first == "help":
            args = ["--help", *args[1:]]
        elif first not in self.commands and meant and not (_content_of(args) / first).is_dir():
            ctx.fail(f"there is no command `{first}`; did you mean `{meant[0]}`?")
        elif first not in (*self.commands, "--help", "-h", "--version"):
            args = [COMMAND, *args]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        super().format_help(ctx, formatter)
        build = self.commands[COMMAND]
        build.format_help(type(ctx)(build, info_name=f"[{COMMAND}]", parent=ctx), formatter)


app = typer.Typer(
    cls=_BuildUnlessTold,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Build accessible booklets for patients and families, in standard and large print "
    "and as web pages. "
    "Without a command, it builds everything.",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        Console().print(f"Booklet builder {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Say the version."),
    ] = False,
) -> None:
    """Options of the program itself."""


Booklets = Annotated[
    list[str] | None,
    typer.Argument(help="Folders below the content folder. [default: every booklet]"),
]
Readers = Annotated[
    list[str] | None, one_of(AUDIENCES, "The reader; may be given twice. [default: both]")
]
Sizes = Annotated[
    list[str] | None,
    one_of(SIZE_NAMES, "The size; may be given several times. [default: standard, large]"),
]
Clinic = Annotated[
    str | None,
    typer.Option(help="A profile below content/clinics. [default: lines to fill in by hand]"),
]
Sheets = Annotated[bool, typer.Option("--sheets", help="Make print sheets beside each PDF.")]
Output = Annotated[Path, typer.Option(help="Where the files go.")]
Content = Annotated[Path, typer.Option(help="The content folder.")]


@app.command(COMMAND)
def build_command(
    booklet: Booklets = None,
    audience: Readers = None,
    size: Sizes = None,
    clinic: Clinic = None,
    sheets: Sheets = False,
    output: Output = Path("output"),
    content: Content = Path("content"),
) -> None:
    """Build the booklets as PDF, with a web page for each reader.

    Examples: `python make_booklet.py` builds all of them;
    `python make_booklet.py aml-relapse --audience family --size large` builds one.
    """
    order = _order(content, output, booklet, audience, size)
    _made(replace(order, clinic=clinic, sheets=sheets))


@app.command("release")
def release_command(
    booklet: Annotated[list[str], typer.Argument(help="Folders below the content folder.")],
    draft: Annotated[
        bool, typer.Option("--draft", help="Drafts too, with a mark on every page.")
    ] = False,
    audience: Readers = None,
    size: Sizes = None,
    clinic: Clinic = None,
    sheets: Sheets = False,
    output: Output = Path("output"),
    content: Content = Path("content"),
) -> None:
    """Build the booklets to give out: those whose very words are approved, and no others.

    Example: `python make_booklet.py release aml-relapse`
    """
    order = _order(content, output, booklet, audience, size)
    mode: ReleaseMode = "release as draft" if draft else "release"
    _made(replace(order, clinic=clinic, sheets=sheets, mode=mode))


def _order(
    content: Path,
    output: Path,
    booklets: list[str] | None,
    audiences: list[str] | None,
    sizes: list[str] | None,
) -> Order:
    """The order that these names make, as of today."""
    return Order(
        content=content,
        output=output,
        booklets=tuple(booklets or ()),
        audiences=tuple(each for each in AUDIENCES if not audiences or each in audiences),
        sizes=tuple(
            each for each in SIZES if (each.name in sizes if sizes else each.built_by_default)
        ),
        today=date.today(),
    )


def _made(order: Order) -> None:
    """Make the files of the order and show them."""
    console = Console()
    _show(_with_progress(order, console), order.output, console)


def _with_progress(order: Order, console: Console) -> tuple[BuiltFile, ...]:
    """Build, with a bar on a terminal and a plain line a file elsewhere."""

    def say(words: str) -> None:
        console.print(words, soft_wrap=True, markup=False, highlight=False)

    if not console.is_terminal:
        return build(order, lambda made, of: console.print(f"set {made.name}", soft_wrap=True), say)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Setting the booklets", total=None)

        def advance(made: BuiltFile, of: int) -> None:
            progress.update(task, advance=1, total=of, description=made.name)

        return build(order, advance, say)


def _show(made: tuple[BuiltFile, ...], output: Path, console: Console) -> None:
    """What was made: a table on a terminal, a line a file elsewhere; then what to know of it."""
    rows = [
        (str(output / each.name), _extent(each), f"{len(each.content) / 1000:.0f}") for each in made
    ]
    if console.is_terminal:
        table = Table("File", "Extent", title="Booklets", title_justify="left")
        table.add_column("kB", justify="right")
        for row in rows:
            table.add_row(*row)
        console.print(table)
    else:
        for file, extent, size in rows:
            console.print(f"{file}  {extent}  {size} kB", soft_wrap=True)
    for advice in dict.fromkeys(each.advice for each in made if each.advice):
        names = ", ".join(each.name for each in made if each.advice == advice)
        console.print(f"To print {names}:", soft_wrap=True, markup=False)
        for words in advice:
            console.print(f"  {words}", soft_wrap=True, markup=False)
    for old in _old_sheets(made, output):
        console.print(
            f"Older than its booklet: {old}; build with --sheets to renew it", soft_wrap=True
        )


def _extent(made: BuiltFile) -> str:
    """How much of it there is: pages to read, sides to print, or a web page."""
    if made.pages is None:
        return "manifest" if made.name.endswith(ENDING) else "web page"
    return f"{made.pages} {'sides' if made.is_sheets else 'pages'}"


def _old_sheets(made: tuple[BuiltFile, ...], output: Path) -> list[Path]:
    """Print sheets that an earlier build left beside a PDF made anew."""
    new = {output / each.name for each in made}
    stems = [Path(each.name).stem for each in made if each.name.endswith(".pdf")]
    return [old for stem in stems for old in output.glob(f"{stem}_PRINT-*.pdf") if old not in new]


app.command("check")(check_commands.check)
app.command("read")(check_commands.read)
app.command("new")(writing_commands.new)
app.command("preview")(preview_commands.preview)
app.command("schema")(writing_commands.schema)
app.command("translations")(writing_commands.translations)
app.command("review")(answer_commands.review_command)
app.command("approve")(answer_commands.approve_command)
app.command("withdraw")(answer_commands.withdraw_command)
app.command("history")(answer_commands.history_command)
app.command("identify")(answer_commands.identify_command)
app.add_typer(paper_commands.app, name="paper")


class _Stopped(BaseException):
    """The person at the keyboard, or the machine, ended the run.

    Libraries that try several ways, and catch every `Exception` of the first, must not catch it.
    """


def _stop(signal_number: int, frame: FrameType | None) -> None:
    raise _Stopped


def main() -> None:
    """Run the command and leave with its exit code; never with a traceback for a mistake."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    errors = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
    try:
        app()
    except FaultsFound as error:
        for problem in error.problems:
            errors.print(str(problem))
        count = len(error.problems)
        errors.print(f"{count} {'fault' if count == 1 else 'faults'}; nothing was changed.")
        sys.exit(error.exit_code)
    except BookletError as error:
        errors.print(f"error: {error}")
        sys.exit(error.exit_code)
    except _Stopped:
        errors.print("stopped; nothing was changed")
        sys.exit(ExitCode.STOPPED)
