"""The commands of Mail: a letter and a booklet to each person of a list, and what became of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from booklet.commands.help import PlainCommand, PlainGroup
from booklet.commands.mail_options import (
    CARRIER,
    WAY_NAMES,
    WRITES,
    Again,
    Anyway,
    Booklet,
    CarrierName,
    Columns,
    Draft,
    DryRun,
    ForTheBlind,
    InkName,
    International,
    Language,
    LetterAlone,
    LetterName,
    OneSided,
    Output,
    People,
    Reader,
    Resume,
    Sample,
    Sender,
    Sheet,
    SheetMarks,
    Size,
    SkipBad,
    Way,
    Workers,
)
from booklet.commands.mail_told import run_values, tell_done, tell_rehearsal, tell_sample
from booklet.commands.options import (
    CONTENT,
    OUTPUT,
    Cluster,
    Content,
    Json,
    Quiet,
    clinic_option,
    day_option,
    print_json,
)
from booklet.commands.say import say
from booklet.editions import AUDIENCES, ink_named, size_named
from booklet.messages import counted
from booklet.problems import ExitCode

if TYPE_CHECKING:
    from booklet.post.ledger import Ledger
    from booklet.post.run import Means

_RUN = "run"
NEAR = 0.75
"""How much of a command's name has to be right to be meant, between 0 and 1."""


class _RunUnlessTold(PlainGroup):
    """Arguments that name no command are meant for a run; the help shows its options too."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        first = args[0] if args else ""
        meant = get_close_matches(first, self.commands, n=1, cutoff=NEAR)
        if meant and first not in self.commands and not Path(first).exists():
            ctx.fail(f"there is no list `{first}`; did you mean `mail {meant[0]}`?")
        if first and first not in (*self.commands, "--help", "-h"):
            args = [_RUN, *args]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        super().format_help(ctx, formatter)
        run = self.commands[_RUN]
        run.format_help(run.context_class(run, parent=ctx), formatter)


class _RunContext(typer.Context):
    """A run as it is typed: `booklet mail LIST`, without a name of its own."""

    @property
    def command_path(self) -> str:
        return self.parent.command_path if self.parent else ""


class _RunCommand(PlainCommand):
    context_class = _RunContext


app = typer.Typer(
    cls=_RunUnlessTold,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Write to each person of a list, with their booklet, in the form they need.",
)


@app.command(_RUN, cls=_RunCommand, hidden=True)
def run(
    recipients: People,
    letter: LetterName = "",
    clinic: Sender = None,
    booklet: Booklet = "",
    letter_alone: LetterAlone = False,
    audience: Reader = AUDIENCES[0],
    size: Size = None,
    language: Language = "en",
    columns: Columns = None,
    sheet: Sheet = None,
    draft: Draft = False,
    international: International = False,
    carrier: CarrierName = CARRIER,
    way: Way = WAY_NAMES[0],
    ink: InkName = None,
    sheet_marks: SheetMarks = False,
    one_sided: OneSided = False,
    articles_for_the_blind: ForTheBlind = False,
    dry_run: DryRun = False,
    sample: Sample = None,
    skip_bad: SkipBad = None,
    resume: Resume = False,
    again: Again = False,
    workers: Workers = None,
    cluster: Cluster = None,
    output: Output = OUTPUT,
    content: Content = CONTENT,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Make a letter for each row of a list, with the booklet and in the size this person needs.

    Nothing is made while a row has a fault, and nobody gets the same letter with the same booklet
    twice.

    Example: `booklet mail content/letters/appointment.csv --letter appointment --clinic example
    --booklet aml-relapse --draft --carrier desk-c4 --dry-run`
    """
    if booklet and letter_alone:
        message = f"with --letter-alone no booklet goes out; leave it or --booklet {booklet} away"
        raise typer.BadParameter(message, param_hint="--letter-alone")
    from booklet.post import mailing
    from booklet.post.order import WAYS, MailOrder

    order = MailOrder(
        recipients=recipients,
        letter=letter,
        clinic=clinic or "",
        booklet=booklet,
        carrier=carrier,
        content=content,
        output=output,
        today=date.today(),
        way=next(each for each in WAYS if each == way),
        audience=next(each for each in AUDIENCES if each == audience),
        size=size_named(size) if size else None,
        language=language,
        columns=columns,
        sheet=sheet,
        ink=ink_named(ink) if ink else None,
        alone=letter_alone,
        draft=draft,
        marks=sheet_marks,
        one_sided=one_sided,
        international=international,
        articles_for_the_blind=articles_for_the_blind,
        skipped=skip_bad,
    )
    with _progress(quiet or as_json) as tell, _means(workers, tell, cluster) as means:
        if sample:
            sampled = mailing.sample(order, sample, means)
        elif dry_run:
            rehearsed = mailing.rehearse(order, means, resume=resume, again=again)
        else:
            done = mailing.mail(order, means, resume=resume, again=again)
    if sample:
        tell_sample(sampled, order, quiet, as_json)
    elif dry_run:
        tell_rehearsal(rehearsed, order, quiet, as_json)
        _must_have_letters(rehearsed.counts.letters)
    else:
        tell_done(done, skip_bad, quiet, as_json)
        _must_have_letters(done.account["letters"])


@app.command("recall", cls=PlainCommand)
def recall(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The code on the back cover.")],
    recipients: Annotated[
        Path | None,
        typer.Option("--list", metavar="LIST", help="The people, to write to those who got it."),
    ] = None,
    letter: Annotated[str, typer.Option(metavar="NAME", help="The letter to them.")] = "",
    clinic: Annotated[str | None, clinic_option(WRITES)] = None,
    carrier: CarrierName = CARRIER,
    columns: Columns = None,
    skip_bad: SkipBad = None,
    resume: Resume = False,
    again: Again = False,
    anyway: Anyway = False,
    output: Output = OUTPUT,
    content: Content = CONTENT,
    as_json: Json = False,
) -> None:
    """Tell how many people got words of a code, and write to those of a list who did.

    Nobody is written to while the words are not withdrawn.

    Example: `booklet mail recall 7K2M-9QXA --list list.csv --letter withdrawn --clinic example`
    """
    from booklet.post.recall import must_be_withdrawn, recalled

    with _ledger(output) as ledger:
        found = recalled(ledger, code, content, output, date.today())
    if not as_json:
        say("\n".join(found.lines()))
    elif not recipients:
        print_json(found.as_values())
    if not recipients:
        return
    if not anyway:
        must_be_withdrawn(found)
    from booklet.post import mailing
    from booklet.post.order import MailOrder

    order = MailOrder(
        recipients=recipients,
        letter=letter,
        clinic=clinic or "",
        booklet="",
        carrier=carrier,
        content=content,
        output=output,
        today=date.today(),
        way="letters",
        columns=columns,
        alone=True,
        skipped=skip_bad,
        recalled=found.code,
    )
    with _progress(as_json) as tell, _means(None, tell) as means:
        done = mailing.mail(order, means, resume=resume, again=again)
    tell_done(done, skip_bad, False, as_json)
    _must_have_letters(done.account["letters"])


@app.command("report", cls=PlainCommand)
def report(
    first: Annotated[
        date | None, day_option("--from", "The first day. [default: a year before the last]")
    ] = None,
    last: Annotated[date | None, day_option("--to", "The last day. [default: today]")] = None,
    output: Output = OUTPUT,
    as_json: Json = False,
) -> None:
    """Print what people needed and what they were given, by count, as CSV.

    It is for the yearly account that the Accessible Information Standard asks for.

    Example: `booklet mail report --from 2026-04-01 --to 2027-03-31 > needs.csv`
    """
    from booklet.post.report import as_csv, as_values, needs_met

    last = last or date.today()
    first = first or last.replace(year=last.year - 1) + timedelta(days=1)
    with _ledger(output) as ledger:
        found = needs_met(ledger, first, last)
    if as_json:
        print_json({"from": f"{first}", "to": f"{last}", "needs": as_values(found)})
    else:
        say(as_csv(found), nl=False)


@app.command("runs", cls=PlainCommand)
def runs(output: Output = OUTPUT, as_json: Json = False) -> None:
    """List the runs: when, which letter, how many, and what became of their files."""
    with _ledger(output) as ledger:
        found = [(each, ledger.counts(each.id)) for each in ledger.runs()]
    if as_json:
        print_json([run_values(run, counts) for run, counts in found])
        return
    for run, (letters, copies, refused) in found:
        state = {"begun": "unfinished", "done": "handed over", "shredded": "files destroyed"}
        counts = f"{counted(letters, 'letter')}, {copies} copies, {refused} refused"
        say(f"{run.id}  {run.letter}  {run.carrier}  {counts}  {state[run.state]}")
    if not found:
        say("there have been no runs")


@app.command("shred", cls=PlainCommand)
def shred(
    run: Annotated[str, typer.Argument(metavar="RUN", help="The name of a run, or `sample`.")],
    output: Output = OUTPUT,
    as_json: Json = False,
) -> None:
    """Destroy the files of a run: each is written over and deleted. Its counts stay.

    On a solid-state disk, on a network disk and in backups the old bytes may last: those who keep
    the machine can say. An unfinished run is dropped.
    """
    from booklet.files import locked
    from booklet.post.private import FOLDER, private_files
    from booklet.post.stored import SAMPLE, shred_run, shred_sample

    folder = output / FOLDER
    if run == SAMPLE:
        with private_files(), locked(folder):
            done = shred_sample(folder)
    else:
        with private_files(), _ledger(output) as ledger, locked(folder):
            done = shred_run(ledger, folder, run, _now())
    if as_json:
        print_json(asdict(done))
        return
    kept = "its counts are kept" if done.was_handed_over else "it is in no ledger"
    number = counted(done.files, "file")
    say(f"{done.name}: {number}, {done.bytes / 1000:,.0f} kB, destroyed; {kept}")


def _must_have_letters(number: int) -> None:
    """A run in which every row was left out is no success: whoever waits for it is told so."""
    if number == 0:
        raise typer.Exit(ExitCode.FAULTS)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def _ledger(output: Path) -> "Iterator[Ledger]":
    """The ledger that is there; `WrongUsage` where there has never been a run."""
    from booklet.post.ledger_file import KEY, LEDGER, open_ledger
    from booklet.post.private import FOLDER
    from booklet.problems import WrongUsage

    folder = output / FOLDER
    if not (folder / LEDGER).exists() and not (folder / KEY).exists():
        raise WrongUsage(f"there has been no mailing run in {folder}; name another with --output")
    with open_ledger(folder) as ledger:
        yield ledger


@contextmanager
def _means(
    workers: int | None, tell: Callable[[int, int], None], address: str | None = None
) -> "Iterator[Means]":
    """What letters are made with: here, or on the machines of a scheduler."""
    from booklet.signals import signals_held

    with signals_held():  # the longest import of all
        from booklet.post.making import WARM, made
        from booklet.post.run import Means
        from booklet.workers import Processes

    if address:
        from booklet.post.elsewhere import private_cluster

        with private_cluster(address) as elsewhere:
            yield Means(made, elsewhere, _now, tell)
        return
    where = Processes.of_this_machine(*WARM)
    if workers:
        where = replace(where, number=workers)
    yield Means(made, where, _now, tell)


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal; elsewhere nothing, since what comes of it is told at the end."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda made, of: None
        return
    columns = (MofNCompleteColumn(), BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("letters", total=None)
        yield lambda made, of: progress.update(task, completed=made, total=of)
