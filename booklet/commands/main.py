"""The program: its commands in one table, and how a run ends."""

import errno
import signal
import sys
from difflib import get_close_matches
from itertools import pairwise, takewhile
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer

from booklet import __version__
from booklet.changes import forget, what_was_changed
from booklet.commands import attach, build, check, mail, preview, review, writing
from booklet.commands import print as paper
from booklet.commands.help import PlainCommand, PlainGroup
from booklet.commands.pasted import hints
from booklet.commands.say import say, typed_words_escaped
from booklet.content.names import way_up, where_to_go
from booklet.messages import counted
from booklet.problems import BookletError, ExitCode, FaultsFound
from booklet.signals import STOPS

COMMAND = "booklet"
"""What people type, when the program is on their path."""
COMPLETION_OPTIONS = ("--install-completion", "--show-completion")
"""Typer's own: they teach the shell what Tab offers."""
NEAR = 0.75
"""How much of a command's name has to be right to be meant, between 0 and 1."""
_OWN_OPTIONS = ("--help", "-h", "--version", *COMPLETION_OPTIONS)
"""What may be said to the program itself; all else that begins without a command is for `build`."""


class _BuildUnlessTold(PlainGroup):
    """Arguments that name no command are meant for `build`; help and Tab show its options too."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        args = self._command_first(args)
        first = args[0] if args else ""
        if first in COMPLETION_OPTIONS:
            ctx.info_name = COMMAND  # completion is of this command, however it was started
        if ctx.resilient_parsing and not args:
            return super().parse_args(ctx, args)
        meant = get_close_matches(first, self.commands, n=1, cutoff=NEAR)
        if first == "help":
            args = ["--help", *args[1:]]
        elif (
            first not in self.commands
            and meant
            and not ctx.resilient_parsing
            and not (_content_of(args) / first).is_dir()
        ):
            ctx.fail(f"there is no command `{first}`; did you mean `{meant[0]}`?")
        elif first not in (*self.commands, *_OWN_OPTIONS):
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def make_context(self, *told: Any, **more: Any) -> Any:
        """The program with its arguments; what is wrong in them is told with what may be meant."""
        with typed_words_escaped(_hints_and_folder):
            return super().make_context(*told, **more)

    def invoke(self, ctx: Any) -> Any:
        """The command with its own arguments; the same holds for those."""
        with typed_words_escaped(_hints_and_folder):
            return super().invoke(ctx)

    def _command_first(self, args: list[str]) -> list[str]:
        """`--quiet check aml-relapse` as it was meant: switches stand behind their command."""
        params = [each for each in self.commands["build"].params if getattr(each, "is_flag", False)]
        switches = {option for each in params for option in each.opts}
        before = [*takewhile(switches.__contains__, args)]
        rest = args[len(before) :]
        return [rest[0], *before, *rest[1:]] if rest and rest[0] in self.commands else args

    def format_help(self, ctx: Any, formatter: Any) -> None:
        super().format_help(ctx, formatter)
        build = self.commands["build"]
        build.format_help(type(ctx)(build, info_name="[build]", parent=ctx), formatter)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """The commands, and what may stand behind `build`: its options, or booklets."""
        build = self.commands["build"]
        with build.make_context("build", [], parent=ctx, resilient_parsing=True) as inside:
            booklet = next(each for each in build.params if each.name == "booklet")
            names = booklet.shell_complete(inside, incomplete)
            options = build.shell_complete(inside, incomplete)
        offered = [*super().shell_complete(ctx, incomplete), *names, *options]
        return [*{each.value: each for each in offered}.values()]


def _hints() -> str:
    """What was perhaps meant by the words that were typed, a line each, where a run has failed."""
    return "".join(f"\n{hint}" for hint in hints(sys.argv[1:]))


def _hints_and_folder() -> str:
    """The same where no command has begun, which would have missed its content folder."""
    content = _content_of(sys.argv[1:])
    return _hints() + (f"\nFrom here, {where_to_go(content)}" if way_up(content) else "")


def _content_of(args: list[str]) -> Path:
    """The content folder that arguments name, before anybody has read them."""
    words = [word for argument in args for word in argument.split("=", 1)]
    named = (value for option, value in pairwise(words) if option == "--content")
    return Path(next(named, "content"))


app = typer.Typer(
    cls=_BuildUnlessTold,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Build accessible booklets for patients and families, in standard and large print "
    "and as web pages. "
    "Without a command, it builds everything, or what its own options say: they stand below the "
    "commands (`booklet build -h` shows them alone).",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        say(f"Booklet builder {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Say the version."),
    ] = False,
) -> None:
    """Options of the program itself."""


_WRITE, _CHECK = "To write", "To look at what is there"
_ANSWER, _GIVE_OUT = "To answer for the words", "To make, give out and trace files"
_GROUPS = {
    _WRITE: (writing.new, preview.preview, writing.translations, writing.schema),
    _CHECK: (review.booklets, check.check, check.read),
    _ANSWER: (review.review, review.approve, review.withdraw, review.history),
    _GIVE_OUT: (build.build, build.release, attach.attach, review.identify),
}
"""The commands by who uses them, as the help groups them."""

# Each command imports what it needs when it runs: the help and the version need nothing of it.
for group, commands in _GROUPS.items():
    for command in commands:
        app.command(cls=PlainCommand, rich_help_panel=group)(command)
app.add_typer(mail.app, name="mail", rich_help_panel=_GIVE_OUT)
app.add_typer(paper.app, name="paper", rich_help_panel=_GIVE_OUT)


class _Stopped(BaseException):
    """The person at the keyboard, or the machine, ended the run.

    Libraries that try several ways, and catch every `Exception` of the first, must not catch it.
    """


def _stop(signal_number: int, frame: FrameType | None) -> None:
    raise _Stopped


def _of_the_machine(error: OSError | MemoryError) -> str:
    """What the machine could not do, and what to do about it."""
    if isinstance(error, MemoryError):
        return "there is not enough memory; close other programs and try again"
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    of = f" ({error.filename})" if error.filename else ""
    return f"{error.strerror or error}{of}" + ("; free some space and try again" if full else "")


def main() -> None:
    """Run the command and leave with its exit code; never with a traceback for a mistake."""
    for number in STOPS:
        signal.signal(number, _stop)
    forget()
    started_as = Path(sys.argv[0]).name
    try:
        app(prog_name=COMMAND if started_as.startswith(COMMAND) else f"python {started_as}")
    except SystemExit as end:
        if end.code == ExitCode.FAULTS and (more := _hints()):  # as `check` tells a missing file
            say(more.lstrip(), err=True)
        raise
    except FaultsFound as error:
        faults = counted(len(error.problems), "fault")
        say(f"{error}\n{faults}; {what_was_changed()}.{_hints()}", err=True)
        sys.exit(error.exit_code)
    except BookletError as error:
        say("\n".join(f"error: {each}" for each in error.args) + _hints(), err=True)
        sys.exit(error.exit_code)
    except (OSError, MemoryError) as error:
        say(f"error: {_of_the_machine(error)}; {what_was_changed()}", err=True)
        sys.exit(ExitCode.USAGE)
    except _Stopped:
        say(f"stopped; {what_was_changed()}", err=True)
        sys.exit(ExitCode.STOPPED)
